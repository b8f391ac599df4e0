"""Maintenance margins and their deductions come out as exchanges print them."""

from decimal import Decimal

import pytest

from engine.core.accounts.requirements import Tiers, maintenance
from engine.core.instruments import Instrument
from engine.core.units import Scale, quanta_decimal, quanta_exact
from tests.engine.published.desk import contract
from tests.engine.published.tiers import (
    AMOUNTS,
    BITMEX_MAINTENANCE,
    BITMEX_STEPS,
    LIABILITIES,
    LIABILITIES_MAINTENANCE,
    MAINTENANCE,
    TABLES,
    Amount,
    Margin,
    Table,
)


def listed(table: Table) -> Instrument:
    tiers = [(row.up_to, row.rate) for row in table.rows]
    return contract("BTC-USDT-PERP", tick="0.1", lot="0.001", tiers=tiers)


def needed(tiers: Tiers, value: Decimal) -> Decimal:
    return quanta_decimal(tiers.maintenance_quanta(quanta_exact(value)))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_the_deductions_of_every_tier_are_those_printed(table: Table) -> None:
    """Formula: deduction(n) = deduction(n-1) + lower bound(n) x (rate(n) - rate(n-1))."""
    segments = Tiers(listed(table)).segments()
    found = [quanta_decimal(deduction) for _, _, _, deduction in segments]
    assert found == [row.deduction for row in table.rows]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_value_in_each_tier_needs_its_rate_less_the_deduction(table: Table) -> None:
    """At a tier's lower bound both tiers ask for the same, so that whose it is does not matter."""
    tiers, floor = Tiers(listed(table)), Decimal(0)
    for row in table.rows:
        inside = floor + 1 if row.up_to is None else (floor + row.up_to) / 2
        for value in (floor, inside):
            assert needed(tiers, value) == value * row.rate - row.deduction
        floor = row.up_to or floor


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: str(amount.value))
def test_binance_charges_a_position_by_the_rate_and_amount_it_states(amount: Amount) -> None:
    found = needed(Tiers(listed(TABLES[amount.table])), amount.value)
    assert found == amount.value * amount.rate - amount.deduction


def test_two_liabilities_need_what_binance_adds_up() -> None:
    """Binance margin: parts of a debt in each tier at its rate, in all 31,330 USDT."""
    total = Decimal(0)
    for liability in LIABILITIES:
        tiers = Tiers(contract("BTC-USDT-PERP", tick="0.1", lot="0.001", tiers=liability.tiers))
        assert quanta_decimal(tiers.segments()[-1][3]) == liability.deduction
        total += needed(tiers, liability.value)
    assert total == LIABILITIES_MAINTENANCE


def test_bitmex_steps_charge_the_whole_value_where_ours_charge_its_parts() -> None:
    """BitMEX counts the step's rate on all of a position; ours is less by just the deduction."""
    (first_bound, first_rate), (_, second_rate) = BITMEX_STEPS
    tiers = Tiers(
        contract(
            "BTC-USDT-PERP",
            tick="0.1",
            lot="0.001",
            tiers=((first_bound, first_rate), (None, second_rate)),
        )
    )
    deduction = quanta_decimal(tiers.segments()[-1][3])
    (small, small_printed), (large, large_printed) = BITMEX_MAINTENANCE
    assert needed(tiers, small) == small_printed
    assert needed(tiers, large) + deduction == large_printed
    assert deduction == Decimal("0.8")


@pytest.mark.parametrize("margin", MAINTENANCE.values(), ids=MAINTENANCE.keys())
def test_a_position_needs_what_the_document_prints(margin: Margin) -> None:
    """Formula: value x rate, the value of an inverse contract being its face over the price."""
    instrument = contract(
        "BTC-USD-PERP" if margin.inverse else "ETH-USDT-PERP",
        tick="0.1",
        lot="1",
        tiers=((None, margin.rate),),
        inverse=margin.inverse,
    )
    scale, tiers = Scale(instrument), Tiers(instrument)
    lots = scale.lots_exact(margin.size)
    worth = scale.notional_quanta(scale.ticks_exact(margin.price), lots)
    assert quanta_decimal(maintenance(tiers, scale, lots, worth)) == margin.printed
