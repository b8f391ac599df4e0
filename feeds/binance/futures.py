"""Binance's futures: USD-M (linear) and COIN-M (inverse), perpetual and dated.

| | USD-M | COIN-M |
|---|---|---|
| sizes | of the base asset | contracts of some US dollars |
| settles in | the quote asset | the base asset |
| connections | `/public` for depth and quotes, `/market` for the rest | one |

Source: developers.binance.com, *USDⓈ-M Futures* and *COIN-M Futures*: *WebSocket Market Streams* (a
connection lives 24 hours, takes at most 10 messages a second from us and 1,024 streams; USD-M was
divided by kind of stream on 2026-03-06, and its undivided address carries only depth and quotes
since 2026-04-23) and *Market Data Endpoints* (2,400 request weight a minute; depth costs 20 for
1,000 levels and 2 for few, exchangeInfo and openInterest 1). Single trades are not documented, so
that aggregated ones are used.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from feeds.binance.mapper import Dialect
from feeds.binance.sequences import FuturesSequence
from feeds.binance.symbols import (
    is_future,
    joined_coinm,
    joined_usdm,
    split_coinm,
    split_usdm,
    typed,
)
from feeds.binance.terms import COINM, USDM, coinm_terms, usdm_terms
from feeds.binance.venue import (
    LIMITS,
    BinanceVenue,
    Division,
)
from feeds.book_sync import SequenceRule
from feeds.errors import UnknownSymbol
from feeds.venue import Limits, Poll, RestRequest

FUTURES_LIMITS = replace(LIMITS, subscribes_per_s=8.0)
BOOK_STREAMS = ("depth@100ms", "bookTicker")
MARKET_STREAMS = ("aggTrade", "markPrice@1s", "kline_1m")
PUBLIC_PATH, MARKET_PATH = "/public/stream", "/market/stream"
OPEN_INTEREST_INTERVAL_S = 15.0


@dataclass(frozen=True, slots=True)
class BinanceFutures(BinanceVenue):
    """What both markets of futures do alike."""

    example: ClassVar[str]
    """Base and quote of a future."""

    def our_symbol(self, text: str) -> str:
        """`BTC-USDT-PERP` or `BTC-USDT-20261225`, from that or the venue's spelling.

        Raises:
            UnknownSymbol: It cannot be a symbol of this market.
        """
        symbol = typed(text)
        if "-" not in symbol:
            return self.dialect.split(symbol)
        if is_future(symbol) and self.dialect.split(self.dialect.join(symbol)) == symbol:
            return symbol
        raise UnknownSymbol(
            f"{text[:24]!r} is no future of {self.name}; a perpetual is written"
            f" {self.example}-PERP, a dated future {self.example}-20261225"
        )

    def terms_request(self, symbol: str) -> RestRequest:
        """The filters of every instrument: these markets do not answer for one alone."""
        del symbol
        return RestRequest(f"{self.api}/exchangeInfo", {})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Open interest."""
        request = RestRequest(f"{self.api}/openInterest", {"symbol": self.dialect.join(symbol)})
        return (Poll(request, OPEN_INTEREST_INTERVAL_S),)


@dataclass(frozen=True, slots=True)
class BinanceUsdm(BinanceFutures):
    """Public market data of Binance's linear futures; no key is needed."""

    stream_url: str = "wss://fstream.binance.com"
    """An address without a path means both divisions; one with another path than `/public/stream`
    carries everything."""
    rest_url: str = "https://fapi.binance.com"
    name: str = USDM
    sequence: SequenceRule = field(default_factory=FuturesSequence)
    limits: Limits = FUTURES_LIMITS

    api = "/fapi/v1"
    stream_path = PUBLIC_PATH
    dialect = Dialect(USDM, split_usdm, joined_usdm, usdm_terms)
    example = "BTC-USDT"

    def divisions(self) -> tuple[Division, ...]:
        """Depth and quotes; the rest elsewhere."""
        market_url = self.stream_url.replace(PUBLIC_PATH, MARKET_PATH)
        return (("", BOOK_STREAMS), (market_url, MARKET_STREAMS))


@dataclass(frozen=True, slots=True)
class BinanceCoinm(BinanceFutures):
    """Public market data of Binance's inverse futures; no key is needed."""

    stream_url: str = "wss://dstream.binance.com"
    """An address without a path means that of combined streams, `/stream`."""
    rest_url: str = "https://dapi.binance.com"
    name: str = COINM
    sequence: SequenceRule = field(default_factory=FuturesSequence)
    limits: Limits = FUTURES_LIMITS

    api = "/dapi/v1"
    dialect = Dialect(COINM, split_coinm, joined_coinm, coinm_terms)
    example = "BTC-USD"

    def divisions(self) -> tuple[Division, ...]:
        """All on one connection."""
        return (("", BOOK_STREAMS + MARKET_STREAMS),)
