"""What resolving a line needs to know of markets and of the account: filled by the session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import msgspec

from engine.core.commands import OrderType, Side, TriggerSource
from engine.core.instruments import Instrument
from engine.core.units import Scale

Level = tuple[int, int, int]
"""(price_ticks, lots, orders) of one price of the book."""

RISK_PPM_DEFAULT = 20_000
"""One risk unit: 2% of equity."""


@dataclass(frozen=True, slots=True)
class Market:
    """One instrument as the account sees it now; a price that is not known is None."""

    instrument: Instrument
    scale: Scale
    bid_ticks: int | None = None
    ask_ticks: int | None = None
    last_ticks: int | None = None
    mark_ticks: int | None = None
    index_ticks: int | None = None
    """Mark and index are the last price where they are not known."""
    position_lots: int = 0
    """Signed: what `close` closes. For spot: what of the base asset the account holds."""
    position_cost_quanta: int = 0
    """What the position cost at its average entry, signed like `position_lots`."""
    closing_lots: int = 0
    """How much of the position working orders already close; 0 for spot."""
    buying_power_quanta: int = 0
    """Free cash in the settlement currency: what no order or position holds."""
    sellable_lots: int | None = None
    """Lots of the base asset that no order holds; None where selling needs none (perpetuals)."""
    maker_ppm: int | None = None
    taker_ppm: int | None = None
    worst_fee_ppm: int | None = None
    """What fills cost the account now, and at most by any tier; None: as the instrument states."""
    size_cap_lots: int | None = None
    """The largest order that the guard lets through; None for no cap."""
    margined: bool = False
    """Whether an asset that could be owned is traded on margin instead."""
    leveraged_margin_ppm: int | None = None
    """Initial margin at the leverage that was chosen; None: as the instrument states."""

    @property
    def margin_ppm(self) -> int:
        """Initial margin of what opens, in millionths of its value."""
        if self.leveraged_margin_ppm is None:
            return self.instrument.initial_margin_ppm
        return self.leveraged_margin_ppm

    @property
    def symbol(self) -> str:
        """The instrument's symbol."""
        return self.instrument.symbol

    @property
    def is_spot(self) -> bool:
        """Whether only what is owned can be sold."""
        return self.instrument.asset_class.owned and not self.margined

    @property
    def reducible(self) -> bool:
        """Whether the position came from trades: only then an order can be reduce-only.

        What was deposited of a base asset can be sold, but is no position to the exchange.
        """
        return self.position_cost_quanta != 0

    @property
    def default_source(self) -> TriggerSource:
        """What a stop watches unless it is told."""
        owned = self.instrument.asset_class.owned
        return TriggerSource.LAST if owned else TriggerSource.MARK

    def watched_ticks(self, source: TriggerSource | None) -> int | None:
        """The price that a stop watches; None for the default source."""
        return {
            TriggerSource.LAST: self.last_ticks,
            TriggerSource.MARK: self.mark_ticks,
            TriggerSource.INDEX: self.index_ticks,
        }[source or self.default_source]

    @property
    def mid_ticks(self) -> Fraction | None:
        """Halfway between bid and ask, exact; None without both."""
        if self.bid_ticks is None or self.ask_ticks is None:
            return None
        return Fraction(self.bid_ticks + self.ask_ticks, 2)

    @property
    def entry_ticks(self) -> Fraction | None:
        """The average entry, exact; None when flat."""
        if self.position_lots == 0:
            return None
        if self.scale.inverse:
            face = self.position_lots * self.scale.base_quanta_per_lot
            return Fraction(face, -self.position_cost_quanta) / Fraction(self.scale.tick_size)
        per_tick = self.position_lots * self.scale.notional_quanta_per_tick_lot
        return Fraction(self.position_cost_quanta, per_tick)

    def touch_ticks(self, side: Side) -> int | None:
        """The best price among orders of `side`."""
        return self.bid_ticks if side is Side.BUY else self.ask_ticks


@dataclass(frozen=True, slots=True)
class WorkingOrder:
    """A live order of the account, which can be cancelled or amended."""

    order_id: int
    symbol: str
    side: Side
    price_ticks: int | None
    """The limit; None without one."""
    lots: int
    """The total, what is filled included."""
    filled_lots: int = 0
    order_type: OrderType = OrderType.LIMIT
    waits: bool = False
    """For its trigger; it is in no book."""
    trigger_ticks: int | None = None
    trigger_on: TriggerSource | None = None
    """None for the default source."""
    follows: bool = False
    """Whether it is attached to a position: its size is always the whole of that."""
    tag: str = ""


class Context(Protocol):
    """What the session tells about the account whose line this is."""

    @property
    def now_ns(self) -> int:
        """The session's time."""

    @property
    def account(self) -> str:
        """The account's name."""

    @property
    def focus(self) -> str | None:
        """The focused symbol; None when nothing is focused."""

    @property
    def aliases(self) -> Mapping[str, str]:
        """Alias texts by lower-case name."""

    @property
    def risk_ppm(self) -> int:
        """One risk unit as a share of equity: `RISK_PPM_DEFAULT` unless configured."""

    @property
    def client_id_base(self) -> str:
        """What the client ids of this line's orders begin with: see `guards.pending_line`."""

    def symbols(self) -> Sequence[str]:
        """Every symbol that can be traded."""

    def market(self, symbol: str) -> Market:
        """One of `symbols()` as it is now."""

    def depth(self, symbol: str, side: Side) -> Sequence[Level]:
        """What the book shows on one side, best first, as far as an order may have to walk."""

    def equity_quanta(self, symbol: str) -> int | None:
        """The account's equity in the settlement currency of `symbol`; None when not known."""

    def working_orders(self) -> Sequence[WorkingOrder]:
        """The account's live orders, oldest first."""


class LineState(msgspec.Struct, frozen=True):
    """What earlier statements of the same line leave to the later ones."""

    symbol: str | None = None
    """The symbol last named."""
    placed_symbol: str | None = None
    placed_ticks: int | None = None
    """Where the last order of this line was placed; for one at market, the touch that it met."""
    orders: int = 0
    """How many orders the line has placed: what its client ids count."""

    def named(self, symbol: str | None) -> "LineState":
        """After a statement about `symbol`; None leaves the symbol named before."""
        return self if symbol is None else msgspec.structs.replace(self, symbol=symbol)

    def placed(self, symbol: str, price_ticks: int | None, orders: int = 1) -> "LineState":
        """After an order at its limit, or for one at market the touch that it met."""
        return LineState(symbol, symbol, price_ticks, self.orders + orders)

    def anchor_ticks(self, symbol: str) -> int | None:
        """Where an offset alone counts from, if this line placed an order in `symbol`."""
        return self.placed_ticks if symbol == self.placed_symbol else None
