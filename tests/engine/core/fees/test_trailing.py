"""The trailing window: thirty UTC days, today included, against a sum made anew each time."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.fees import DAY_NS, WINDOW_DAYS, TrailingSum

Amounts = list[tuple[int, int]]
"""(ns since the one before, amount)."""

steps = st.one_of(
    st.integers(0, 3),
    st.sampled_from([DAY_NS - 1, DAY_NS, DAY_NS + 1, WINDOW_DAYS * DAY_NS]),
    st.integers(0, 40 * DAY_NS),
)
amounts: st.SearchStrategy[Amounts] = st.lists(
    st.tuples(steps, st.integers(0, 10**30)), max_size=25
)


def naive(added: Amounts, now_ns: int) -> int:
    """What lies in the window, from a list of (time, amount)."""
    first_day = now_ns // DAY_NS - 29
    return sum(amount for when_ns, amount in added if when_ns // DAY_NS >= first_day)


@given(amounts, steps)
def test_the_window_holds_what_a_naive_sum_does(sequence: Amounts, later_ns: int) -> None:
    trailing = TrailingSum()
    added: Amounts = []
    now_ns = 0
    for step_ns, amount in sequence:
        now_ns += step_ns
        assert trailing.at(now_ns) == naive(added, now_ns)
        added.append((now_ns, amount))
        assert trailing.add(now_ns, amount) == naive(added, now_ns)
    assert trailing.at(now_ns + later_ns) == naive(added, now_ns + later_ns)


@given(amounts, steps, st.integers(0, 10**12))
def test_a_restored_window_goes_on_as_the_saved_one(
    sequence: Amounts, later_ns: int, amount: int
) -> None:
    trailing = TrailingSum()
    now_ns = 0
    for step_ns, earlier in sequence:
        now_ns += step_ns
        trailing.add(now_ns, earlier)
    restored = TrailingSum.restored(trailing.saved())
    assert restored.saved() == trailing.saved()
    now_ns += later_ns
    assert restored.at(now_ns) == trailing.at(now_ns)
    assert restored.add(now_ns, amount) == trailing.add(now_ns, amount)
    assert restored.saved() == trailing.saved()


def test_a_day_falls_out_at_midnight_to_the_nanosecond() -> None:
    trailing = TrailingSum()
    trailing.add(DAY_NS - 1, 7)
    trailing.add(DAY_NS, 100)
    assert trailing.at(WINDOW_DAYS * DAY_NS - 1) == 107
    assert trailing.at(WINDOW_DAYS * DAY_NS) == 100
    assert trailing.at((WINDOW_DAYS + 1) * DAY_NS - 1) == 100
    assert trailing.at((WINDOW_DAYS + 1) * DAY_NS) == 0


def test_asking_changes_nothing() -> None:
    trailing = TrailingSum()
    trailing.add(0, 5)
    saved = trailing.saved()
    assert trailing.at(100 * DAY_NS) == 0
    assert trailing.saved() == saved
    assert trailing.at(0) == 5


def test_no_more_days_are_kept_than_the_window_has() -> None:
    trailing = TrailingSum()
    for day in range(200):
        trailing.add(day * DAY_NS, 1)
        assert len(trailing.saved()) <= WINDOW_DAYS
    assert trailing.at(199 * DAY_NS) == WINDOW_DAYS
