"""Any question is answered or refused with a sentence and a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.exchange import Exchange
from engine.core.script import ScriptError, answer
from engine.core.script.views import VIEWS
from tests.engine.core.script.test_any_text import sentences


def asked(question: str) -> str | ScriptError:
    try:
        return answer(question, Exchange())
    except ScriptError as error:
        return error


@given(st.text(max_size=60) | st.tuples(st.sampled_from(VIEWS), sentences).map(" ".join))
def test_a_question_to_an_empty_exchange_is_refused_where_it_goes_wrong(question: str) -> None:
    found = asked(question)
    if isinstance(found, ScriptError):
        assert 1 <= found.column <= len(question) + 1
    else:
        assert (question.strip(), found) == ("ledger", "zero")


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "ledger"])
def test_a_question_says_what_it_is_about(view: str) -> None:
    with pytest.raises(ScriptError, match="ends too early"):
        answer(view, Exchange())
