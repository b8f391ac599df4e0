"""Desks on which the positions of the published liquidation examples are open."""

from decimal import Decimal

from engine.core.commands import ChangeMargin
from engine.core.margin_terms import CROSS, ISOLATED
from engine.core.units import quanta_exact
from tests.engine.published.desk import Desk, contract
from tests.engine.published.liquidation_prices import Backed, Cross, Isolated, Leg
from tests.engine.published.tiers import TABLES

HOLDER = "holder"
LINEAR = "BTC-USDT-PERP"
INVERSE = "BTC-USD-PERP"
_PRINTED_TIERS = {"BTC-USDT-PERP": "binance BTCUSDT", "ETH-USDT-PERP": "binance ETHUSDT"}


def with_its_own_margin(example: Isolated, tick: str = "0.01") -> Desk:
    """The margin of its leverage behind it, and what was added."""
    symbol = INVERSE if example.inverse else LINEAR
    tiers = ((None, example.maintenance_rate),)
    instrument = contract(symbol, tick=tick, lot="1", tiers=tiers, inverse=example.inverse)
    desk = Desk(instrument)
    desk.open(HOLDER, instrument.settlement, Decimal(1_000_000))
    desk.trade_as(HOLDER, symbol, ISOLATED, example.leverage)
    desk.trade(HOLDER, symbol, long=example.long, size=example.size, price=example.entry)
    if example.added > 0:
        put_behind(desk, symbol, example.added)
    return desk


def with_all_money(
    example: Backed, *, isolated: bool, tick: str, lot: str, inverse: bool = False
) -> Desk:
    """All of the account's money behind the one position: set aside for it, or in cross margin."""
    symbol = INVERSE if inverse else LINEAR
    tiers = ((None, example.maintenance_rate),)
    instrument = contract(symbol, tick=tick, lot=lot, tiers=tiers, inverse=inverse)
    desk = Desk(instrument)
    desk.open(HOLDER, instrument.settlement, example.balance)
    desk.trade_as(HOLDER, symbol, ISOLATED if isolated else CROSS, 100)
    desk.trade(HOLDER, symbol, long=example.long, size=example.size, price=example.entry)
    if isolated:
        put_behind(desk, symbol, desk.cash(HOLDER, instrument.settlement))
    return desk


def side_by_side(example: Cross, tick: str = "0.00001") -> Desk:
    """Several positions in cross margin, each at its mark."""
    terms = [
        contract(leg.symbol, tick=tick, lot="0.001", tiers=_tiers(leg)) for leg in example.legs
    ]
    desk = Desk(*terms)
    desk.open(HOLDER, "USDT", example.balance)
    for leg in example.legs:
        desk.trade_as(HOLDER, leg.symbol, CROSS, 100)
        desk.trade(HOLDER, leg.symbol, long=leg.long, size=leg.size, price=leg.entry)
    for leg in example.legs:
        desk.mark(leg.symbol, leg.mark)
    return desk


def put_behind(desk: Desk, symbol: str, amount: Decimal) -> None:
    """Add margin to the holder's isolated position."""
    desk.do(ChangeMargin(account=HOLDER, symbol=symbol, amount_quanta=quanta_exact(amount)))


def _tiers(leg: Leg) -> tuple[tuple[Decimal | None, Decimal], ...]:
    if not leg.deduction:
        return ((None, leg.maintenance_rate),)
    return tuple((row.up_to, row.rate) for row in TABLES[_PRINTED_TIERS[leg.symbol]].rows)
