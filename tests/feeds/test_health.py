"""A quiet market is told from a dead one; time is passed in."""

import pytest

from feeds.binance.venue import LIMITS, BinanceSpot
from feeds.health import FeedEvent, Health, Verdict, Watchdog
from feeds.messages import FeedState, Message
from feeds.pipeline import Pipeline
from feeds.upkeep import Upkeep
from tests.feeds import frames

NOW = frames.T0_NS
SECOND = frames.SECOND_NS
BOTH = ("BTC-USDT", "ETH-USDT")


def live_watchdog() -> Watchdog:
    watchdog = Watchdog(Health("BTC-USDT", "binance"), LIMITS)
    watchdog.happened(FeedEvent.OPENED, NOW)
    watchdog.happened(FeedEvent.ALIGNED, NOW)
    return watchdog


def test_silence_is_first_stale_and_asks_the_venue_then_down() -> None:
    watchdog = live_watchdog()
    assert watchdog.check(NOW + 9 * SECOND) == (Verdict.PROBE, False)
    assert watchdog.check(NOW + 10 * SECOND) == (Verdict.NOTHING, True)
    assert watchdog.health.state is FeedState.STALE
    assert watchdog.check(NOW + 11 * SECOND) == (Verdict.NOTHING, False)
    assert watchdog.check(NOW + 30 * SECOND) == (Verdict.RENEW, True)
    assert watchdog.health.state is FeedState.DOWN


def test_a_market_that_the_venue_confirms_is_quiet_and_stays_live() -> None:
    watchdog = live_watchdog()
    assert watchdog.check(NOW + 4 * SECOND) == (Verdict.NOTHING, False)
    assert watchdog.check(NOW + 5 * SECOND) == (Verdict.PROBE, False)
    watchdog.confirmed_quiet(NOW + 6 * SECOND)
    assert watchdog.health.state is FeedState.LIVE
    assert "quiet" in watchdog.health.text
    assert watchdog.check(NOW + 10 * SECOND) == (Verdict.NOTHING, False)
    assert watchdog.check(NOW + 11 * SECOND) == (Verdict.PROBE, False)


def test_a_heartbeat_of_the_connection_lends_patience_and_then_the_venue_is_asked() -> None:
    watchdog = live_watchdog()
    for second in range(0, 30, 2):
        watchdog.beaten(NOW + second * SECOND)
        assert watchdog.check(NOW + second * SECOND) == (Verdict.NOTHING, False)
    watchdog.beaten(NOW + 30 * SECOND)
    assert watchdog.check(NOW + 30 * SECOND) == (Verdict.PROBE, False)
    watchdog.beaten(NOW + 40 * SECOND)
    assert watchdog.check(NOW + 40 * SECOND) == (Verdict.PROBE, True)
    assert watchdog.health.state is FeedState.STALE


def test_an_update_ends_a_silence() -> None:
    watchdog = live_watchdog()
    watchdog.check(NOW + 12 * SECOND)
    assert watchdog.heard_update(NOW + 13 * SECOND, NOW + 12 * SECOND)
    assert watchdog.health.state is FeedState.LIVE
    assert watchdog.health.latency_ns == SECOND


def test_trades_do_not_prove_that_the_book_still_moves() -> None:
    watchdog = live_watchdog()
    watchdog.heard_aside(NOW + 9 * SECOND, NOW)
    assert watchdog.check(NOW + 10 * SECOND)[0] is Verdict.PROBE
    assert watchdog.health.age_ns(NOW + 10 * SECOND) == SECOND


def watched(symbols: tuple[str, ...] = BOTH) -> tuple[Pipeline, Upkeep, list[Message]]:
    messages: list[Message] = []
    pipeline = Pipeline(BinanceSpot(), messages.append, symbols)
    pipeline.opened(NOW)
    for symbol in symbols:
        pipeline.snapshot(symbol, frames.snapshot(4, frames.BIDS, frames.ASKS), NOW)
    return pipeline, Upkeep(pipeline), messages


def look(upkeep: Upkeep, from_s: int, to_s: int) -> list[str]:
    """Look every second; what was due, in words."""
    words: list[str] = []
    for second in range(from_s, to_s + 1):
        chores = upkeep.due(NOW + second * SECOND)
        words += [f"probe {each}" for each in chores.probes]
        words += [f"again {each}" for each in chores.resubscribe]
        words += [f"book {each}" for each in chores.snapshots]
        words += ["renew"] * bool(chores.renew)
    return words


def test_a_dead_market_among_living_ones_is_subscribed_anew_alone() -> None:
    pipeline, upkeep, _ = watched()
    for second in range(31):
        pipeline.frame(frames.depth(5 + second, 5 + second), NOW + second * SECOND)
        words = look(upkeep, second, second)
    assert words == ["again ETH-USDT"]
    assert pipeline.health("BTC-USDT").state is FeedState.LIVE


def test_when_every_market_is_silent_the_connection_is_renewed() -> None:
    _, upkeep, _ = watched()
    words = look(upkeep, 0, 30)
    assert words[-1] == "renew"
    assert "again" not in "".join(words)


def test_a_confirmation_holds_only_for_the_book_as_it_is() -> None:
    pipeline, upkeep, _ = watched(("BTC-USDT",))
    assert look(upkeep, 0, 10) == ["probe BTC-USDT", "probe BTC-USDT"]
    newer = frames.snapshot(9, frames.BIDS, frames.ASKS)
    pipeline.probe("BTC-USDT", newer, NOW + 11 * SECOND)
    assert pipeline.health("BTC-USDT").state is FeedState.STALE
    same = frames.snapshot(4, frames.BIDS, frames.ASKS)
    pipeline.probe("BTC-USDT", same, NOW + 11 * SECOND)
    assert pipeline.health("BTC-USDT").state is FeedState.LIVE


def test_a_machine_that_slept_makes_a_new_connection() -> None:
    _, upkeep, _ = watched()
    upkeep.due(NOW)
    assert upkeep.due(NOW + 3600 * SECOND).renew == "this machine was asleep for 3600 s"


@pytest.mark.parametrize(("waiting", "second"), [(True, 0), (False, 1)])
def test_a_book_is_asked_for_once_an_update_waits_or_after_a_second(
    waiting: bool, second: int
) -> None:
    pipeline = Pipeline(BinanceSpot(), lambda message: None, ["BTC-USDT"])
    pipeline.opened(NOW)
    if waiting:
        pipeline.frame(frames.depth(5, 6), NOW)
    words = [look(Upkeep(pipeline), at, at) for at in (0, 1)]
    assert words.index(["book BTC-USDT"]) == second
