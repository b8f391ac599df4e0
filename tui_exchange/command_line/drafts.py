"""What the orders of a statement share: account, market, ids, lifetime, labels, exits."""

from dataclasses import dataclass
from typing import Any

from engine.core.commands import Exits, OrderType, PlaceOrder, Side
from tui_exchange.command_line.context import Context, LineState, Market
from tui_exchange.command_line.guards import check_size_cap, client_id
from tui_exchange.command_line.moments import expiry_ns
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.sizes import Sizing, order_lots, quantity_lots
from tui_exchange.command_line.statements import Flags
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.command_line.terms import Everything, ExitPrices, Price, Size


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that lacks its numbers: where and how it is sent."""

    context: Context
    state: LineState
    market: Market
    flags: Flags
    reduces: bool = False
    """Whether it is against the position and never makes it larger, whatever its flags say."""

    def order(
        self, side: Side, order_type: OrderType, lots: int, number: int = 0, **terms: Any
    ) -> PlaceOrder:
        """The order with its numbers.

        Args:
            number: Which of the statement's orders it is, from 0.
            terms: Further fields of `PlaceOrder`.
        """
        flags = self.flags
        lasting = None
        if flags.expires is not None:
            lasting = expiry_ns(flags.expires, self.context.now_ns)
        return PlaceOrder(
            account=self.context.account,
            symbol=self.market.symbol,
            side=side,
            order_type=order_type,
            lots=lots,
            time_in_force=flags.time_in_force,
            expires_ns=lasting,
            reduce_only=flags.reduce_only or (self.reduces and self.market.reducible),
            self_trade=flags.self_trade,
            client_id=client_id(self.context.client_id_base, self.state.orders + number),
            tag=flags.tag,
            note=flags.note,
            **terms,
        )

    def limit_order(
        self, side: Side, ticks: int, lots: int, number: int = 0, exits: Exits | None = None
    ) -> PlaceOrder:
        """An order with a limit; an iceberg if it is told to show only a part."""
        flags, display = self.flags, None
        if flags.display is not None:
            display = quantity_lots(flags.display, self.market)
            if display > lots:
                size = self.market.scale.size_decimal
                raise ResolutionRefusal(
                    f"`show={size(display)}` is more than the order, {size(lots)}; show less"
                )
        return self.order(
            side,
            OrderType.LIMIT if display is None else OrderType.ICEBERG,
            lots,
            number,
            price_ticks=ticks,
            post_only=flags.post_only,
            slide=flags.slide,
            display_lots=display,
            exits=exits,
        )

    def exits(self, side: Side, entry_ticks: int | None) -> Exits | None:
        """The exits of a bracket whose entry is at `entry_ticks`."""
        if self.flags.exits is None:
            return None
        return resolve_exits(self.flags.exits, side, entry_ticks, self.market, self.flags)

    def lots(self, size: Size, side: Side, at_ticks: int | None) -> int:
        """The size in lots; of the position where this reduces one, else within the size cap."""
        sizing = Sizing(self.context, self.market, side, at_ticks)
        if not self.reduces:
            lots = order_lots(size, sizing)
            check_size_cap(lots, self.market)
            return lots
        held = abs(self.market.position_lots)
        return held if isinstance(size, Everything) else order_lots(size, sizing)


def resolve_exits(
    exits: ExitPrices, side: Side, entry_ticks: int | None, market: Market, flags: Flags
) -> Exits:
    """Exit prices in ticks; offsets count from the entry, those of the stop's limit from the stop.

    Each is rounded for the side of its own order: a target never gives more than its text says,
    and a stop never lets the loss grow beyond it.

    Raises:
        ResolutionRefusal: Between two ticks, not known, or on the wrong side of the entry.
    """
    leaving = side.opposite
    profit = _exit_ticks(exits.take_profit, leaving, market, entry_ticks)
    stop = _exit_ticks(exits.stop_loss, leaving, market, entry_ticks)
    limit = _exit_ticks(exits.stop_limit, leaving, market, stop)
    _check_sides(side, entry_ticks, profit, stop, market)
    return Exits(
        take_profit_ticks=profit,
        stop_loss_ticks=stop,
        stop_limit_ticks=limit,
        trigger_on=None if stop is None else flags.trigger_on,
    )


def closing_side(market: Market, verb: str) -> Side:
    """The side that makes the position smaller.

    Raises:
        ResolutionRefusal: There is none.
    """
    if market.position_lots == 0:
        raise ResolutionRefusal(f"there is no position in {market.symbol} to {verb}")
    return Side.SELL if market.position_lots > 0 else Side.BUY


def check_within_position(lots: int, side: Side, market: Market, what: str, whole: str) -> None:
    """Refuse more than the position.

    Args:
        what: What is too large, before its size: `closing`.
        whole: The text for all of it.

    Raises:
        ResolutionRefusal: Names the position.
    """
    held = abs(market.position_lots)
    if lots > held:
        size = market.scale.size_decimal
        raise ResolutionRefusal(
            f"{what} {size(lots)} is more than the position of {size(held)} {market.symbol};"
            f" use `{whole}` for all of it, or `{side.value}` to go beyond",
            whole,
        )


def named_symbol(typed: str | None, context: Context, state: LineState) -> str:
    """The symbol of a statement: its own, else the line's so far, else the focused one.

    Raises:
        ResolutionRefusal: None of them, or no such symbol.
    """
    if typed is not None:
        return find_symbol(typed, context.symbols())
    symbol = state.symbol or context.focus
    if symbol is None:
        raise ResolutionRefusal("no symbol is focused; name one after the verb")
    return find_symbol(symbol, context.symbols())


def _exit_ticks(
    price: Price | None, leaving: Side, market: Market, anchor: int | None
) -> int | None:
    return None if price is None else price_ticks(price, leaving, market, anchor)


def _check_sides(
    side: Side, entry: int | None, profit: int | None, stop: int | None, market: Market
) -> None:
    """Profit beyond the entry, loss before it; the exchange checks what is not known here."""
    text = market.scale.price_decimal
    sign = 1 if side is Side.BUY else -1
    where = ("above", "below") if side is Side.BUY else ("below", "above")
    if entry is None:
        return
    if profit is not None and (profit - entry) * sign <= 0:
        raise ResolutionRefusal(
            f"a take-profit at {text(profit):,f} wins nothing from an entry at {text(entry):,f}:"
            f" to {side.value}, it is {where[0]} the price"
        )
    if stop is not None and (entry - stop) * sign <= 0:
        raise ResolutionRefusal(
            f"a stop at {text(stop):,f} loses nothing from an entry at {text(entry):,f}:"
            f" to {side.value}, the stop is {where[1]} the price"
        )
