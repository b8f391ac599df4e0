"""Quotas refill by the calendar, outlive the program, and are never overspent."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feeds.quotas import MemoryQuotas, Quota, QuotaFile, QuotaLedger, Window

SECOND_NS = 10**9
MINUTE_8, DAY_20, MONTH_3 = (
    Quota(8, Window.MINUTE),
    Quota(20, Window.DAY),
    Quota(3, Window.MONTH),
)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND_NS


def test_each_quota_is_full_again_when_its_window_begins() -> None:
    ledger, quotas = QuotaLedger(MemoryQuotas()), (MINUTE_8, DAY_20)
    now_ns = at("2026-11-21 23:58:30")
    ledger.spend("a", quotas, 8, now_ns)
    assert ledger.remaining("a", quotas, now_ns) == 0
    assert ledger.affordable_ns("a", quotas, 1, now_ns) == at("2026-11-21 23:59:00")
    ledger.spend("a", quotas, 8, at("2026-11-21 23:59:00"))
    assert ledger.remaining("a", quotas, at("2026-11-21 23:59:59")) == 0
    assert ledger.remaining("a", quotas, at("2026-11-22 00:00:00")) == 8
    assert ledger.remaining("b", quotas, now_ns) == 8


def test_a_month_ends_with_its_last_day() -> None:
    ledger = QuotaLedger(MemoryQuotas())
    ledger.spend("f", (MONTH_3,), 3, at("2028-02-29 12:00:00"))
    assert ledger.affordable_ns("f", (MONTH_3,), 1, at("2028-02-29 12:00:00")) == at("2028-03-01")
    assert Window.MONTH.bounds_ns(at("2026-12-31 23:59:59")) == (at("2026-12-01"), at("2027-01-01"))


def test_what_was_spent_outlives_the_program(tmp_path: Path) -> None:
    path, now_ns = tmp_path / "state" / "quotas.json", at("2026-11-21 10:00:00")
    QuotaLedger(QuotaFile(path)).spend("a", (DAY_20,), 15, now_ns)
    again = QuotaLedger(QuotaFile(path))
    assert again.remaining("a", (DAY_20,), now_ns) == 5
    assert [each.name for each in path.parent.iterdir()] == ["quotas.json"]


def test_two_feeds_share_a_file_and_keep_each_others_counts(tmp_path: Path) -> None:
    path = tmp_path / "quotas.json"
    one, other = QuotaLedger(QuotaFile(path)), QuotaLedger(QuotaFile(path))
    one.spend("a", (DAY_20,), 3, 0)
    other.spend("b", (DAY_20,), 4, 0)
    one.spend("a", (DAY_20,), 1, 0)
    assert QuotaFile(path).load() == {"a": {"day": (0, 4)}, "b": {"day": (0, 4)}}


def test_a_damaged_file_is_told_of_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "quotas.json"
    path.write_bytes(b'{"a": {"day": [1, ')
    store = QuotaFile(path)
    ledger = QuotaLedger(store)
    assert "does not hold quotas" in store.problem
    ledger.spend("a", (DAY_20,), 1, 0)
    assert QuotaFile(path).load() == {"a": {"day": (0, 1)}}


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder is needed")
    store = QuotaFile(tmp_path / "state" / "quotas.json")
    ledger = QuotaLedger(store)
    ledger.spend("a", (DAY_20,), 1, 0)
    assert "cannot write" in store.problem
    assert ledger.remaining("a", (DAY_20,), 0) == 19


def test_a_quota_that_the_source_calls_used_up_is_used_up() -> None:
    ledger, now_ns = QuotaLedger(MemoryQuotas()), at("2026-11-21 10:00:00")
    ledger.exhaust("a", (MINUTE_8, DAY_20), Window.DAY, now_ns)
    assert ledger.remaining("a", (MINUTE_8, DAY_20), now_ns) == 0
    assert ledger.affordable_ns("a", (MINUTE_8, DAY_20), 1, now_ns) == at("2026-11-22")


@given(
    gaps=st.lists(st.integers(0, 7200), max_size=60),
    cost=st.integers(1, 4),
    begin_s=st.integers(0, 86_400),
)
def test_whoever_pauses_as_told_spreads_the_day_and_never_overspends(
    gaps: list[int], cost: int, begin_s: int
) -> None:
    ledger, quotas = QuotaLedger(MemoryQuotas()), (MINUTE_8, DAY_20)
    now_ns, by_day = at("2026-11-21") + begin_s * SECOND_NS, {}
    for gap in gaps:
        if ledger.remaining("a", quotas, now_ns) >= cost:
            pause_ns = ledger.pause_ns("a", quotas, cost, now_ns)
            ledger.spend("a", quotas, cost, now_ns)
            day = Window.DAY.bounds_ns(now_ns)[0]
            by_day[day] = by_day.get(day, 0) + cost
            now_ns += pause_ns
        now_ns += gap * SECOND_NS
    assert all(spent <= DAY_20.limit for spent in by_day.values())
