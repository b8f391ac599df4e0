"""Who was the aggressor of a print, where the venue does not say.

A print at or beyond a side of the last quote took that side; one between is signed by the half of
the spread that it lies in; one at the mid, or without a quote, by the last price that differed (an
uptick was bought). The very first print counts as bought.

Source: C. M. C. Lee and M. J. Ready, "Inferring Trade Direction from Intraday Data" (1991).
"""

from engine.core.commands import Side
from feeds.exact_text import NUMBERS


class TradeSigner:
    """Signs the prints of any number of symbols; prices are exact text."""

    __slots__ = ("_last", "_quotes")

    def __init__(self) -> None:
        self._quotes: dict[str, tuple[int, int]] = {}
        self._last: dict[str, tuple[int, Side]] = {}

    def quoted(self, symbol: str, bid: str, ask: str) -> None:
        """A quote; a side of zero is empty."""
        self._quotes[symbol] = NUMBERS[bid], NUMBERS[ask]

    def side(self, symbol: str, price: str) -> Side:
        """The aggressor's side of a print, which is remembered for the next one."""
        number = NUMBERS[price]
        last, last_side = self._last.get(symbol, (number, Side.BUY))
        side = self._by_quote(symbol, number)
        if side is None:
            side = last_side if number == last else Side.BUY if number > last else Side.SELL
        self._last[symbol] = number, side
        return side

    def _by_quote(self, symbol: str, number: int) -> Side | None:
        bid, ask = self._quotes.get(symbol, (0, 0))
        if not 0 < bid < ask or 2 * number == bid + ask:
            return None
        return Side.BUY if 2 * number > bid + ask else Side.SELL
