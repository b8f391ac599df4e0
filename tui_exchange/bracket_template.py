"""The exits that the ladder's orders get while its bracket is on. Pure: orders in, flags out."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.commands import OrderType, Side
from engine.core.units import Scale
from tui_exchange.number_text import plain_price
from tui_exchange.settings import Terminal
from tui_exchange.views import OrderView

AMEND = "amend"


@dataclass(slots=True)
class BracketTemplate:
    """Distances from an entry to its exits, as the grammar writes them: `1%`, `20t`, `50`.

    Attributes:
        on: New entries of the ladder are brackets.
    """

    take_profit: str
    """Empty for none."""
    stop_loss: str
    """Empty for none."""
    scale_in: str
    on: bool = False

    @classmethod
    def of(cls, settings: Terminal) -> "BracketTemplate":
        """As configured; off."""
        return cls(
            settings.bracket_take_profit, settings.bracket_stop_loss, settings.bracket_scale_in
        )

    @property
    def empty(self) -> bool:
        """It has no exit at all."""
        return not (self.take_profit or self.stop_loss)

    @property
    def words(self) -> str:
        """`tp 1% sl 0.5%`."""
        named = (("tp", self.take_profit), ("sl", self.stop_loss))
        return " ".join(f"{name} {distance}" for name, distance in named if distance)

    def flags(self, side: Side, symbol: str, scale: Scale, orders: Sequence[OrderView]) -> str:
        """The exits of an entry as flags of the grammar; empty while the template is off.

        Args:
            orders: Every live order of the account: a further entry joins the bracket that is
                live, where the setting says so.
        """
        if not self.on:
            return ""
        joined = _live_exits(side, symbol, scale, orders) if self.scale_in == AMEND else ""
        if joined:
            return joined
        ahead, behind = ("+", "-") if side is Side.BUY else ("-", "+")
        exits = (("tp=", ahead, self.take_profit), ("sl=", behind, self.stop_loss))
        return " ".join(f"{name}{sign}{distance}" for name, sign, distance in exits if distance)


def is_entry(side: Side, position_lots: int, is_spot: bool) -> bool:
    """An order of this side makes a position, or makes it larger; it does not take one back."""
    if is_spot:
        return side is Side.BUY
    return position_lots >= 0 if side is Side.BUY else position_lots <= 0


def _live_exits(side: Side, symbol: str, scale: Scale, orders: Sequence[OrderView]) -> str:
    """The prices of the newest bracket that such an entry has in this instrument."""
    prices: dict[str, int] = {}
    for order in orders:
        if order.symbol != symbol or order.side is side or order.parent_id is None:
            continue
        if order.order_type is OrderType.LIMIT and order.price_ticks is not None:
            prices["tp="] = order.price_ticks
        elif order.waits and order.trigger_ticks is not None:
            prices["sl="] = order.trigger_ticks
    return " ".join(f"{name}{plain_price(scale, ticks)}" for name, ticks in prices.items())
