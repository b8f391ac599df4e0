"""Which source is asked when, and what a pair's state says of its rate."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.units import Scale
from feeds.errors import UnknownSymbol
from feeds.fx import PAIRS, FxFeed, FxTerms
from feeds.fx.pairs import instrument_of, our_pair, quote_of, tick_of
from feeds.messages import BookLost, Candle, FeedState, InstrumentTerms, StateChanged
from feeds.quotas import QuotaFile
from feeds.sources import Reading
from tests.feeds.fx import answers
from tests.feeds.fx.answers import T0_NS, T0_S, always
from tests.feeds.fx.desk import KEY, rates

TWO = ("EUR-USD", "EUR-JPY")


def text(decimal: str) -> Decimal:
    return Decimal(decimal)


async def test_terms_then_a_quote_around_the_mid() -> None:
    async with rates({"fcs": answers.fcs()}, ("EUR-USD", "USD-JPY")) as desk:
        await desk.until(lambda: desk.state("USD-JPY") is FeedState.LIVE)
        first = desk.messages[0]
        assert isinstance(first, InstrumentTerms)
        assert (first.instrument.symbol, first.day_volume) == ("EUR-USD", "0")
        (euro,), (yen,) = desk.quotes(), desk.quotes("USD-JPY")
        assert (euro.bid, euro.ask, euro.bid_size) == ("1.08456", "1.08466", "0")
        assert (yen.bid, yen.ask) == ("151.418", "151.429")
        assert euro.venue_ns == T0_NS
        assert len(desk.server.of("fcs")) == 1


async def test_the_cheapest_source_is_asked_and_the_others_are_spared() -> None:
    every = {
        "alpha-vantage": answers.alpha_vantage(),
        "fixer": answers.fixer(),
        "twelve-data": answers.twelve_data(),
        "fcs": answers.fcs(),
        "finnhub": answers.finnhub(),
    }
    async with rates(every) as desk:
        await desk.until(lambda: len(desk.quotes()) >= 5, step_s=5)
        assert {name for name, _ in desk.server.asked} == {"finnhub"}


async def test_the_next_source_is_asked_when_one_is_down_and_the_first_again_later() -> None:
    async with rates({"finnhub": None, "fcs": answers.fcs()}, TWO) as desk:
        await desk.until(lambda: desk.state("EUR-JPY") is FeedState.LIVE)
        assert len(desk.server.of("fcs")) == 1
        desk.server.answering["finnhub"] = answers.finnhub(T0_S + 60)
        await desk.until(lambda: desk.quotes()[-1].venue_ns == T0_NS + 60 * 10**9, step_s=5)


async def test_a_source_that_says_wait_is_left_alone_for_as_long() -> None:
    slow_down = always({"error": "slow down"}, status=429, retry_after="120")
    async with rates({"finnhub": slow_down, "fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        for _ in range(11):
            await desk.pass_(10)
        assert len(desk.server.of("finnhub")) == 1
        await desk.pass_(15)
        assert len(desk.server.of("finnhub")) == 2


async def test_a_wrong_key_is_told_once_and_never_tried_again() -> None:
    refusal = always({"error": f"Invalid API key {KEY}"}, status=401)
    async with rates({"finnhub": refusal, "fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        for _ in range(10):
            await desk.pass_(1000)
        assert len(desk.server.of("finnhub")) == 1
        assert desk.texts().count("Invalid API key ***; it is not asked any more") == 1
        assert KEY not in desk.texts()


async def test_a_quota_that_is_used_up_goes_to_the_next_source_until_it_refills(
    tmp_path: Path,
) -> None:
    spent = always({"Information": f"limit of 25 requests per day for the key {KEY}"})
    both = {"alpha-vantage": spent, "twelve-data": None}
    async with rates(both, store=QuotaFile(tmp_path / "quotas.json")) as desk:
        await desk.until(lambda: "limit of 25 requests per day for the key ***" in desk.texts())
    desk.server.answering.clear()
    async with rates(
        {"alpha-vantage": answers.alpha_vantage()}, store=QuotaFile(tmp_path / "quotas.json")
    ) as again:
        await again.until(lambda: "its quota is used up; next try at" in again.texts())
        assert not again.server.asked
        again.clock_ns += 86_400 * 10**9
        again.server.answering["alpha-vantage"] = answers.alpha_vantage(T0_S + 86_400)
        await again.until(lambda: again.state() is FeedState.LIVE)
        assert again.quotes()[-1].bid == "1.08455"


async def test_a_malformed_answer_is_a_failure_like_another() -> None:
    async with rates({"finnhub": always('{"c": tru'), "fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
    negative = {"success": True, "base": "EUR", "rates": {"USD": -1}}
    async with rates({"fixer": always(negative)}) as desk:
        told = "its answer cannot be used (the rate of 'USD' '-1' is not above zero)"
        await desk.until(lambda: told in desk.texts())


async def test_an_old_rate_is_stale_with_its_own_age_and_withdrawn() -> None:
    async with rates({"fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        await desk.until(lambda: desk.state() is FeedState.STALE, step_s=30)
        lost = [each for each in desk.messages if isinstance(each, BookLost)]
        assert len(lost) == 1
        assert "the rate of fcs is 15 min old, of 2026-11-18 11:06 UTC" in lost[0].text
        desk.server.answering["fcs"] = answers.fcs(T0_S + 2000)
        desk.clock_ns = T0_NS + 2001 * 10**9
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        assert isinstance(desk.messages[-1], StateChanged)


async def test_a_source_with_old_rates_gives_way_to_one_with_fresh_rates() -> None:
    old = answers.finnhub(T0_S - 7200)
    async with rates({"finnhub": old, "fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        assert desk.quotes()[-1].venue_ns == T0_NS
        asked = len(desk.server.of("finnhub"))
        await desk.until(lambda: len(desk.server.of("fcs")) >= 3, step_s=60)
        assert len(desk.server.of("finnhub")) == asked


async def test_an_old_rate_alone_is_never_quoted() -> None:
    async with rates({"fixer": answers.fixer(T0_S - 7200)}) as desk:
        await desk.until(lambda: desk.state() is FeedState.STALE)
        assert not desk.quotes()
        assert "the rate of fixer is 2 h old" in desk.texts()


async def test_a_small_quota_is_spread_over_its_day() -> None:
    async with rates({"twelve-data": answers.twelve_data()}, TWO) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        for _ in range(100):
            await desk.pass_(240)
        spent = sum(
            len(asked.query["symbol"].split(",")) for asked in desk.server.of("twelve-data")
        )
        assert 100 <= spent <= 450


async def test_what_does_not_fit_into_a_minute_comes_in_the_next() -> None:
    pairs = ("EUR-USD", "GBP-USD", "USD-JPY", "EUR-JPY", "EUR-GBP")
    served = PAIRS[:5] + pairs
    async with rates({"twelve-data": answers.twelve_data()}, served) as desk:
        await desk.until(lambda: all(desk.quotes(symbol) for symbol in pairs), step_s=2)
        sizes = [len(asked.query["symbol"].split(",")) for _, asked in desk.server.asked]
        assert max(sizes) <= 8


async def test_the_day_so_far_is_passed_on() -> None:
    async with rates({"twelve-data": answers.twelve_data()}) as desk:
        await desk.until(lambda: any(isinstance(each, Candle) for each in desk.messages))


async def test_pairs_come_and_go_while_it_runs() -> None:
    async with rates({"fcs": answers.fcs()}) as desk:
        await desk.until(lambda: desk.state() is FeedState.LIVE)
        assert desk.feed.add("gbpusd") == "GBP-USD"
        await desk.until(lambda: desk.state("GBP-USD") is FeedState.LIVE, step_s=1)
        desk.feed.drop("EUR-USD")
        assert desk.feed.symbols == ("GBP-USD",)
        lost, state = desk.messages[-2:]
        assert isinstance(lost, BookLost)
        assert isinstance(state, StateChanged)
        count = len(desk.quotes())
        await desk.pass_(100_000)
        await desk.until(lambda: len(desk.quotes("GBP-USD")) >= 1)
        assert len(desk.quotes()) == count


async def test_without_any_source_a_sentence_says_so() -> None:
    async with rates({}) as desk:
        told = "no source of rates is set up; give a key for one of them"
        await desk.until(lambda: told in desk.texts())


async def test_no_key_is_in_an_address_where_the_provider_takes_it_elsewhere() -> None:
    for name in ("finnhub", "twelve-data"):
        answering = getattr(answers, name.replace("-", "_"))()
        async with rates({name: answering}) as desk:
            await desk.until(lambda desk=desk: desk.state() is FeedState.LIVE)
            (asked,) = desk.server.asked
            assert KEY in str(asked[1].headers)
            assert KEY not in str(asked[1].query)


def test_a_pair_is_known_by_any_spelling_and_no_other() -> None:
    assert {our_pair(text) for text in ("eur/usd", "EURUSD", " Eur-Usd ")} == {"EUR-USD"}
    with pytest.raises(UnknownSymbol, match="no currency pair carried here; use EUR-USD"):
        FxFeed([], ["EUR-TRY"], print)


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_can_be_counted_in_whole_ticks(pair: str) -> None:
    assert Scale(instrument_of(pair)).tick_size == tick_of(pair)


@given(
    pair=st.sampled_from(PAIRS),
    mid=st.fractions(Fraction(1, 100), 300),
    spread=st.none() | st.fractions(0, Fraction(1, 100)),
    half=st.integers(1, 50),
)
def test_a_quote_lies_on_ticks_around_what_the_source_says(
    pair: str, mid: Fraction, spread: Fraction | None, half: int
) -> None:
    stated = (None, None) if spread is None else (mid, mid + spread)
    bid, ask = map(Fraction, quote_of(Reading(pair, 0, mid, *stated), half))
    tick = Fraction(tick_of(pair))
    assert bid % tick == ask % tick == 0
    assert 0 < bid < ask
    assert bid <= mid or bid == tick
    if spread is None:
        assert ask - bid <= (2 * half + 1) * tick or bid == tick
    else:
        assert ask >= mid + spread


def test_the_spread_is_a_setting() -> None:
    reading = Reading("EUR-USD", 0, Fraction("1.1"))
    assert quote_of(reading, FxTerms(half_spread_ticks=1).half_spread_ticks) == (
        "1.09999",
        "1.10001",
    )
