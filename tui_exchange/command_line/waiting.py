"""Statements whose orders wait for a price: stops, trailing stops, pairs, exits of a position."""

from fractions import Fraction

from msgspec.structs import replace

from engine.core.commands import (
    OrderType,
    PlaceOco,
    ProtectPosition,
    Side,
    TriggerSource,
)
from engine.core.units import PPM
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.context import Context, LineState, Market
from tui_exchange.command_line.drafts import (
    Draft,
    check_within_position,
    closing_side,
    named_symbol,
)
from tui_exchange.command_line.prices import distance_ticks, price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.render_terms import render_distance
from tui_exchange.command_line.statements import (
    Flags,
    OcoStatement,
    ProtectStatement,
    StopStatement,
    TrailStatement,
)
from tui_exchange.command_line.terms import Distance, Off, OffsetUnit, Price, Size

WITH_LIMIT = {
    OrderType.STOP: OrderType.STOP_LIMIT,
    OrderType.TAKE_PROFIT: OrderType.TAKE_PROFIT_LIMIT,
}


def resolve_stop(statement: StopStatement, context: Context, state: LineState) -> Resolved:
    """A stop or a take-profit, perhaps the entry of a bracket.

    Raises:
        ResolutionRefusal: No such symbol, price, size or position.
        GuardRefusal: Above the size cap.
    """
    verb = "stop" if statement.order_type is OrderType.STOP else "tp"
    draft, side = _draft(statement.symbol, statement.side, statement.flags, context, state, verb)
    market = draft.market
    trigger = _trigger_ticks(statement.trigger, side, draft)
    limit = _ticks(statement.limit, side, market, trigger)
    entry = trigger if limit is None else limit
    lots = _lots(statement.size, side, entry, draft, verb)
    order = draft.order(
        side,
        statement.order_type if limit is None else WITH_LIMIT[statement.order_type],
        lots,
        price_ticks=limit,
        trigger_ticks=trigger,
        trigger_on=statement.flags.trigger_on,
        protection_ppm=statement.flags.protection_ppm,
        exits=draft.exits(side, entry),
    )
    named = replace(statement, symbol=market.symbol)
    return Resolved(named, (order,), state.placed(market.symbol, entry))


def resolve_trail(statement: TrailStatement, context: Context, state: LineState) -> Resolved:
    """A trailing stop.

    Raises:
        ResolutionRefusal: No such symbol, price, size or position.
        GuardRefusal: Above the size cap.
    """
    draft, side = _draft(statement.symbol, statement.side, statement.flags, context, state, "trail")
    market, flags = draft.market, statement.flags
    lots = _lots(statement.size, side, None, draft, "trail")
    limit = statement.limit
    order = draft.order(
        side,
        OrderType.TRAILING_STOP if limit is None else OrderType.TRAILING_STOP_LIMIT,
        lots,
        trigger_on=flags.trigger_on,
        activation_ticks=_ticks(
            statement.activation, side, market, market.watched_ticks(flags.trigger_on)
        ),
        limit_offset_ticks=None if limit is None else distance_ticks(limit, market),
        protection_ppm=flags.protection_ppm,
        **_trail_terms(statement.distance, market),
    )
    named = replace(statement, symbol=market.symbol)
    return Resolved(named, (order,), state.placed(market.symbol, None))


def resolve_oco(statement: OcoStatement, context: Context, state: LineState) -> Resolved:
    """A limit order and a stop of which only one fills.

    Raises:
        ResolutionRefusal: No such symbol, price, size or position.
        GuardRefusal: Above the size cap: one of the two fills, so each is measured alone.
    """
    flags = statement.flags
    draft, side = _draft(statement.symbol, statement.side, flags, context, state, "oco")
    market = draft.market
    price = price_ticks(statement.price, side, market, state.anchor_ticks(market.symbol))
    trigger = _trigger_ticks(statement.stop, side, draft)
    limit = _ticks(statement.stop_limit, side, market, trigger)
    lots = _lots(statement.size, side, price, draft, "oco")
    second = draft.order(
        side,
        OrderType.STOP if limit is None else OrderType.STOP_LIMIT,
        lots,
        1,
        price_ticks=limit,
        trigger_ticks=trigger,
        trigger_on=flags.trigger_on,
        protection_ppm=flags.protection_ppm,
    )
    first = draft.limit_order(side, price, lots)
    command = PlaceOco(account=context.account, first=first, second=second)
    named = replace(statement, symbol=market.symbol)
    return Resolved(named, (command,), state.placed(market.symbol, price, orders=2))


