"""Polled sources of prices: each reads answers with one function, and has some to begin with."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from feeds.alpaca.options import read_chain
from feeds.errors import FeedError, FrameError
from feeds.finnhub.mapper import FinnhubMapper
from feeds.fx import PROVIDERS as RATES
from feeds.messages import Quote, Trade
from feeds.reference import PROVIDERS as PRICES
from feeds.sources import Source
from tests.feeds.alpaca.test_options import GREEKS, QUOTE
from tests.feeds.finnhub.test_finnhub import last, prints
from tests.feeds.fx import answers
from tests.feeds.provider_server import Answering, Asked
from tests.feeds.reference.test_reference import coingecko, coinmarketcap
from tests.fuzz.target import Wrong

T0_NS = answers.T0_NS
T0_MS = T0_NS // 10**6
PAIRS = ("EUR-USD", "USD-JPY")
COINS = ("BTC-USD", "ETH-USD")
ANSWERING: Mapping[str, Callable[[], Answering]] = {
    "finnhub": answers.finnhub,
    "fcs": answers.fcs,
    "twelve-data": answers.twelve_data,
    "fixer": answers.fixer,
    "alpha-vantage": answers.alpha_vantage,
    "coingecko": coingecko,
    "coinmarketcap": coinmarketcap,
}
REFUSALS = (
    '{"status":"error","code":429,"message":"You have run out of API credits for the minute"}',
    '{"Information":"our standard API rate limit is 25 requests per day"}',
    '{"success":false,"error":{"code":104,"type":"usage_limit_reached","info":"reached"}}',
    '{"status":false,"code":213,"msg":"limit reached"}',
    '{"status":{"error_code":1008,"error_message":"rate limit"}}',
    '{"error":"Invalid API key"}',
)
CHAIN = {"AAPL261218P00162500": {"greeks": GREEKS, "impliedVolatility": 0.27, "latestQuote": QUOTE}}


@dataclass(frozen=True, slots=True)
class Answers:
    """What reads answers, and what it may be given.

    Attributes:
        read: May raise nothing but a `FeedError`.
    """

    read: Callable[[bytes], object]
    answers: tuple[str, ...]


def read_answer(name: str, body: bytes) -> None:
    """Read one; a refusal or a malformed answer is a `FeedError`, and nothing else is raised."""
    try:
        SOURCES[name].read(body)
    except FeedError as error:
        if not str(error):
            raise Wrong("an error without a sentence") from error


def _polled(name: str, source: Source, symbols: tuple[str, ...]) -> Answers:
    def asked(some: tuple[str, ...]) -> str:
        request = source.request(some)
        return ANSWERING[name]()(Asked(request.path, dict(request.params), {})).body

    def read(body: bytes) -> None:
        for some in (symbols, symbols[:1]):
            source.read(body, some, T0_NS)

    return Answers(read, (asked(symbols), asked(symbols[:1]), *REFUSALS))


def _finnhub_frames(body: bytes) -> None:
    """Prints of stocks, which come on a stream of quotes alone."""
    mapper = FinnhubMapper()
    mapper.learn("AAPL", "AAPL")
    for raw in (prints(("AAPL", 100.25, 3, T0_MS)), body, prints(("AAPL", 100, 3, T0_MS))):
        try:
            messages = mapper.map(raw, T0_NS)
        except FrameError:
            continue
        for message in messages:
            if isinstance(message, Quote | Trade) and message.symbol == "":
                raise Wrong("a message without a symbol")


def _sources() -> dict[str, Answers]:
    found = {f"rates-{name}": _polled(name, make("key"), PAIRS) for name, make in RATES.items()}
    found |= {f"prices-{name}": _polled(name, make("key"), COINS) for name, make in PRICES.items()}
    metric = '{"metric":{"10DayAverageTradingVolume":48.91234,"beta":1.2},"symbol":"AAPL"}'
    frames = (prints(("AAPL", 100.25, 3, T0_MS)), last("100.1", T0_MS // 1000), metric)
    errors = ('{"type":"error","msg":"Invalid symbol: AAPL"}', '{"type":"ping"}')
    found["finnhub"] = Answers(_finnhub_frames, (*frames, *errors))
    chain = json.dumps({"snapshots": CHAIN, "next_page_token": "abc"})
    found["alpaca-options"] = Answers(partial(read_chain, received_ns=T0_NS), (chain,))
    return found


SOURCES: Mapping[str, Answers] = _sources()
