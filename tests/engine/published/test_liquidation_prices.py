"""Positions come to be liquidated at the prices that exchanges print for them."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pytest

from engine.core.commands import AdvanceTime, ConfigureFunding, FundingModel, SetFundingRate
from engine.core.units import quanta_decimal
from tests.engine.published.desk import Desk
from tests.engine.published.liquidation_prices import (
    BINANCE_HEDGED,
    BINANCE_LARGE,
    BITMEX_KAREN,
    BYBIT_FUNDING_FROM_MARGIN,
    BYBIT_INVERSE_CROSS,
    HYPERLIQUID_POSITIONS,
    ISOLATED,
    Backed,
    Cross,
    Isolated,
    Leg,
)
from tests.engine.published.observing import breached, first_tick, health, shown, started
from tests.engine.published.positions import (
    HOLDER,
    INVERSE,
    LINEAR,
    side_by_side,
    with_all_money,
    with_its_own_margin,
)

PPB = 10**9
INTERVAL_NS = 8 * 3_600_000_000_000
CENT = Decimal("0.01")


def liquidated_at(
    set_up: Callable[[], Desk], symbol: str, *, long: bool, start: Decimal
) -> Decimal:
    """The first price, walking against the position from one that is fine, that is a breach.

    There, and not a tick before, the exchange takes over; and that is the price that it shows.
    """
    desk = set_up()
    best = desk.ticks(symbol, start)
    worst = 1 if long else 10 * best
    found = first_tick(set_up, symbol, HOLDER, breached, best=best, worst=worst)
    assert shown(desk, HOLDER, symbol).liquidation_ticks == found
    assert desk.exchange.liquidation_ticks(HOLDER, symbol) == found
    assert started(set_up, symbol, HOLDER, found)
    assert not started(set_up, symbol, HOLDER, found + 1 if long else found - 1)
    return desk.price(symbol, found)


@pytest.mark.parametrize("example", ISOLATED.values(), ids=ISOLATED.keys())
def test_an_isolated_position_goes_at_the_printed_price(example: Isolated) -> None:
    """Maintenance counted on the entry value, as Bybit and BitMEX do, and as ours does.

    Bybit rounds its inverse price up to the venue's tick of 0.5; ours is found in cents.
    """
    found = liquidated_at(
        lambda: with_its_own_margin(example),
        INVERSE if example.inverse else LINEAR,
        long=example.long,
        start=example.entry,
    )
    assert example.printed.matches(found)


def test_funding_taken_from_the_margin_moves_the_price_as_bybit_prints() -> None:
    """Bybit: 200 USDT of funding out of the position's margin lift its price to 19,900."""
    example = BYBIT_FUNDING_FROM_MARGIN
    rate = -example.added / (example.size * example.entry)

    def set_up() -> Desk:
        desk = with_its_own_margin(example)
        desk.mark(LINEAR, example.entry)
        desk.do(
            ConfigureFunding(symbol=LINEAR, model=FundingModel.VENUE, interval_ns=INTERVAL_NS),
            SetFundingRate(symbol=LINEAR, rate_ppb=int(rate * PPB)),
        )
        desk.now_ns = INTERVAL_NS
        desk.do(AdvanceTime())
        return desk

    found = liquidated_at(set_up, LINEAR, long=True, start=example.entry)
    assert example.printed.matches(found)


def test_karens_position_goes_at_510_when_maintenance_counts_on_entry() -> None:
    """BitMEX's cross margin: all of the wallet, and 1% of the entry value. Ours isolated."""
    example = BITMEX_KAREN
    found = liquidated_at(
        lambda: with_all_money(example, isolated=True, tick="0.01", lot="1"),
        LINEAR,
        long=True,
        start=example.entry,
    )
    assert example.printed.matches(found)


def test_karens_position_lives_longer_in_our_cross_margin() -> None:
    """Ours counts 1% at the mark, which has fallen: bankrupt at 500, gone at 500 / 99%."""
    example = BITMEX_KAREN
    found = liquidated_at(
        lambda: with_all_money(example, isolated=False, tick="0.01", lot="1"),
        LINEAR,
        long=True,
        start=example.entry,
    )
    bankrupt_at = example.entry - example.balance / example.size
    exact = bankrupt_at / (1 - example.maintenance_rate)
    assert found == exact.quantize(CENT, ROUND_FLOOR)
    assert found < example.printed.value


