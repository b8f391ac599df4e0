"""A crash leaves nobody below zero, money conserved, and the same seed is the same crash."""

from itertools import pairwise

import numpy as np
import pytest

from engine.simulation.crash import Crash
from engine.simulation.crash_report import CrashReport, document, lines
from engine.simulation.crash_terms import MARK_TICKS, CrashTerms, mark_path

SMALL = CrashTerms(accounts=40, seconds=60, check_every=50)


@pytest.fixture(scope="module")
def report() -> CrashReport:
    return Crash(SMALL).play()


def test_every_way_of_closing_a_position_is_needed(report: CrashReport) -> None:
    assert report.liquidated > 10
    assert all(taken.lots > 0 and taken.value_quanta > 0 for taken in report.taken.values())
    assert report.fees_quanta > 0
    assert report.fund_lost_quanta > 0
    assert report.deleveraged > 0
    assert report.funding_payments > 0


def test_nobody_ends_below_zero_and_everything_adds_up(report: CrashReport) -> None:
    assert report.below_zero == 0
    assert report.lots_apart == 0
    assert set(report.totals_quanta.values()) == {0}
    assert report.sound
    assert report.checks >= report.commands // SMALL.check_every


def test_the_fund_has_its_fees_less_what_it_lost_and_paid(report: CrashReport) -> None:
    assert report.fund_lots == 0
    kept = report.fees_quanta - report.fund_lost_quanta - report.insurance_quanta
    assert report.fund_quanta == kept


def test_the_same_seed_is_the_same_crash_and_another_one_is_not(report: CrashReport) -> None:
    assert Crash(SMALL).play() == report
    other = CrashTerms(accounts=40, seconds=60, seed=2, check_every=50)
    assert Crash(other).play() != report


def test_the_mark_falls_as_far_as_it_should() -> None:
    terms = CrashTerms(fall_ppm=350_000, seconds=600, seed=5)
    path = mark_path(terms, np.random.default_rng(terms.seed))
    assert len(path) == 600
    assert path[-1][0] == pytest.approx(MARK_TICKS * 0.65, abs=1)
    worst = min(after[0] / before[0] for before, after in pairwise(path))
    assert worst < 0.97, "jumps are what outruns a book"


def test_what_is_owed_or_missing_is_not_sound(report: CrashReport) -> None:
    assert not CrashReport(below_zero=1).sound
    assert not CrashReport(lots_apart=2).sound
    assert not CrashReport(totals_quanta={"USDT": -1}).sound


def test_figures_are_told_to_people_and_programs(report: CrashReport) -> None:
    told = document(report)
    assert told["sound"] is True
    assert told["totals"] == {"USDT": "0", "BTC": "0"}
    assert told["taken"]["fund"]["lots"] == report.taken["fund"].lots
    assert any(line.startswith("accounts below zero") for line in lines(report))
