"""What the venue last said of a market besides its book and its tape."""

from dataclasses import dataclass
from decimal import Decimal

from feeds.messages import (
    Candle,
    Facts,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    OptionSummary,
)
from tui_exchange.feed_views import MarketFactsView

NS_PER_S = 1_000_000_000


@dataclass(slots=True)
class _Latest:
    """The latest fact of each kind."""

    mark: MarkPrice | None = None
    index: IndexPrice | None = None
    funding: FundingRate | None = None
    interest: OpenInterest | None = None
    candle: Candle | None = None
    option: OptionSummary | None = None


_FIELDS: dict[type, str] = {
    MarkPrice: "mark",
    IndexPrice: "index",
    FundingRate: "funding",
    OpenInterest: "interest",
    Candle: "candle",
    OptionSummary: "option",
}


class MarketFacts:
    """The latest fact of each kind, by symbol."""

    def __init__(self) -> None:
        self._latest: dict[str, _Latest] = {}

    def take(self, fact: Facts) -> None:
        """The venue said something."""
        setattr(self._latest.setdefault(fact.symbol, _Latest()), _FIELDS[type(fact)], fact)

    def view(self, symbol: str, now_ns: int) -> MarketFactsView:
        """What is known of a market; None for each thing that was never said."""
        latest = self._latest.get(symbol) or _Latest()
        funding = latest.funding
        next_ns = None if funding is None else funding.next_ns
        return MarketFactsView(
            symbol=symbol,
            mark=None if latest.mark is None else Decimal(latest.mark.price),
            index=None if latest.index is None else Decimal(latest.index.price),
            funding_rate=None if funding is None else Decimal(funding.rate),
            funding_in_s=None if next_ns is None else max(0, (next_ns - now_ns) // NS_PER_S),
            open_interest=None if latest.interest is None else Decimal(latest.interest.size),
            candle=latest.candle,
            option=latest.option,
        )
