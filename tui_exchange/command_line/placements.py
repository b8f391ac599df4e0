"""Statements that send an order: buy, sell, close, reverse."""

from dataclasses import replace

from engine.core.commands import OrderType, PlaceOrder, Side
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.context import Context, LineState, Market
from tui_exchange.command_line.guards import check_size_cap, client_id
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.sizes import Sizing, order_lots
from tui_exchange.command_line.statements import (
    CloseStatement,
    Flags,
    PlaceStatement,
    ReverseStatement,
)
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.command_line.terms import Everything, Price


def resolve_place(statement: PlaceStatement, context: Context, state: LineState) -> Resolved:
    """A buy or sell order.

    Raises:
        ResolutionRefusal: No such symbol, price or size.
        GuardRefusal: Above the size cap.
    """
    market = context.market(named_symbol(statement.symbol, context, state))
    ticks = _limit_ticks(statement.price, statement.side, market, state)
    lots = order_lots(statement.size, Sizing(context, market, statement.side, ticks))
    check_size_cap(lots, market)
    draft = _Draft(statement, context, state, market)
    return draft.resolved(statement.side, lots, ticks, statement.flags)


def resolve_close(statement: CloseStatement, context: Context, state: LineState) -> Resolved:
    """An order against the position, never larger than it.

    Raises:
        ResolutionRefusal: No position, or more than there is.
    """
    market = _with_position(statement.symbol, context, state, "close")
    held = abs(market.position_lots)
    side = Side.SELL if market.position_lots > 0 else Side.BUY
    ticks = _limit_ticks(statement.price, side, market, state)
    sizing = Sizing(context, market, side, ticks)
    whole = isinstance(statement.size, Everything)
    lots = held if whole else order_lots(statement.size, sizing)
    if lots > held:
        size = market.scale.size_decimal
        raise ResolutionRefusal(
            f"closing {size(lots)} is more than the position of {size(held)} {market.symbol};"
            f" use `close` for all of it, or `{side.value}` to go beyond",
            "close",
        )
    draft = _Draft(statement, context, state, market)
    return draft.resolved(side, lots, ticks, statement.flags)


def resolve_reverse(statement: ReverseStatement, context: Context, state: LineState) -> Resolved:
    """A market order of twice the position, against it.

    Raises:
        ResolutionRefusal: No position, or an instrument that cannot be sold short.
    """
    market = _with_position(statement.symbol, context, state, "reverse")
    if market.is_spot:
        raise ResolutionRefusal(
            f"{market.symbol} is spot and cannot be sold short; use `close` to sell what is held",
            "close",
        )
    side = Side.SELL if market.position_lots > 0 else Side.BUY
    draft = _Draft(statement, context, state, market)
    return draft.resolved(side, 2 * abs(market.position_lots), None, statement.flags)


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


class _Draft:
    """An order that lacks only its numbers."""

    def __init__(
        self,
        statement: PlaceStatement | CloseStatement | ReverseStatement,
        context: Context,
        state: LineState,
        market: Market,
    ) -> None:
        self.statement = statement
        self.context = context
        self.state = state
        self.market = market

    def resolved(self, side: Side, lots: int, ticks: int | None, flags: Flags) -> Resolved:
        """The order with its numbers, and what it leaves to the rest of the line."""
        symbol = self.market.symbol
        order = PlaceOrder(
            account=self.context.account,
            symbol=symbol,
            side=side,
            order_type=OrderType.MARKET if ticks is None else OrderType.LIMIT,
            lots=lots,
            price_ticks=ticks,
            time_in_force=flags.time_in_force,
            post_only=flags.post_only,
            client_id=client_id(self.context.client_id_base, self.state.orders),
            tag=flags.tag,
            note=flags.note,
        )
        anchor = self.market.touch_ticks(side.opposite) if ticks is None else ticks
        statement = replace(self.statement, symbol=symbol)
        return Resolved(statement, (order,), self.state.placed(symbol, anchor))


def _limit_ticks(price: Price | None, side: Side, market: Market, state: LineState) -> int | None:
    if price is None:
        return None
    return price_ticks(price, side, market, state.anchor_ticks(market.symbol))


def _with_position(typed: str | None, context: Context, state: LineState, verb: str) -> Market:
    market = context.market(named_symbol(typed, context, state))
    if market.position_lots == 0:
        raise ResolutionRefusal(f"there is no position in {market.symbol} to {verb}")
    return market
