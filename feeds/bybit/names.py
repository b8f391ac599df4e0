"""Which market a frame of Bybit's is about, which its topic alone does not say.

`orderbook.50.BTCUSDT` is a topic of spot and of the perpetual, and a recording does not say which
address a frame came from. What decides, in this order:

1. the name itself, where only one category has such names (`BTCUSD`, `BTCPERP`, options);
2. what the frame holds: only futures state the direction of a trade's price or number trades with
   letters, and only they have mark prices (`evidence`);
3. the market that was asked for, by name or by its metadata alone, if it is one;
4. if both were: the depth of a book, since this program asks for different ones (`DEPTHS`);
5. the order of a frame's keys: spot's servers put `ts` before `type`, the others after it;
6. what earlier frames of the name were;
7. the perpetual: it is what collectors record of Bybit, and many times as much is traded in it.
"""

from collections.abc import Iterable, Mapping

from feeds.bybit.symbols import Category, category_of, certain_category, named

DEPTHS: Mapping[Category, int] = {
    Category.SPOT: 1000,
    Category.LINEAR: 200,
    Category.INVERSE: 200,
    Category.OPTION: 100,
}
"""Levels a side that this program subscribes to; those of spot and linear must differ."""
BY_DEPTH = {DEPTHS[category]: category for category in (Category.SPOT, Category.LINEAR)}
HEAD_BYTES = 160


class Names:
    """How markets are spelled, and what was learned of each name."""

    __slots__ = ("_known", "_listed", "_seen")

    def __init__(self) -> None:
        self._known: dict[str, dict[Category, str]] = {}
        self._listed: set[str] = set()
        self._seen: dict[str, Category] = {}

    def listed(self, symbols: Iterable[str]) -> None:
        """These markets of ours came in one list of metadata, which is no sign that any of them
        was asked for."""
        self._listed.update(symbols)

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """This market was asked for, or it is learned from a list."""
        if symbol in self._listed:
            self._listed.discard(symbol)
        else:
            self._known.setdefault(venue_symbol, {})[category_of(symbol)] = symbol

    def symbol(
        self,
        venue_symbol: str,
        evidence: Category | None = None,
        depth: int | None = None,
        hint: Category | None = None,
    ) -> str:
        """Our symbol of a frame's market.

        Raises:
            UnknownSymbol: Bybit has no such names.
        """
        known = self._known.get(venue_symbol, {})
        category = certain_category(venue_symbol) or evidence
        if category is None:
            category = self._decided(venue_symbol, known, depth, hint)
        self._seen[venue_symbol] = category
        return known.get(category) or named(venue_symbol, category)

    def ambiguous(self, venue_symbol: str) -> bool:
        """Both the pair and the perpetual of this name are known."""
        return len(self._known.get(venue_symbol, ())) > 1

    def _decided(
        self,
        venue_symbol: str,
        known: Mapping[Category, str],
        depth: int | None,
        hint: Category | None,
    ) -> Category:
        if len(known) == 1:
            return next(iter(known))
        by_depth = BY_DEPTH.get(depth or 0) if known else None
        return by_depth or hint or self._seen.get(venue_symbol, Category.LINEAR)


def hinted(raw: bytes | str) -> Category | None:
    """What the order of a frame's first keys tells; None when it tells nothing."""
    head = raw[:HEAD_BYTES].encode() if isinstance(raw, str) else raw[:HEAD_BYTES]
    if not head.startswith(b'{"topic"'):
        return None
    ts, kind = head.find(b'"ts":'), head.find(b'"type":')
    if ts < 0 or kind < 0:
        return None
    return Category.SPOT if ts < kind else Category.LINEAR
