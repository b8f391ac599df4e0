"""Opening a position takes the margin that exchanges print, and leaves what they say is left."""

from decimal import Decimal

import pytest

from engine.core.margin_terms import CROSS, ISOLATED
from engine.core.units import quanta_decimal
from tests.engine.published.desk import Desk, contract
from tests.engine.published.tiers import BITMEX_AVAILABLE, INITIAL, Margin

HOLDER = "holder"
WALLET = Decimal(10_000)


def opened(margin: Margin, *, isolated: bool) -> tuple[Desk, str, str]:
    """A desk on which the example's position is open, its symbol and what it settles in."""
    symbol = "BTC-USD-PERP" if margin.inverse else "BTC-USDT-PERP"
    instrument = contract(
        symbol, tick="0.5", lot="1", tiers=((None, Decimal("0.005")),), inverse=margin.inverse
    )
    desk = Desk(instrument)
    desk.open(HOLDER, instrument.settlement, WALLET)
    desk.trade_as(HOLDER, symbol, ISOLATED if isolated else CROSS, margin.leverage)
    desk.trade(HOLDER, symbol, long=True, size=margin.size, price=margin.price)
    return desk, symbol, instrument.settlement


@pytest.mark.parametrize("margin", INITIAL.values(), ids=INITIAL.keys())
def test_a_cross_position_holds_the_printed_margin(margin: Margin) -> None:
    """Formula: value / leverage, the value of an inverse contract being its face over the price."""
    desk, symbol, currency = opened(margin, isolated=False)
    position = desk.exchange.position(HOLDER, symbol)
    assert position is not None
    assert quanta_decimal(position.margin_quanta) == margin.printed
    assert quanta_decimal(desk.exchange.balance(HOLDER, currency)[1]) == margin.printed


@pytest.mark.parametrize("margin", INITIAL.values(), ids=INITIAL.keys())
def test_an_isolated_position_takes_the_printed_margin_along(margin: Margin) -> None:
    desk, symbol, currency = opened(margin, isolated=True)
    assert desk.cash(f"isolated:{HOLDER}:{symbol}", currency) == margin.printed
    assert desk.cash(HOLDER, currency) == WALLET - margin.printed


def test_what_is_left_of_karens_wallet_is_what_bitmex_prints() -> None:
    """10,000 USDT less 2% of 20,000."""
    desk, _, currency = opened(INITIAL["bitmex"], isolated=False)
    balance, held = desk.exchange.balance(HOLDER, currency)
    assert quanta_decimal(balance - held) == BITMEX_AVAILABLE
