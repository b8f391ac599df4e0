"""What each provider's answers mean, and that refusals are told from failures."""

import gzip
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import FeedError, MalformedFrame, Unreachable, VenueRefused
from feeds.fx import PAIRS, PROVIDERS
from feeds.quotas import Window
from feeds.sources import KeyRefused, QuotaSpent, Source
from tests.feeds.fx import answers
from tests.feeds.fx.answers import T0_NS
from tests.feeds.provider_server import Answering, Asked

KEY = "k3y-of-the-trader"
TWO = ("EUR-USD", "EUR-JPY")


def told_by(provider: str, answering: Answering, symbols: tuple[str, ...]) -> dict[str, object]:
    source = PROVIDERS[provider](KEY)
    batch = source.batch(symbols)
    request = source.request(batch)
    body = answering(Asked(request.path, request.params, request.headers)).body.encode()
    return {each.symbol: each for each in source.read(body, batch, T0_NS + 10**9)}


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_a_rate_keeps_every_digit_and_its_own_time(provider: str) -> None:
    answering = getattr(answers, provider.replace("-", "_"))()
    reading = told_by(provider, answering, ("EUR-USD",))["EUR-USD"]
    exact = "1.084612" if provider == "fixer" else "1.08461"
    assert reading.mid == Fraction(exact)
    assert reading.as_of_ns == T0_NS


def test_a_cross_is_the_exact_quotient_of_two_rates_of_the_base() -> None:
    pairs = ("EUR-USD", "GBP-USD", "USD-JPY", "EUR-GBP", "GBP-JPY", "USD-CHF")
    readings = told_by("fixer", answers.fixer(), pairs)
    assert readings["GBP-USD"].mid == Fraction("1.084612") / Fraction("0.857031")
    assert readings["USD-JPY"].mid == Fraction("164.235041") / Fraction("1.084612")
    assert readings["GBP-JPY"].mid * readings["EUR-GBP"].mid == Fraction("164.235041")
    assert "USD-CHF" not in readings


def test_bid_and_ask_are_taken_where_they_are_stated() -> None:
    reading = told_by("alpha-vantage", answers.alpha_vantage(), ("EUR-USD",))["EUR-USD"]
    assert (reading.bid, reading.ask) == (Fraction("1.08455"), Fraction("1.08466"))
    missing = told_by("alpha-vantage", answers.alpha_vantage(bid="-"), ("EUR-USD",))["EUR-USD"]
    assert (missing.bid, missing.ask) == (None, None)


def test_one_request_asks_for_as_much_as_the_provider_allows() -> None:
    sizes = {name: len(make(KEY).batch(PAIRS)) for name, make in PROVIDERS.items()}
    assert sizes == {"finnhub": 1, "fcs": 10, "twelve-data": 8, "fixer": 10, "alpha-vantage": 1}
    costs = {name: make(KEY).cost(len(make(KEY).batch(PAIRS))) for name, make in PROVIDERS.items()}
    assert costs == {"finnhub": 1, "fcs": 1, "twelve-data": 8, "fixer": 1, "alpha-vantage": 1}


def test_a_pair_that_is_not_served_leaves_the_others() -> None:
    assert list(told_by("twelve-data", answers.twelve_data(), (*TWO, "USD-CHF"))) == list(TWO)
    assert list(told_by("fcs", answers.fcs(), (*TWO, "USD-CHF"))) == list(TWO)
    assert not told_by("finnhub", answers.finnhub(), ("USD-CHF",))


def test_the_day_so_far_comes_as_a_candle() -> None:
    reading = told_by("twelve-data", answers.twelve_data(), ("EUR-USD",))["EUR-USD"]
    candle = reading.candle
    prices = (candle.open, candle.high, candle.low, candle.close)
    assert prices == ("1.083", "1.09", "1.08", "1.08461")
    assert not candle.closed


