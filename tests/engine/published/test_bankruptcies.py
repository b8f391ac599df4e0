"""Nothing is left of a position's money at the bankruptcy prices that exchanges print."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.core.commands import HaltInstrument
from engine.core.units import quanta_decimal
from tests.engine.published.desk import Desk
from tests.engine.published.liquidation_prices import (
    BANKRUPTCIES,
    BYBIT_INVERSE_BANKRUPTCY,
    BYBIT_INVERSE_CROSS,
    ISOLATED,
    Backed,
    Bankruptcy,
    InverseCross,
    Isolated,
)
from tests.engine.published.observing import bankrupt, breached, first_tick, health, shown
from tests.engine.published.positions import (
    HOLDER,
    INVERSE,
    LINEAR,
    with_all_money,
    with_its_own_margin,
)
from tests.engine.published.source import nearest
from tests.engine.published.tiers import OKX_BREACH

RATE = Decimal("0.005")


def bankrupt_at(set_up: Callable[[], Desk], symbol: str, entry: Decimal) -> Decimal:
    """The first price, falling from its entry, at which nothing answers for a long."""
    desk = set_up()
    best = desk.ticks(symbol, entry)
    found = first_tick(set_up, symbol, HOLDER, bankrupt, best=best, worst=1)
    assert shown(desk, HOLDER, symbol).bankruptcy_ticks == found
    return desk.price(symbol, found)


def backed(example: Bankruptcy | InverseCross, size: Decimal) -> Backed:
    return Backed(
        source=example.source,
        long=True,
        size=size,
        entry=example.entry,
        balance=example.balance,
        maintenance_rate=RATE,
        printed=nearest("0"),
    )


@pytest.mark.parametrize("example", BANKRUPTCIES.values(), ids=BANKRUPTCIES.keys())
def test_a_long_is_bankrupt_at_the_printed_price(example: Bankruptcy) -> None:
    """Formula: entry - all that answers for it / size."""
    position = backed(example, example.size)
    found = bankrupt_at(
        lambda: with_all_money(position, isolated=False, tick="0.01", lot="1"),
        LINEAR,
        example.entry,
    )
    assert example.printed.matches(found)


def test_an_inverse_long_is_bankrupt_where_bybit_says() -> None:
    """Formula: entry x leverage / (leverage + 1); an order there sells at the next tick of 0.5."""
    exact, as_order = BYBIT_INVERSE_BANKRUPTCY
    example = ISOLATED["bybit inverse long"]
    found = bankrupt_at(
        lambda: with_its_own_margin(example, tick="0.0000001"), INVERSE, example.entry
    )
    assert nearest(str(exact)).matches(found)
    assert as_order.matches(found)


def test_bybits_inverse_cross_price_is_ours_and_the_fee_of_closing() -> None:
    """Theirs multiplies the face by 1 + fee: their price is ours times that, to the cent."""
    example = BYBIT_INVERSE_CROSS
    position = backed(example, example.face)
    found = bankrupt_at(
        lambda: with_all_money(position, isolated=False, tick="0.0000001", lot="1", inverse=True),
        INVERSE,
        example.entry,
    )
    assert example.printed_bankruptcy.matches(found * (1 + example.closing_fee_rate))


def test_okx_finds_the_equity_that_ours_has_and_liquidates() -> None:
    """1,000 USDT behind a long of 1 BTC, 990 down at 9,010: 10 left, of 1.575% that it must have.

    OKX counts that rate on the mark, 141.91 USDT, and ours on the entry, 157.50: either is more.
    """
    example = OKX_BREACH
    position = Isolated(
        source=example.source,
        long=True,
        size=example.size,
        entry=example.entry,
        leverage=example.leverage,
        maintenance_rate=example.maintenance_rate,
        printed=nearest("0"),
    )
    desk = with_its_own_margin(position)
    desk.do(HaltInstrument(symbol=LINEAR))
    desk.mark(LINEAR, example.mark)
    equity, maintenance = health(desk, HOLDER, LINEAR)
    assert quanta_decimal(equity) == example.equity
    assert quanta_decimal(maintenance) == example.entry * example.maintenance_rate
    assert breached(equity, maintenance)
