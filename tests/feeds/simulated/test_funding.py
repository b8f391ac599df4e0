"""Funding follows the published formula of the venue that it is modelled on."""

import pytest

from feeds.simulated.funding import INTERVAL_NS, Funding

SECOND_NS = 10**9
MIDNIGHT_NS = 1_767_225_600 * SECOND_NS


def sampled(*premiums: float) -> Funding:
    funding = Funding(MIDNIGHT_NS)
    for second, premium in enumerate(premiums):
        price = 100.0 * (1.0 + premium)
        funding.sample(MIDNIGHT_NS + second * SECOND_NS, price, price, 100.0)
    return funding


@pytest.mark.parametrize(
    ("premium", "rate"),
    [(0.0, 0.0001), (0.0003, 0.0001), (0.001, 0.0005), (-0.002, -0.0015), (0.5, 0.02)],
)
def test_the_rate_is_the_premium_drawn_to_the_interest(premium: float, rate: float) -> None:
    assert sampled(*[premium] * 10).rate == pytest.approx(rate)


def test_later_premiums_weigh_more() -> None:
    assert sampled(0.001, 0.003).rate == pytest.approx((0.001 + 2 * 0.003) / 3 - 0.0005)


def test_prices_on_both_sides_of_the_index_are_no_premium() -> None:
    funding = Funding(MIDNIGHT_NS)
    funding.sample(MIDNIGHT_NS, 99.0, 101.0, 100.0)
    assert funding.rate == pytest.approx(0.0001)


def test_it_is_paid_three_times_a_day_and_begins_anew() -> None:
    funding = Funding(MIDNIGHT_NS + SECOND_NS)
    assert funding.next_ns == MIDNIGHT_NS + INTERVAL_NS
    funding.sample(funding.next_ns - SECOND_NS, 101.0, 101.0, 100.0)
    assert funding.rate > 0.005
    funding.sample(funding.next_ns, 100.0, 100.0, 100.0)
    assert funding.next_ns == MIDNIGHT_NS + 2 * INTERVAL_NS
    assert funding.rate == pytest.approx(0.0001)
