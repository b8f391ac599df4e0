"""Quoting uptime, against a list of all spells."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import BUY, SELL, Side
from engine.core.fees import DAY_NS, Quoting

Steps = list[tuple[int, Side, bool]]
"""(ns since the one before, side, whether an order comes to rest or the last one leaves)."""

waits = st.one_of(
    st.integers(0, 5),
    st.sampled_from([DAY_NS - 1, DAY_NS, 29 * DAY_NS, 30 * DAY_NS, 75 * DAY_NS]),
    st.integers(0, 3 * DAY_NS),
)
steps: st.SearchStrategy[Steps] = st.lists(
    st.tuples(waits, st.sampled_from([BUY, SELL]), st.booleans()), max_size=30
)


class NaiveQuoting:
    """Every spell of quoting both sides, as it was."""

    def __init__(self) -> None:
        self.counts = {BUY: 0, SELL: 0}
        self.spells: list[tuple[int, int]] = []
        self.since_ns: int | None = None

    def change(self, now_ns: int, side: Side, by: int) -> None:
        self.counts[side] += by
        both = all(self.counts.values())
        if both and self.since_ns is None:
            self.since_ns = now_ns
        elif not both and self.since_ns is not None:
            self.spells.append((self.since_ns, now_ns))
            self.since_ns = None

    def uptime_ppm(self, now_ns: int) -> int | None:
        open_spell = [] if self.since_ns is None else [(self.since_ns, now_ns)]
        spells = [*self.spells, *open_spell]
        if not spells:
            return None
        window_ns = (now_ns // DAY_NS - 29) * DAY_NS
        start_ns = max(window_ns, spells[0][0])
        quoted_ns = sum(max(0, end - max(begin, start_ns)) for begin, end in spells)
        return quoted_ns * 1_000_000 // (now_ns - start_ns) if now_ns > start_ns else 1_000_000


@given(steps, waits)
def test_uptime_is_the_quoted_share_of_the_window(sequence: Steps, later_ns: int) -> None:
    quoting, naive = Quoting(), NaiveQuoting()
    now_ns = 0
    for wait_ns, side, rests in sequence:
        now_ns += wait_ns
        if rests:
            quoting.rested(now_ns, side)
            naive.change(now_ns, side, 1)
        elif naive.counts[side]:
            quoting.left(now_ns, side)
            naive.change(now_ns, side, -1)
        assert quoting.uptime_ppm(now_ns) == naive.uptime_ppm(now_ns)
        quoting = Quoting.restored(quoting.saved())
    assert (quoting.bids, quoting.asks) == (naive.counts[BUY], naive.counts[SELL])
    now_ns += later_ns
    assert quoting.uptime_ppm(now_ns) == naive.uptime_ppm(now_ns)


def test_one_side_is_no_quote() -> None:
    quoting = Quoting()
    quoting.rested(0, BUY)
    quoting.rested(0, BUY)
    assert quoting.uptime_ppm(10 * DAY_NS) is None


def test_time_before_the_first_quote_does_not_count() -> None:
    quoting = Quoting()
    quoting.rested(0, BUY)
    quoting.rested(600, SELL)
    assert quoting.uptime_ppm(600) == 1_000_000
    assert quoting.uptime_ppm(1_000) == 1_000_000
    quoting.left(1_000, BUY)
    assert quoting.uptime_ppm(1_400) == 500_000


def test_a_second_order_of_a_side_keeps_the_quote_up() -> None:
    quoting = Quoting()
    for side in (BUY, SELL, SELL):
        quoting.rested(0, side)
    quoting.left(50, SELL)
    assert quoting.uptime_ppm(100) == 1_000_000
    quoting.left(100, SELL)
    assert quoting.uptime_ppm(200) == 500_000


def test_an_order_that_moves_in_one_instant_interrupts_nothing() -> None:
    quoting = Quoting()
    quoting.rested(0, BUY)
    quoting.rested(0, SELL)
    quoting.left(10, BUY)
    quoting.rested(10, BUY)
    assert quoting.uptime_ppm(20) == 1_000_000


def test_who_stays_away_for_the_whole_window_has_none() -> None:
    quoting = Quoting()
    quoting.rested(0, BUY)
    quoting.rested(0, SELL)
    quoting.left(DAY_NS, SELL)
    assert quoting.uptime_ppm(30 * DAY_NS - 1) is not None
    assert quoting.uptime_ppm(31 * DAY_NS) == 0
