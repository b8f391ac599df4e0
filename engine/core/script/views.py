"""Views: questions about the state of the exchange, and their one-line answers.

The questions stand with their answers in `market_views`, `account_views` and `margin_views`. Where
there is nothing, the answer is a dash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.script import account_views, margin_views, market_views
from engine.core.script.subjects import Views
from engine.core.script.words import Words

if TYPE_CHECKING:
    from engine.core.exchange import Exchange

_READERS: Views = {
    **market_views.READERS,
    **account_views.READERS,
    **margin_views.READERS,
}
VIEWS = tuple(_READERS)


def answer(question: str, exchange: Exchange) -> str:
    """The answer to a question such as `queue 3`.

    Raises:
        ScriptError: There is no such view, instrument or account; says what can be asked.
    """
    words = Words(question)
    subject = words.choose(*VIEWS)
    text = _READERS[subject](words, exchange)
    words.finish()
    return text