@pytest.mark.parametrize(
    ("provider", "body", "kind"),
    [
        ("twelve-data", {"code": 401, "message": "**apikey** parameter is incorrect"}, KeyRefused),
        ("twelve-data", {"code": 429, "message": "no credits for the day"}, QuotaSpent),
        ("twelve-data", {"code": 404, "message": "symbol not found"}, VenueRefused),
        ("twelve-data", {"code": 500, "message": "internal"}, Unreachable),
        ("alpha-vantage", {"Information": "limit is 25 requests per day for key K"}, QuotaSpent),
        ("alpha-vantage", {"Note": "5 calls per minute"}, Unreachable),
        ("alpha-vantage", {"Information": "try spreading out (25 per day)"}, Unreachable),
        ("alpha-vantage", {"Error Message": "the parameter apikey is invalid"}, KeyRefused),
        ("alpha-vantage", {"Error Message": "Invalid API call."}, VenueRefused),
        ("finnhub", {"error": "Invalid API key"}, KeyRefused),
        ("finnhub", {"error": "API limit reached."}, QuotaSpent),
        ("finnhub", {"error": "You don't have access to this resource."}, VenueRefused),
        ("fcs", {"code": 101, "msg": "Invalid API access key"}, KeyRefused),
        ("fcs", {"code": 213, "msg": "Your monthly limit is reached"}, QuotaSpent),
        ("fixer", {"error": {"code": 101, "type": "invalid_access_key"}}, KeyRefused),
        ("fixer", {"error": {"code": 104, "info": "volume reached"}}, QuotaSpent),
        ("fixer", {"error": {"code": 105, "type": "https_access_restricted"}}, VenueRefused),
    ],
)
def test_a_refusal_says_what_kind_it_is(provider: str, body: dict[str, object], kind: type) -> None:
    failed = {"twelve-data": {"status": "error"}, "fcs": {"status": False}}
    stated = failed.get(provider, {"success": False} if provider == "fixer" else {}) | body
    with pytest.raises(FeedError) as caught:
        PROVIDERS[provider](KEY).read(json.dumps(stated).encode(), ("EUR-USD",), T0_NS)
    assert type(caught.value) is kind


def test_a_minute_that_is_used_up_is_told_from_a_day() -> None:
    said = {"status": "error", "code": 429, "message": "credits of the current minute are gone"}
    with pytest.raises(QuotaSpent) as caught:
        PROVIDERS["twelve-data"](KEY).read(json.dumps(said).encode(), ("EUR-USD",), T0_NS)
    assert caught.value.window is Window.MINUTE


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
@given(data=st.data())
def test_a_broken_body_is_never_more_than_a_typed_error(provider: str, data: st.DataObject) -> None:
    answering = getattr(answers, provider.replace("-", "_"))()
    source: Source = PROVIDERS[provider](KEY)
    request = source.request(("EUR-USD",))
    body = bytearray(answering(Asked("", request.params, {})).body.encode())
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    body[start:end] = data.draw(st.sampled_from([b"", b"null", b"-1", b"[[", b"1e999", b'"\xff']))
    try:
        readings = source.read(bytes(body), ("EUR-USD",), T0_NS)
    except FeedError:
        return
    assert all(0 < each.as_of_ns <= T0_NS and each.mid > 0 for each in readings)


def test_a_rate_of_something_else_is_malformed() -> None:
    body = answers.alpha_vantage()(Asked("", {"from_currency": "GBP", "to_currency": "USD"}, {}))
    with pytest.raises(MalformedFrame, match="EUR-USD was asked for"):
        PROVIDERS["alpha-vantage"](KEY).read(body.body.encode(), ("EUR-USD",), T0_NS)


def test_the_recorded_answer_of_alpha_vantage_reads(shared_data: Path) -> None:
    path = shared_data / "samples" / "alpha_vantage" / "mock_foreign_exchange.txt.gz"
    (reading,) = PROVIDERS["alpha-vantage"](KEY).read(
        gzip.decompress(path.read_bytes()), ("BTC-CNY",), T0_NS
    )
    assert reading.mid == Fraction("109631.430607")
    assert reading.as_of_ns == 1513797801 * 10**9
