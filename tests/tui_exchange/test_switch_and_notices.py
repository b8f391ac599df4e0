"""The arming switch, and what the trader is told."""

from tui_exchange.arming import Arming
from tui_exchange.notices import BELL_NS, LINES_MAX, REPEAT_NS, TOAST_NS, Notices, Pace, Weight
from tui_exchange.views import FeedState

S = 1_000_000_000


def armed() -> Arming:
    arming = Arming(idle_ns=30 * S)
    arming.arm(0, FeedState.LIVE, (0,))
    return arming


def test_keys_start_disarmed_and_a_bad_feed_keeps_them_so() -> None:
    arming = Arming()
    assert not arming.armed
    assert "STALE" in arming.arm(0, FeedState.STALE, ())
    assert not arming.armed


def test_use_keeps_the_keys_armed_and_idleness_disarms_them() -> None:
    arming = armed()
    arming.touch(20 * S)
    assert arming.watch(49 * S, FeedState.LIVE, (0,)) == ""
    assert arming.watch(50 * S, FeedState.LIVE, (0,)) == "disarmed: no key for 30 s"
    assert not arming.armed


def test_a_clock_that_steps_backwards_disarms() -> None:
    arming = armed()
    arming.touch(100 * S)
    assert arming.watch(10 * S, FeedState.LIVE, (0,))


def test_a_stale_feed_and_a_reconnect_disarm() -> None:
    assert "DOWN" in armed().watch(S, FeedState.DOWN, (0,))
    assert "reconnected" in armed().watch(S, FeedState.LIVE, (1,))


def test_repeats_are_counted_and_not_written_again() -> None:
    notices = Notices()
    assert notices.add(0, Weight.REFUSED, "no")
    assert not notices.add(1, Weight.REFUSED, "no")
    assert [(n.text, n.times) for n in notices.lines] == [("no", 2)]
    notices.add(REPEAT_NS + 1, Weight.REFUSED, "no")
    assert len(notices.lines) == 2


def test_toasts_are_rate_limited_and_only_for_what_went_wrong() -> None:
    notices = Notices()
    assert not notices.add(0, Weight.DONE, "done")
    assert notices.add(0, Weight.REFUSED, "first")
    assert not notices.add(TOAST_NS - 1, Weight.TROUBLE, "second")
    assert notices.add(TOAST_NS, Weight.TROUBLE, "third")


def test_an_alarm_is_shown_though_something_else_was_just_shown() -> None:
    notices = Notices()
    assert notices.add(0, Weight.REFUSED, "no")
    assert notices.add(1, Weight.ALARM, "MARGIN 80%")
    assert not notices.add(2, Weight.ALARM, "MARGIN 90%")
    assert notices.add(1 + TOAST_NS, Weight.ALARM, "LIQUIDATED")


def test_a_burst_rings_once() -> None:
    pace = Pace(BELL_NS)
    rings = [pace.takes(second * S) for second in range(8)]
    assert rings == [True, False, False, False, False, True, False, False]


def test_the_log_is_bounded() -> None:
    notices = Notices()
    for number in range(LINES_MAX + 50):
        notices.add(number, Weight.INFO, str(number))
    assert len(notices.lines) == LINES_MAX
