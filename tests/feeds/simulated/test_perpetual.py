"""What the simulated venue states of its derivatives, and of every minute."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise

from engine.core.commands import Side
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    Trade,
)
from feeds.simulated import LISTINGS, Published, SimulatedMarket
from feeds.simulated.funding import INTERVAL_NS

SECOND_NS = 10**9
START_NS = 1_767_225_600 * SECOND_NS
PAIR = LISTINGS[:3:2]
FACTS = (IndexPrice, MarkPrice, FundingRate, OpenInterest)


def published(seconds: int, scenario: str = "calm", seed: int = 5) -> list[Published]:
    """Of BTC-USDT and its perpetual."""
    market = SimulatedMarket(seed, START_NS, scenario, listings=PAIR)
    return market.advance(START_NS + seconds * SECOND_NS)


def test_every_second_states_index_mark_funding_and_open_interest() -> None:
    counts = Counter(
        (type(message), message.symbol) for message in published(20) if isinstance(message, FACTS)
    )
    assert counts == {(kind, "BTC-USDT-PERP"): 20 for kind in FACTS}


def test_the_index_is_the_spot_and_the_mark_stays_by_it() -> None:
    last: dict[type, Decimal] = {}
    for message in published(30):
        if isinstance(message, IndexPrice | MarkPrice):
            last[type(message)] = Decimal(message.price)
        elif isinstance(message, BookSnapshot) and message.symbol == "BTC-USDT":
            spot = Decimal(message.bids[0][0])
    assert abs(last[IndexPrice] / spot - 1) < Decimal("0.003")
    assert abs(last[MarkPrice] / last[IndexPrice] - 1) < Decimal("0.001")


def test_funding_is_stated_with_its_time() -> None:
    rates = [message for message in published(5) if isinstance(message, FundingRate)]
    assert {rate.next_ns for rate in rates} == {START_NS + INTERVAL_NS}
    assert all(abs(Decimal(rate.rate)) < Decimal("0.001") for rate in rates)
    assert {rate.interval_ns for rate in rates} == {INTERVAL_NS}


def test_shorts_pay_before_a_squeeze() -> None:
    rates = [message for message in published(90, "squeeze") if isinstance(message, FundingRate)]
    assert Decimal(rates[-1].rate) < 0


def test_a_crash_closes_positions() -> None:
    held = [
        Decimal(message.size)
        for message in published(200, "crash")
        if isinstance(message, OpenInterest)
    ]
    assert held[-1] < held[100]
    forced = [earlier - later for earlier, later in pairwise(held[120:])]
    assert sum(forced) > 0


def test_a_candle_is_what_traded_in_its_minute() -> None:
    trades: dict[str, list[Trade]] = {}
    candles = 0
    for message in published(130):
        if isinstance(message, Trade):
            trades.setdefault(message.symbol, []).append(message)
        elif isinstance(message, Candle):
            candles += 1
            seen = trades.pop(message.symbol)
            prices = [Decimal(trade.price) for trade in seen]
            assert Decimal(message.open) == prices[0]
            assert Decimal(message.high) == max(prices)
            assert Decimal(message.low) == min(prices)
            assert Decimal(message.close) == prices[-1]
            assert Decimal(message.volume) == sum(Decimal(trade.size) for trade in seen)
            assert (message.closed, message.interval_ns) == (True, 60 * SECOND_NS)
            assert message.open_ns % message.interval_ns == 0
            assert message.received_ns == message.open_ns + message.interval_ns
    assert candles == 4


def test_buying_the_perpetual_alone_lifts_its_spot_by_arbitrage() -> None:
    lifted = []
    for seed in range(4):
        ends = []
        for pushed in (False, True):
            market = SimulatedMarket(seed, START_NS, listings=PAIR)
            market.advance(START_NS)
            for second in range(1, 7):
                if pushed:
                    market.react("BTC-USDT-PERP", Side.BUY, 40_000)
                messages = market.advance(START_NS + second * SECOND_NS)
            ends.append(_bought(messages))
        lifted.append(ends[1] > ends[0])
    assert all(lifted)


def _bought(messages: list[Published]) -> Decimal:
    """The last best bid of BTC-USDT that was reported as changed."""
    return max(
        Decimal(price)
        for message in messages
        if isinstance(message, BookDelta) and message.symbol == "BTC-USDT"
        for price, size in message.bids
        if Decimal(size) > 0
    )
