"""One pair on several venues, from the books that are mirrored here."""

from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.mirror.mirror import MirrorState
from engine.core.units import decimal_text
from feeds.aggregator import (
    Contribution,
    VenueBook,
    best,
    consolidated,
    cross_venue_spread,
    index_price,
)
from feeds.group import FeedGroup
from feeds.local_book import LocalBook
from feeds.messages import BookSnapshot, Levels
from tui_exchange.feed_views import OfferView, PairView

DEPTH = 50
STALE_AFTER_NS = 10_000_000_000
"""A venue that was not heard for so long does not count in the index."""
OUTLIER_PPM = 10_000
"""Nor one whose mid is farther from the others' than this: 1%."""
E24 = 10**24
E18 = 10**18


class Pairs:
    """Compares the markets of one pair, wherever they are carried."""

    def __init__(self, exchange: Exchange, feeds: FeedGroup) -> None:
        self._exchange = exchange
        self._feeds = feeds

    def view(self, symbol: str, depth: int) -> PairView:
        """What all venues of a pair say together, so many levels a side."""
        pair = root_of(symbol)
        books = self._books(pair)
        both = consolidated(books, depth=depth)
        buy, sell = best(books, Side.BUY), best(books, Side.SELL)
        spread = cross_venue_spread(books)
        index = index_price(
            self._contributions(pair),
            self._feeds.now_ns(),
            stale_after_ns=STALE_AFTER_NS,
            outlier_ppm=OUTLIER_PPM,
        )
        return PairView(
            pair=pair,
            venues=tuple(books),
            bids=tuple(OfferView.of(each) for each in both.bids),
            asks=tuple(OfferView.of(each) for each in both.asks),
            best_buy=None if buy is None else OfferView.of(buy),
            best_sell=None if sell is None else OfferView.of(sell),
            spread_text=None if spread is None else _scaled(spread.gross_e18, E18),
            net_spread_text=None if spread is None else _scaled(spread.net_e24, E24),
            index_text=None if index is None else index.text,
            index_venues=() if index is None else index.used,
        )

    def _books(self, pair: str) -> dict[str, VenueBook]:
        found: dict[str, VenueBook] = {}
        for symbol in self._markets(pair):
            terms = self._exchange.instrument(symbol)
            found[terms.venue] = VenueBook(self._book(symbol), terms.taker_fee_ppm)
        return found

    def _markets(self, pair: str) -> list[str]:
        """The symbols of a pair whose depth is known now."""
        exchange, listed = self._exchange, self._exchange.symbols()
        return [
            symbol
            for symbol in self._feeds.symbols
            if root_of(symbol) == pair
            and symbol in listed
            and exchange.mirror_state(symbol) is MirrorState.LIVE
        ]

    def _book(self, symbol: str) -> LocalBook:
        """What the venue displays; our own orders are not on offer elsewhere."""
        book = LocalBook()
        bids, asks = self._levels(symbol, Side.BUY), self._levels(symbol, Side.SELL)
        book.load(BookSnapshot(received_ns=0, symbol=symbol, update_id=0, bids=bids, asks=asks))
        return book

    def _levels(self, symbol: str, side: Side) -> Levels:
        scale = self._exchange.scale(symbol)
        return tuple(
            (f"{scale.price_decimal(price_ticks):f}", f"{scale.size_decimal(lots):f}")
            for price_ticks, lots in self._exchange.displayed(symbol, side, DEPTH)
        )

    def _contributions(self, pair: str) -> list[Contribution]:
        """The mid of each market, as old as its last message."""
        found = []
        for symbol in self._markets(pair):
            health = self._feeds.health(symbol)
            if health.last_message_ns is not None and (mid := self._mid(symbol)):
                found.append(Contribution(health.venue, mid, 1, health.last_message_ns))
        return found

    def _mid(self, symbol: str) -> str:
        """Between the displayed touches, which no order of ours moves; empty without both."""
        bids, asks = (self._exchange.displayed(symbol, side, 1) for side in (Side.BUY, Side.SELL))
        if not bids or not asks:
            return ""
        scale = self._exchange.scale(symbol)
        both = scale.price_decimal(bids[0][0]) + scale.price_decimal(asks[0][0])
        return decimal_text(both / 2)


def root_of(symbol: str) -> str:
    """The pair without the venue that its name may carry."""
    return symbol.partition(".")[0]


def _scaled(number: int, unit: int) -> str:
    sign = "-" if number < 0 else "+"
    whole, part = divmod(abs(number), unit)
    digits = len(str(unit)) - 1
    fraction = f"{part:0{digits}d}"[:8].rstrip("0")
    return f"{sign}{whole:,}{'.' + fraction if fraction else ''}"
