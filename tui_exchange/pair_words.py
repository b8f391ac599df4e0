"""`venues`: a pair on every venue that carries it, told in sentences."""

from collections.abc import Callable
from decimal import Decimal

from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.feed_views import OfferView, PairView
from tui_exchange.read_models.pairs import Pairs

LEVELS = 5
LEVELS_MAX = 50


class PairWords:
    """The word that compares venues.

    Args:
        pairs: Compares.
        carried: The symbols that are carried now.
    """

    words = (
        application_word(
            "venues",
            "<symbol> [levels]",
            "Compare a pair's venues: best after fees, spread between them, index, one book.",
            ("venues BTC-USDT", "venues BTC-USDT 10"),
        ),
    )

    def __init__(self, pairs: Pairs, carried: Callable[[], tuple[str, ...]]) -> None:
        self._pairs = pairs
        self._carried = carried

    def knows(self, word: str) -> bool:
        """Only this one."""
        return word == "venues"

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Compare.

        Raises:
            ResolutionRefusal: No such market, or no number of levels.
        """
        del word
        if not 1 <= len(arguments) <= 2:
            raise ResolutionRefusal("venues takes a symbol, as in `venues BTC-USDT`")
        symbol = arguments[0].upper()
        if symbol not in self._carried():
            carried = ", ".join(self._carried()) or "nothing"
            raise ResolutionRefusal(f"{symbol[:24]} is not carried; carried: {carried}")
        return told(self._pairs.view(symbol, _levels(arguments[1:])))


def told(view: PairView) -> tuple[str, ...]:
    """A pair in sentences."""
    if view.best_buy is None or view.best_sell is None:
        return (f"{view.pair}: no venue shows both sides now",)
    lines = [
        f"{view.pair} on {len(view.venues)} venue{'' if len(view.venues) == 1 else 's'}:"
        f" {', '.join(view.venues)}",
        f"cheapest to buy: {_offer(view.best_buy)}",
        f"dearest to sell: {_offer(view.best_sell)}",
    ]
    if view.spread_text is not None:
        lines.append(
            f"spread between venues: {view.spread_text}, {view.net_spread_text} after both fees"
        )
    if view.index_text is not None:
        lines.append(f"index: {Decimal(view.index_text):,f} of {', '.join(view.index_venues)}")
    for bid, ask in zip(view.bids, view.asks, strict=False):
        lines.append(f"{_level(bid):>40}  |  {_level(ask)}")
    return tuple(lines)


def _offer(offer: OfferView) -> str:
    net = offer.net.quantize(Decimal(1).scaleb(-8)).normalize()
    return f"{offer.venue} at {Decimal(offer.price):,f}, {net:,f} after its fee"


def _level(offer: OfferView) -> str:
    return f"{offer.venue} {Decimal(offer.size):,f} at {Decimal(offer.price):,f}"


def _levels(arguments: tuple[str, ...]) -> int:
    if not arguments:
        return LEVELS
    text = arguments[0]
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= count <= LEVELS_MAX:
        raise ResolutionRefusal(f"venues lists from 1 to {LEVELS_MAX} levels")
    return count
