"""A new mark: what every margined position is worth, and whose margin has to be looked at."""

from engine.core.market import MARK, Market
from engine.core.state import State


def set_mark(state: State, market: Market, mark_ticks: int | None) -> None:
    """Value every position in an instrument by its new mark; None: there is none any more."""
    market.mark_ticks = mark_ticks
    if mark_ticks is not None:
        state.note_move(market, MARK, mark_ticks)
