"""Funding rates against sequences that were worked out by hand."""

from engine.core.commands import ConfigureFunding, FundingModel
from engine.core.perps.funding_rate import Funding, basis_mark
from engine.core.perps.premium import Premium, premium_ppb

DAMPED = ConfigureFunding(symbol="X", model=FundingModel.DAMPED)
EXCHANGE = ConfigureFunding(symbol="X")


def test_a_damped_rate_fades_by_a_twentieth_and_adds_each_premium() -> None:
    funding = Funding(DAMPED)
    rates = []
    for premium in (100_000, 100_000, -50_001, 400_000, 400_000, -2_000_000):
        funding.note(0, premium)
        rates.append(funding.rate_ppb(0))
    assert rates == [100_000, 195_000, 135_249, 500_000, 500_000, -500_000]


def test_the_exchange_rate_is_the_premium_pulled_towards_interest_within_a_cap() -> None:
    funding = Funding(EXCHANGE)
    rates = []
    for premium in (0, 300_000, 600_000, 900_000, -400_000, -600_000, 9_000_000, -9_000_000):
        funding.premium = Premium(latest_ppb=premium)
        rates.append(funding.rate_ppb(0))
    assert rates == [100_000, 100_000, 100_000, 400_000, 100_000, -100_000, 7_500_000, -7_500_000]


def test_a_premium_weighs_by_the_time_for_which_it_held() -> None:
    premium = Premium()
    assert premium.mean_ppb(50) == 0
    premium.note(100, 10)
    assert premium.mean_ppb(100) == 10
    premium.note(130, 40)
    assert premium.mean_ppb(140) == 18, "17.5, half even"
    premium.begin(150)
    assert premium.mean_ppb(150) == 40
    premium.note(160, -20)
    assert premium.mean_ppb(190) == (10 * 40 - 30 * 20) // 40


def test_a_premium_is_a_share_of_the_index_half_even() -> None:
    assert premium_ppb(10_100, 10_000) == 10_000_000
    assert premium_ppb(9_999, 10_000) == -100_000
    assert premium_ppb(4, 3) == 333_333_333


def test_a_mark_of_the_basis_comes_down_to_the_index_as_the_interval_ends() -> None:
    marks = [basis_mark(1_000_000, 500_000, left, 8) for left in (8, 4, 1, 0)]
    assert marks == [1_000_500, 1_000_250, 1_000_062, 1_000_000]