def resolve_protect(statement: ProtectStatement, context: Context, state: LineState) -> Resolved:
    """The exits attached to a position; what the statement does not name stays as it is.

    Raises:
        ResolutionRefusal: No position, or no such price.
    """
    market = context.market(named_symbol(statement.symbol, context, state))
    side = closing_side(market, "protect")
    anchor = market.entry_ticks if market.reducible else market.watched_ticks(None)
    profit, stop, source = _attached(market.symbol, context)
    command = ProtectPosition(
        account=context.account,
        symbol=market.symbol,
        take_profit_ticks=_exit(statement.take_profit, side, market, anchor, profit),
        stop_loss_ticks=_exit(statement.stop_loss, side, market, anchor, stop),
        trigger_on=statement.trigger_on or source,
    )
    named = replace(statement, symbol=market.symbol)
    return Resolved(named, (command,), state.named(market.symbol))


def _draft(
    symbol: str | None,
    side: Side | None,
    flags: Flags,
    context: Context,
    state: LineState,
    verb: str,
) -> tuple[Draft, Side]:
    market = context.market(named_symbol(symbol, context, state))
    if side is not None:
        return Draft(context, state, market, flags), side
    try:
        closing = closing_side(market, "leave")
    except ResolutionRefusal as refusal:
        raise ResolutionRefusal(f"{refusal.sentence}; say `{verb} buy` or `{verb} sell`") from None
    return Draft(context, state, market, flags, reduces=True), closing


def _lots(size: Size, side: Side, at_ticks: int | None, draft: Draft, verb: str) -> int:
    lots = draft.lots(size, side, at_ticks)
    if draft.reduces:
        check_within_position(lots, side, draft.market, f"`{verb}`", f"{verb} all")
    return lots


def _trigger_ticks(price: Price, side: Side, draft: Draft) -> int:
    """Offsets alone count from the line's order before, else from the price that is watched."""
    market = draft.market
    anchor = draft.state.anchor_ticks(market.symbol)
    if anchor is None:
        anchor = market.watched_ticks(draft.flags.trigger_on)
    return price_ticks(price, side, market, anchor)


def _ticks(price: Price | None, side: Side, market: Market, anchor: int | None) -> int | None:
    return None if price is None else price_ticks(price, side, market, anchor)


def _exit(
    price: Price | Off | None,
    side: Side,
    market: Market,
    anchor: Fraction | int | None,
    attached: int | None,
) -> int | None:
    if price is None:
        return attached
    return None if isinstance(price, Off) else price_ticks(price, side, market, anchor)


def _attached(symbol: str, context: Context) -> tuple[int | None, int | None, TriggerSource | None]:
    """The take-profit, the stop and the source of what is attached to a position now."""
    found: dict[OrderType, int | None] = {}
    source = None
    for order in context.working_orders():
        if order.symbol == symbol and order.follows:
            found[order.order_type] = order.trigger_ticks
            source = order.trigger_on
    return found.get(OrderType.TAKE_PROFIT), found.get(OrderType.STOP), source


def _trail_terms(distance: Distance, market: Market) -> dict[str, int]:
    if distance.unit is not OffsetUnit.PERCENT:
        return {"trail_ticks": distance_ticks(distance, market)}
    ppm = distance.amount * (PPM // 100)
    if ppm != ppm.to_integral_value():
        raise ResolutionRefusal(
            f"`by {render_distance(distance)}`: a trailing percentage has steps of 0.0001%"
        )
    return {"trail_ppm": int(ppm)}
