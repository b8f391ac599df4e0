"""Reference prices: exact, crossed where the quote is a coin, told with their own time."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from feeds.errors import FeedError, MalformedFrame, Unreachable, VenueRefused
from feeds.messages import IndexPrice, Message, Notice
from feeds.quotas import Window
from feeds.reference import PROVIDERS, ReferencePrices
from feeds.reference.prices import legs_of, price_text
from feeds.sources import LIMITS, KeyRefused, QuotaSpent
from tests.feeds.provider_server import Answer, Answering, Asked, ProviderServer

KEY = "CG-k3y-of-the-trader"
T0_S = 1_795_000_000
T0_NS = T0_S * 10**9
BOUND_S = 20.0
QUICK = replace(LIMITS, rest_interval_s=0.0, rest_timeout_s=5.0)
USD = {"btc": "91234.567890123456789", "usdt": "0.9998", "pepe": "1.23456e-05", "eth": "3000"}


def coingecko(as_of_s: int = T0_S) -> Answering:
    def answer(asked: Asked) -> Answer:
        coins = asked.query["symbols"].split(",")
        stated = [
            f'"{coin}":{{"usd":{USD[coin]},"eur":80000.5,"last_updated_at":{as_of_s}}}'
            for coin in coins
            if coin in USD
        ]
        return Answer(f"{{{','.join(stated)}}}")

    return answer


def coinmarketcap(as_of: str = "2026-11-18T11:06:40.000Z") -> Answering:
    def answer(asked: Asked) -> Answer:
        currency = asked.query["convert"]
        data = {
            coin: [
                {"cmc_rank": 900, "quote": {currency: {"price": 1, "last_updated": as_of}}},
                {"cmc_rank": 1, "quote": {currency: {"price": 91000.25, "last_updated": as_of}}},
                {"cmc_rank": None, "quote": {}},
            ]
            for coin in asked.query["symbol"].split(",")
        }
        return Answer(json.dumps({"status": {"error_code": 0}, "data": data}))

    return answer


class Desk:
    def __init__(self, answering: dict[str, Answering]) -> None:
        self.server = ProviderServer(answering)
        self.messages: list[Message] = []
        self.looked = asyncio.Event()
        self.clock_ns = T0_NS + 10**9
        self.prices: ReferencePrices

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.looked.set()

    async def until(self, condition: Callable[[], bool], step_s: float = 0.0) -> None:
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self.looked.clear()
                await self.looked.wait()
                self.clock_ns += int(step_s * 10**9)

    def told(self, symbol: str) -> list[str]:
        return [
            each.price
            for each in self.messages
            if isinstance(each, IndexPrice) and each.symbol == symbol
        ]


@asynccontextmanager
async def reference(answering: dict[str, Answering], *symbols: str) -> AsyncIterator[Desk]:
    desk = Desk({name: each for name, each in answering.items() if each is not None})
    async with desk.server as server:
        sources = [
            PROVIDERS[name](KEY, rest_url=server.url(name), limits=QUICK) for name in answering
        ]
        desk.prices = ReferencePrices(
            sources,
            desk.messages.append,
            rng=Random(1),
            now_ns=lambda: desk.clock_ns,
            wait=desk.wait,
        )
        for symbol in symbols:
            assert desk.prices.add(symbol)
        running = asyncio.create_task(desk.prices.run())
        try:
            yield desk
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def test_one_request_serves_every_symbol_and_crosses_are_exact() -> None:
    symbols = ("BTC-USDT", "BTC-USD-PERP", "PEPE-USD", "BTC-EUR", "ETH-BTC")
    async with reference({"coingecko": coingecko()}, *symbols) as desk:
        await desk.until(lambda: all(desk.told(symbol) for symbol in symbols))
        assert len(desk.server.asked) == 1
        assert desk.server.asked[0][1].headers["x-cg-demo-api-key"] == KEY
        assert desk.told("BTC-USD-PERP") == ["91234.567890123457"]
        assert desk.told("PEPE-USD") == ["0.0000123456"]
        assert desk.told("BTC-EUR") == ["80000.5"]
        exact = Fraction(USD["btc"]) / Fraction(USD["usdt"])
        assert desk.told("BTC-USDT")[-1] == price_text(exact)
        message = desk.messages[0]
        assert isinstance(message, IndexPrice)
        assert message.venue_ns == T0_NS


async def test_the_next_site_is_asked_when_one_is_down() -> None:
    both = {"coingecko": None, "coinmarketcap": coinmarketcap()}
    async with reference(both, "BTC-USD") as desk:
        await desk.until(lambda: bool(desk.told("BTC-USD")))
        assert desk.told("BTC-USD") == ["91000.25"]


async def test_an_old_price_is_not_told() -> None:
    async with reference({"coingecko": coingecko(T0_S - 3600)}, "BTC-USD") as desk:
        await desk.until(lambda: len(desk.server.asked) >= 2, step_s=10)
        assert not desk.told("BTC-USD")


async def test_symbols_come_and_go_while_it_runs() -> None:
    async with reference({"coingecko": coingecko()}, "BTC-USDT") as desk:
        await desk.until(lambda: bool(desk.told("BTC-USDT")))
        assert not desk.prices.add("AAPL")
        assert desk.prices.add("ETH-USDT")
        desk.prices.drop("BTC-USDT")
        count = len(desk.told("BTC-USDT"))
        await desk.until(lambda: bool(desk.told("ETH-USDT")), step_s=10)
        assert desk.prices.symbols == ("ETH-USDT",)
        assert len(desk.told("BTC-USDT")) == count
        assert desk.server.asked[-1][1].query["symbols"] in ("eth", "usdt", "eth,usdt", "usdt,eth")


async def test_a_wrong_key_is_told_and_not_shown() -> None:
    def refusing(asked: Asked) -> Answer:
        said = f"API Key {KEY} is invalid."
        return Answer(json.dumps({"status": {"error_code": 1001, "error_message": said}}), 401)

    async with reference({"coinmarketcap": refusing}, "BTC-USD") as desk:
        await desk.until(lambda: bool(desk.messages))
        (notice,) = desk.messages
        assert isinstance(notice, Notice)
        assert "API Key *** is invalid.; it is not asked any more" in notice.text


@pytest.mark.parametrize(
    ("symbol", "legs"),
    [
        ("BTC-USDT", ("BTC-USD", "USDT-USD")),
        ("BTC-USDT-PERP", ("BTC-USD", "USDT-USD")),
        ("BTC-EUR", ("BTC-EUR",)),
        ("BTC-USD-20261225", ("BTC-USD",)),
        ("BTC-20261225-70000-C", ("BTC-USD",)),
        ("BTC-USD.KRAKEN", ("BTC-USD",)),
        ("AAPL", ()),
        ("EUR-USD", ()),
    ],
)
def test_what_an_index_is_made_of(symbol: str, legs: tuple[str, ...]) -> None:
    assert legs_of(symbol) == legs


def test_without_a_key_the_quota_is_smaller_and_no_header_is_sent() -> None:
    keyless, keyed = PROVIDERS["coingecko"](""), PROVIDERS["coingecko"](KEY)
    assert keyless.quotas[0].limit < keyed.quotas[0].limit
    assert not keyless.request(["BTC-USD"]).headers
    assert KEY not in str(keyed.request(["BTC-USD"]).params)


def test_one_request_has_one_currency_where_the_plan_asks_for_it() -> None:
    source = PROVIDERS["coinmarketcap"](KEY)
    assert source.batch(["BTC-USD", "ETH-EUR", "ETH-USD"]) == ("BTC-USD", "ETH-USD")


@pytest.mark.parametrize(
    ("provider", "body", "kind"),
    [
        ("coingecko", {"status": {"error_code": 429, "error_message": "slow"}}, QuotaSpent),
        ("coingecko", {"status": {"error_code": 10002}}, KeyRefused),
        ("coingecko", {"error_code": 10005}, KeyRefused),
        ("coingecko", {"status": {"error_code": 400}}, VenueRefused),
        ("coingecko", {"btc": {"usd": -1}}, MalformedFrame),
        ("coingecko", {"btc": {"usd": 1e300}}, MalformedFrame),
        ("coingecko", {"btc": [1]}, MalformedFrame),
        ("coinmarketcap", {"status": {"error_code": 1010}}, QuotaSpent),
        ("coinmarketcap", {"status": {"error_code": 1002}}, KeyRefused),
        ("coinmarketcap", {"status": {"error_code": 400}}, VenueRefused),
        ("coinmarketcap", {"status": {"error_code": 500}}, Unreachable),
        ("coinmarketcap", {"data": {}}, MalformedFrame),
    ],
)
def test_a_refusal_says_what_kind_it_is(provider: str, body: dict[str, object], kind: type) -> None:
    with pytest.raises(FeedError) as caught:
        PROVIDERS[provider](KEY).read(json.dumps(body).encode(), ("BTC-USD",), T0_NS)
    assert type(caught.value) is kind


def test_a_month_that_is_used_up_is_told_from_a_minute() -> None:
    body = b'{"status":{"error_code":1010,"error_message":"monthly"}}'
    with pytest.raises(QuotaSpent) as caught:
        PROVIDERS["coinmarketcap"](KEY).read(body, ("BTC-USD",), T0_NS)
    assert caught.value.window is Window.MONTH
