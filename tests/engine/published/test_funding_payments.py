"""Funding payments come out as exchanges print them, through the ledger."""

from decimal import Decimal

import pytest

from engine.core.commands import AdvanceTime, ConfigureFunding, FundingModel, SetFundingRate
from engine.core.events import FundingPaid
from engine.core.margin_terms import CROSS
from engine.core.perps.premium import PPB
from engine.core.units import quanta_decimal
from tests.engine.published.desk import Desk, contract
from tests.engine.published.funding import (
    BITMEX_ROUND_TRIP,
    HYPERLIQUID_PAYMENT,
    PAYMENTS,
    Payment,
)

HOLDER = "holder"
INTERVAL_NS = 8 * 3_600_000_000_000
NO_TIERS = ((None, Decimal("0.005")),)


def perpetual(inverse: bool) -> tuple[Desk, str, str]:
    """A desk, its one perpetual, and what that settles in."""
    symbol = "XBT-USD-PERP" if inverse else "BTC-USDT-PERP"
    instrument = contract(symbol, tick="0.5", lot="1", tiers=NO_TIERS, inverse=inverse)
    desk = Desk(instrument)
    desk.open(HOLDER, instrument.settlement, Decimal(1_000_000))
    desk.do(ConfigureFunding(symbol=symbol, model=FundingModel.VENUE, interval_ns=INTERVAL_NS))
    return desk, symbol, instrument.settlement


def paid(desk: Desk, symbol: str, rate: Decimal) -> Decimal:
    """What the holder pays when the interval ends at a rate that the venue stated."""
    desk.do(SetFundingRate(symbol=symbol, rate_ppb=int(rate * PPB)))
    desk.now_ns = INTERVAL_NS
    events = desk.do(AdvanceTime())
    (found,) = (each for each in events if isinstance(each, FundingPaid) and each.account == HOLDER)
    return quanta_decimal(found.paid_quanta)


def settle(example: Payment) -> tuple[Decimal, Decimal]:
    """What the holder is said to pay, and what its cash lost."""
    desk, symbol, currency = perpetual(example.inverse)
    desk.trade_as(HOLDER, symbol, CROSS, leverage=10)
    desk.trade(HOLDER, symbol, long=example.long, size=example.size, price=example.mark)
    desk.mark(symbol, example.mark)
    before = desk.cash(HOLDER, currency)
    payment = paid(desk, symbol, example.rate)
    return payment, before - desk.cash(HOLDER, currency)


@pytest.mark.parametrize("example", PAYMENTS.values(), ids=PAYMENTS.keys())
def test_a_holder_pays_or_receives_what_is_printed(example: Payment) -> None:
    """Formula: value at the mark x rate; an inverse position's value is its face over the mark."""
    payment, lost = settle(example)
    assert example.printed.matches(payment)
    assert lost == payment


def test_hyperliquid_values_at_the_index_what_we_value_at_the_mark() -> None:
    """Ours is theirs times mark / index, and theirs exactly where the two are one."""
    example = HYPERLIQUID_PAYMENT
    assert example.index is not None
    payment, _ = settle(example)
    assert payment * example.index / example.mark == example.printed.value


def test_a_round_trip_on_bitmex_earns_its_profit_less_its_funding() -> None:
    """Long at 750, funding of 0.25% there, sold at 800: 1.25 - 0.05 = 1.2 XBT."""
    example = BITMEX_ROUND_TRIP
    desk, symbol, currency = perpetual(inverse=True)
    before = desk.cash(HOLDER, currency)
    desk.trade_as(HOLDER, symbol, CROSS, leverage=10)
    desk.trade(HOLDER, symbol, long=True, size=example.face, price=example.entry)
    desk.mark(symbol, example.entry)
    funding = paid(desk, symbol, example.rate)
    desk.mark(symbol, example.exit)
    desk.trade(HOLDER, symbol, long=False, size=example.face, price=example.exit)
    earned = desk.cash(HOLDER, currency) - before
    assert (funding, earned + funding, earned) == (
        example.funding,
        example.profit,
        example.total,
    )
