"""Notes and tags of open positions, which are those of the trade that the review shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from engine.core.exchange import Exchange
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.failures import ReviewFailure

if TYPE_CHECKING:
    # DuckDB is not needed before somebody asks.
    from tui_exchange.review.model import Trade
    from tui_exchange.review.source import ReviewSource


class Labels(NamedTuple):
    """What was written about a position."""

    tags: tuple[str, ...] = ()
    note: str = ""


class PositionLabels:
    """Writes to and reads from the history of the session's profile.

    Args:
        current: Whose positions.
        open_source: Opens the history; raises ReviewFailure where none is kept.
    """

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        open_source: Callable[[], ReviewSource],
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._open_source = open_source

    def write_note(self, symbol: str, text: str) -> None:
        """Note something on a position, in place of what was noted before.

        Raises:
            ResolutionRefusal: There is no position, or it cannot be kept.
        """
        self._write(symbol, lambda source, trade: source.write_note(trade, text))

    def write_tag(self, symbol: str, tag: str) -> None:
        """Give a position one more tag.

        Raises:
            ResolutionRefusal: There is no position, or it cannot be kept.
        """
        self._write(symbol, lambda source, trade: source.add_tag(trade, tag))

    def of(self, symbol: str) -> Labels:
        """What was written about a position, that of the order that opened it included.

        Where no history is kept, there is nothing.
        """
        try:
            source = self._open_source()
            try:
                trade = self._trade(source, symbol)
            finally:
                source.close()
        except ReviewFailure:
            return Labels()
        return Labels() if trade is None else Labels(trade.tags, trade.note)

    def _write(self, symbol: str, write: Callable[[ReviewSource, int], None]) -> None:
        position = self._exchange.position(self._current.account, symbol)
        if position is None or not position.lots:
            raise ResolutionRefusal(
                f"there is no open position in {symbol}; `#12` after the word names an order, and"
                " the review labels trades that are over"
            )
        try:
            source = self._open_source()
            try:
                source.refresh()
                trade = self._trade(source, symbol)
                if trade is None:
                    raise ResolutionRefusal(
                        f"the history has not written the position in {symbol} yet: try again"
                    )
                write(source, trade.trade)
            finally:
                source.close()
        except ReviewFailure as failure:
            raise ResolutionRefusal(str(failure)) from failure

    def _trade(self, source: ReviewSource, symbol: str) -> Trade | None:
        """The trade of the open position; the history may still be at the one before it."""
        account = self._current.account
        position, trade = (
            self._exchange.position(account, symbol),
            source.open_trade(account, symbol),
        )
        if position is None or trade is None:
            return None
        known = position.opened_ns
        return trade if not known or trade.opened_ns == known else None
