"""Funding rates, and marks made of them, come out as exchanges print them."""

from decimal import Decimal

import pytest

from engine.core.commands import ConfigureFunding, FundingModel
from engine.core.perps.funding_rate import Funding, basis_mark
from engine.core.perps.premium import PPB, premium_ppb
from tests.engine.published.funding import (
    BINANCE_MARK,
    BINANCE_RATES,
    BITMEX_CAPPED,
    HYPERLIQUID_RATE,
    Rate,
)

HOUR_NS = 3_600_000_000_000
TICKS_PER_UNIT = 10

EXAMPLES = {"hyperliquid": HYPERLIQUID_RATE, "bitmex capped": BITMEX_CAPPED, **BINANCE_RATES}


def ppb(share: Decimal) -> int:
    return int(share * PPB)


def rate_of(example: Rate) -> Decimal:
    """Our exchange model, told the example's premium once, at the end of its interval."""
    funding = Funding(
        terms=ConfigureFunding(
            symbol="BTC-USDT-PERP",
            model=FundingModel.EXCHANGE,
            interval_ns=8 * HOUR_NS,
            interest_ppb=ppb(example.interest),
            clamp_ppb=ppb(example.clamp),
            cap_ppb=ppb(example.cap),
        )
    )
    funding.note(
        0, premium_ppb(int(example.mark * TICKS_PER_UNIT), int(example.index * TICKS_PER_UNIT))
    )
    found = funding.rate_ppb(8 * HOUR_NS)
    assert found is not None
    return Decimal(found) / PPB


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_premium_makes_the_rate_that_is_printed(example: Rate) -> None:
    """Formula: F = P + clamp(I - P, clamp), within the cap."""
    assert rate_of(example) == example.printed


@pytest.mark.parametrize("beyond", [Decimal("9995.9"), Decimal("10006.1")])
def test_a_premium_outside_binances_range_moves_the_rate_off_the_interest(beyond: Decimal) -> None:
    """Binance states -0.04% and 0.06% as the ends of the range: one tick outside it differs."""
    example = BINANCE_RATES["no premium"]
    moved = Rate(
        source=example.source,
        index=example.index,
        mark=beyond,
        interest=example.interest,
        clamp=example.clamp,
        cap=example.cap,
        printed=example.printed,
    )
    assert rate_of(moved) - example.interest == Decimal("0.00001").copy_sign(beyond - 10_000)


def test_a_mark_is_the_index_and_the_funding_still_to_come() -> None:
    """Binance, formula: index x (1 + rate x time left / interval)."""
    example = BINANCE_MARK
    found = basis_mark(
        int(example.index * TICKS_PER_UNIT),
        ppb(example.rate),
        example.hours_left * HOUR_NS,
        example.interval_hours * HOUR_NS,
    )
    assert Decimal(found) / TICKS_PER_UNIT == example.printed