def test_bybits_inverse_price_counts_the_fee_of_closing_where_ours_does_not() -> None:
    """Ours is theirs once that fee, at their bankruptcy price, is taken off the balance.

    Theirs counts maintenance on the entry value, as our isolated positions do, and is rounded up to
    the venue's tick of 0.5.
    """
    example = BYBIT_INVERSE_CROSS
    fee = example.face * example.closing_fee_rate / example.printed_bankruptcy.value

    def at(balance: Decimal) -> Decimal:
        backed = Backed(
            source=example.source,
            long=True,
            size=example.face,
            entry=example.entry,
            balance=balance.quantize(Decimal("1E-12")),
            maintenance_rate=example.maintenance_rate,
            printed=example.printed,
        )
        return liquidated_at(
            lambda: with_all_money(backed, isolated=True, tick="0.01", lot="1", inverse=True),
            INVERSE,
            long=True,
            start=example.entry,
        )

    assert example.printed.matches(at(example.balance - fee))
    assert at(example.balance) < at(example.balance - fee)


@pytest.mark.parametrize(
    "example", HYPERLIQUID_POSITIONS.values(), ids=HYPERLIQUID_POSITIONS.keys()
)
def test_hyperliquids_positions_go_where_the_venue_said(example: Backed) -> None:
    """Maintenance counted at the mark: Hyperliquid's isolated positions, our cross ones.

    The venue states eight decimals; ours is the first tick of six at or beyond that price.
    """
    found = liquidated_at(
        lambda: with_all_money(example, isolated=False, tick="0.000001", lot="0.00001"),
        LINEAR,
        long=example.long,
        start=example.entry,
    )
    rounding = ROUND_FLOOR if example.long else ROUND_CEILING
    assert found == example.printed.value.quantize(Decimal("0.000001"), rounding)


CROSS_LEGS = [(example, leg) for example in (BINANCE_HEDGED, BINANCE_LARGE) for leg in example.legs]


@pytest.mark.parametrize(
    ("example", "leg"), CROSS_LEGS, ids=lambda each: getattr(each, "symbol", "account")
)
def test_one_of_several_positions_goes_at_the_price_binance_prints(
    example: Cross, leg: Leg
) -> None:
    """Formula: (WB - TMM + UPNL + cum - side q E) / (q r - side q), the others staying at their
    marks: maintenance counted at the mark, with its tier's deduction, as in our cross margin."""
    found = liquidated_at(lambda: side_by_side(example), leg.symbol, long=leg.long, start=leg.mark)
    assert leg.printed.matches(found)


def test_what_binance_adds_up_for_its_two_positions_is_what_ours_do() -> None:
    """Its maintenance margins and unrealised losses, to the digits that it prints."""
    desk = side_by_side(BINANCE_LARGE)
    bitcoin, ether = (desk.exchange.position(HOLDER, leg.symbol) for leg in BINANCE_LARGE.legs)
    assert bitcoin is not None
    assert ether is not None
    equity, maintenance = health(desk, HOLDER, "BTC-USDT-PERP")
    assert quanta_decimal(ether.maintenance_quanta).quantize(Decimal("0.001")) == Decimal(
        "356512.508"
    )
    assert quanta_decimal(bitcoin.maintenance_quanta).quantize(Decimal("0.00001")) == Decimal(
        "71200.81144"
    )
    assert quanta_decimal(ether.unrealised_quanta).quantize(CENT) == Decimal("-448192.89")
    assert quanta_decimal(bitcoin.unrealised_quanta).quantize(CENT) == Decimal("-56354.57")
    assert maintenance == ether.maintenance_quanta + bitcoin.maintenance_quanta
    assert quanta_decimal(equity) == BINANCE_LARGE.balance + quanta_decimal(
        ether.unrealised_quanta + bitcoin.unrealised_quanta
    )
