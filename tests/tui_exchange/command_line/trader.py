"""A trader at a desk that stands still: the context that `docs/grammar.md` describes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from engine.core.commands import OrderType, Side
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale, quanta_exact
from tui_exchange.command_line import (
    RISK_PPM_DEFAULT,
    Action,
    Level,
    LineState,
    Market,
    Resolved,
    WorkingOrder,
    parse_line,
    resolve,
)


def terms(symbol: str, kind: AssetClass, tick: str, lot: str, margin_ppm: int) -> Instrument:
    base, quote = symbol.split("-")[:2]
    return Instrument(
        symbol=symbol,
        venue="test",
        asset_class=kind,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal(tick),
        lot_size=Decimal(lot),
        initial_margin_ppm=margin_ppm,
    )


def make_market(instrument: Instrument, **facts: int | None) -> Market:
    return Market(instrument, Scale(instrument), **facts)  # type: ignore[arg-type]


SPOT = terms("BTC-USDT", AssetClass.SPOT, "0.1", "0.001", 1_000_000)
PERP = terms("BTC-USDT-PERP", AssetClass.PERPETUAL, "0.1", "0.001", 100_000)
ETH = terms("ETH-USDT", AssetClass.SPOT, "0.01", "0.0001", 1_000_000)
TOUCH = {
    "bid_ticks": 619_999,
    "ask_ticks": 620_001,
    "last_ticks": 620_000,
    "mark_ticks": 620_050,
    "index_ticks": 620_000,
}
NOW_NS = 1_795_269_600_000_000_000
"""2026-11-21 14:00:00 UTC."""
FREE = quanta_exact(Decimal(10_000))


def desk_markets() -> dict[str, Market]:
    return {
        "BTC-USDT": make_market(
            SPOT,
            **TOUCH,
            position_lots=400,
            position_cost_quanta=quanta_exact(Decimal("24600")),
            buying_power_quanta=FREE,
            sellable_lots=300,
            size_cap_lots=50_000,
        ),
        "BTC-USDT-PERP": make_market(
            PERP,
            **TOUCH,
            position_lots=-200,
            position_cost_quanta=-quanta_exact(Decimal("12500.01")),
            buying_power_quanta=FREE,
        ),
        "ETH-USDT": make_market(ETH, buying_power_quanta=FREE, sellable_lots=0),
    }


@dataclass
class Trader:
    account: str = "me"
    focus: str | None = "BTC-USDT"
    aliases: Mapping[str, str] = field(
        default_factory=lambda: {"scalp": "b 0.1 at bid po; s 0.1 at +20 po"}
    )
    risk_ppm: int = RISK_PPM_DEFAULT
    client_id_base: str = "line-7"
    now_ns: int = NOW_NS
    markets: dict[str, Market] = field(default_factory=desk_markets)
    equity: int | None = quanta_exact(Decimal(50_000))
    orders: tuple[WorkingOrder, ...] = (
        WorkingOrder(12, "BTC-USDT", Side.BUY, 619_000, 500, 100),
        WorkingOrder(13, "BTC-USDT", Side.SELL, 630_000, 100),
        WorkingOrder(
            14,
            "BTC-USDT",
            Side.SELL,
            None,
            200,
            order_type=OrderType.STOP,
            waits=True,
            trigger_ticks=610_000,
            tag="guard",
        ),
    )
    levels: Mapping[Side, Sequence[Level]] = field(
        default_factory=lambda: {
            Side.BUY: ((619_999, 100, 2), (619_990, 400, 3), (619_900, 2_000, 9)),
            Side.SELL: ((620_001, 100, 1), (620_010, 400, 3), (620_100, 2_000, 8)),
        }
    )

    def symbols(self) -> Sequence[str]:
        return list(self.markets)

    def market(self, symbol: str) -> Market:
        return self.markets[symbol]

    def depth(self, symbol: str, side: Side) -> Sequence[Level]:
        known = self.markets[symbol].touch_ticks(side) is not None
        return self.levels[side] if known else ()

    def equity_quanta(self, symbol: str) -> int | None:
        return self.equity

    def working_orders(self) -> Sequence[WorkingOrder]:
        return self.orders


def resolve_all(text: str, trader: Trader | None = None) -> list[Resolved]:
    desk = trader or Trader()
    found: list[Resolved] = []
    state = LineState()
    for statement in parse_line(text, desk.aliases):
        found.append(resolve(statement, desk, state))
        state = found[-1].state
    return found


def actions_of(text: str, trader: Trader | None = None) -> list[Action]:
    return [action for resolved in resolve_all(text, trader) for action in resolved.actions]
