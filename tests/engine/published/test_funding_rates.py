"""Funding rates, and marks made of them, come out as exchanges print them."""

from decimal import Decimal

import pytest

from engine.core.commands import (
    AdvanceTime,
    ConfigureFunding,
    ConfigureOracle,
    FundingModel,
    MarkMethod,
    SetFundingRate,
    TriggerSource,
)
from engine.core.events import FundingSettled
from engine.core.perps.funding_rate import Funding, basis_mark
from engine.core.perps.premium import PPB, premium_ppb
from tests.engine.published.desk import Desk, contract
from tests.engine.published.funding import (
    BINANCE_MARK,
    BINANCE_RATES,
    BITMEX_CAPPED,
    HYPERLIQUID_RATE,
    Rate,
)

HOUR_NS = 3_600_000_000_000
TICKS_PER_UNIT = 10
SYMBOL = "BTC-USDT-PERP"

EXAMPLES = {"hyperliquid": HYPERLIQUID_RATE, "bitmex capped": BITMEX_CAPPED, **BINANCE_RATES}


def ppb(share: Decimal) -> int:
    return int(share * PPB)


def rate_of(example: Rate) -> Decimal:
    """Our exchange model, told the example's premium once, at the end of its interval."""
    funding = Funding(
        terms=ConfigureFunding(
            symbol=SYMBOL,
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


def desk_of() -> Desk:
    return Desk(contract(SYMBOL, tick="0.1", lot="1", tiers=((None, Decimal("0.005")),)))


def test_an_interval_at_hyperliquids_prices_settles_at_its_rate() -> None:
    """The premium is sampled through the hour, and the rate told at its end."""
    example = HYPERLIQUID_RATE
    desk = desk_of()
    desk.do(
        ConfigureFunding(
            symbol=SYMBOL,
            model=FundingModel.EXCHANGE,
            interval_ns=HOUR_NS,
            interest_ppb=ppb(example.interest),
            clamp_ppb=ppb(example.clamp),
            cap_ppb=ppb(example.cap),
        )
    )
    desk.mark(SYMBOL, example.mark)
    desk.index(SYMBOL, example.index)
    desk.now_ns = HOUR_NS
    (settled,) = (each for each in desk.do(AdvanceTime()) if isinstance(each, FundingSettled))
    assert Decimal(settled.rate_ppb) / PPB == example.printed


def test_an_oracle_marks_by_the_funding_still_to_come_as_binance_does() -> None:
    example = BINANCE_MARK
    desk = desk_of()
    desk.do(
        ConfigureOracle(symbol=SYMBOL, mark=MarkMethod.BASIS),
        ConfigureFunding(
            symbol=SYMBOL,
            model=FundingModel.VENUE,
            interval_ns=example.interval_hours * HOUR_NS,
        ),
        SetFundingRate(symbol=SYMBOL, rate_ppb=ppb(example.rate)),
    )
    desk.now_ns = (example.interval_hours - example.hours_left) * HOUR_NS
    desk.index(SYMBOL, example.index)
    marked = desk.exchange.price(SYMBOL, TriggerSource.MARK)
    assert marked is not None
    assert desk.price(SYMBOL, marked) == example.printed
