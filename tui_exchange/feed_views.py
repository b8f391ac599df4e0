"""What panes read of feeds: how they stand, what venues say, what is on its way there."""

from decimal import Decimal

import msgspec

from feeds.aggregator import Offer
from feeds.messages import Candle, OptionSummary
from tui_exchange.views import FeedState


class MarketFactsView(msgspec.Struct, frozen=True):
    """What a venue last said of a market besides book and tape; None for what it never said."""

    symbol: str
    mark: Decimal | None
    index: Decimal | None
    funding_rate: Decimal | None
    """What longs pay at the next funding, as a fraction; negative: shorts pay."""
    funding_in_s: int | None
    open_interest: Decimal | None
    """In the unit of the book's sizes."""
    candle: Candle | None
    """Of the latest interval."""
    option: OptionSummary | None
    """The venue's own valuation of an option."""


class OfferView(msgspec.Struct, frozen=True):
    """One venue's level of a pair, in the venue's text."""

    venue: str
    price: str
    size: str
    net: Decimal
    """What a taker pays or receives for one unit after the venue's fee."""

    @classmethod
    def of(cls, offer: Offer) -> "OfferView":
        """As the aggregator has it."""
        return cls(offer.venue, offer.price, offer.size, Decimal(offer.net_e24).scaleb(-24))


class PairView(msgspec.Struct, frozen=True):
    """What several venues say of one pair together."""

    pair: str
    venues: tuple[str, ...]
    """Those whose book is known now."""
    bids: tuple[OfferView, ...]
    """All venues' levels, best first."""
    asks: tuple[OfferView, ...]
    best_buy: OfferView | None
    """Where a buyer pays least after fees."""
    best_sell: OfferView | None
    spread_text: str | None
    """The narrowest between two venues, ask less bid; None with fewer than two."""
    net_spread_text: str | None
    """The same after both fees: negative is what a unit would have earned."""
    index_text: str | None
    """The median of the venues that are fresh and agree."""
    index_venues: tuple[str, ...]


class OnTheWayView(msgspec.Struct, frozen=True):
    """A command that has not reached the venue yet."""

    sent_id: int
    what: str
    """In a few words: `buy 0.5 BTC-USDT at 62,000`, `cancel #7`."""
    arrives_in_ms: int
    """0 when it is due."""


class FeedView(msgspec.Struct, frozen=True):
    """One subscription's health."""

    symbol: str
    venue: str
    state: FeedState
    age_ms: int | None
    """Since the last message that arrived; None when none ever did."""
    latency_ms: int | None
    """Venue's event time to our receive time, of the last message; clock skew included."""
    skew_ms: int | None
    """How far this machine's clock is ahead of the venue's at least (negative: behind), where that
    is out of the ordinary; None otherwise."""
    messages_per_s: float
    """Over the last seconds."""
    bytes: int
    """Of the frames that concerned this market alone."""
    gaps: int
    resyncs: int
    crossed: int
    checksum_failures: int
    reconnects: int
    messages: int
    bad_frames: int
    text: str
    """What a trader should know in plain words: what failed, and when it is tried again."""
