"""Losses are counted from the day's start and the peak, and money paid in is no profit."""

from pathlib import Path

from engine.core.commands import Deposit, DepositKind, ResetPortfolio, SetPrice, TriggerSource
from tests.tui_exchange.paper import START_NS, Paper
from tui_exchange.risk.equity_marks import DAY_NS, FILE_NAME, EquityMarks, curve_of

UNIT = 10**12
MAIN = "main"
PERP = "BTC-USDT-PERP"
START = 5_000_000


class Marked:
    """Ten BTC in a perpetual, whose mark is moved by hand, and so is time."""

    def __init__(self, folder: Path | None = None) -> None:
        self.paper = Paper()
        self.paper.run()
        self.now_ns = START_NS
        self.folder = folder
        self.marks = self.made()
        self.paper.line("b 10", PERP)
        self.exchange = self.paper.session.exchange
        self.equity(START)

    def made(self) -> EquityMarks:
        """Marks as a program that starts now has them."""
        return EquityMarks(self.paper.session.exchange, self.folder, lambda: self.now_ns)

    def equity(self, units: int) -> None:
        """Let the mark be where equity is this much, within what a tick of it makes."""
        entry = self.exchange.price(PERP, TriggerSource.MARK)
        now = self.exchange.equity(MAIN).quanta
        tick = 10_000 * self.exchange.scale(PERP).notional_quanta_per_tick_lot
        moved = (units * UNIT - now) // tick
        assert entry is not None
        price = SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=entry + moved)
        self.paper.session.submit(price)

    def look(self, after_s: int = 1) -> tuple[int, int]:
        """Look once; the day's start and the peak, in hundreds."""
        self.now_ns += after_s * 10**9
        self.marks.look(MAIN)
        start, peak = self.marks.start_and_peak(MAIN, "USDT")
        assert start is not None
        assert peak is not None
        return int(round(start / UNIT, -2)), int(round(peak / UNIT, -2))

    def deposit(self, units: int) -> None:
        """Top up."""
        self.paper.session.submit(
            Deposit(
                account=MAIN, currency="USDT", amount_quanta=units * UNIT, kind=DepositKind.TOP_UP
            )
        )


def test_the_peak_follows_up_and_the_start_of_the_day_stays() -> None:
    marked = Marked()
    assert marked.look() == (START, START)
    marked.equity(5_100_000)
    assert marked.look() == (START, 5_100_000)
    marked.equity(4_900_000)
    assert marked.look() == (START, 5_100_000)


def test_a_new_day_in_utc_begins_with_the_equity_then() -> None:
    marked = Marked()
    marked.look()
    marked.equity(4_900_000)
    marked.look()
    marked.now_ns = START_NS + DAY_NS
    assert marked.marks.start_and_peak(MAIN, "USDT")[0] is None
    assert marked.look() == (4_900_000, START)


def test_what_is_paid_in_is_no_profit() -> None:
    marked = Marked()
    marked.look()
    marked.equity(4_900_000)
    marked.deposit(1_000_000)
    assert marked.look() == (6_000_000, 6_000_000)


def test_a_reset_begins_anew_although_less_was_paid_in() -> None:
    marked = Marked()
    marked.deposit(1_000_000)
    marked.look()
    marked.paper.session.submit(ResetPortfolio(account=MAIN))
    assert marked.look() == (START, START)


def test_another_base_currency_is_another_money() -> None:
    marked = Marked()
    marked.look()
    assert marked.marks.of(MAIN, "USD") is None


def test_the_worst_fall_is_remembered_and_the_present_one_follows() -> None:
    marked = Marked()
    marked.look()
    for units in (4_500_000, 5_400_000, 5_130_000):
        marked.equity(units)
        marked.look()
    mark = marked.marks.of(MAIN, "USDT")
    assert mark is not None
    points = curve_of(mark, marked.now_ns, marked.exchange.equity(MAIN).quanta)
    told = [round(quanta / UNIT, -4) for _, quanta in points]
    assert told == [START, 4_500_000, 5_400_000, 5_130_000]
    assert [ts for ts, _ in points] == sorted(ts for ts, _ in points)


def test_marks_outlive_the_program(tmp_path: Path) -> None:
    marked = Marked(tmp_path)
    marked.look()
    marked.equity(5_200_000)
    marked.look()
    marked.marks.keep(at_once=True)
    marked.equity(5_000_000)
    marked.marks = marked.made()
    assert marked.look() == (START, 5_200_000)


def test_marks_are_written_at_once_and_then_seldom(tmp_path: Path) -> None:
    marked = Marked(tmp_path)
    marked.look()
    marked.marks.keep()
    first = (tmp_path / FILE_NAME).read_bytes()
    marked.equity(5_200_000)
    marked.look()
    marked.marks.keep()
    assert (tmp_path / FILE_NAME).read_bytes() == first
    marked.look(after_s=15)
    marked.marks.keep()
    assert (tmp_path / FILE_NAME).read_bytes() != first
