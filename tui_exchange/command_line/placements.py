"""Statements that send an order which trades or rests at once: buy, sell, close, baskets."""

from fractions import Fraction

from msgspec.structs import replace

from engine.core.commands import OrderType, PlaceBasket, PlaceOrder, Side
from engine.core.units import quanta_decimal
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.context import Context, LineState, Market
from tui_exchange.command_line.drafts import (
    Draft,
    check_within_position,
    closing_side,
    named_symbol,
)
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.sizes import money_quanta
from tui_exchange.command_line.statements import (
    BasketLeg,
    BasketStatement,
    CloseStatement,
    PlaceStatement,
)
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.command_line.terms import Money, Price, Size, Weight


def resolve_place(statement: PlaceStatement, context: Context, state: LineState) -> Resolved:
    """A buy or sell order, perhaps the entry of a bracket.

    Raises:
        ResolutionRefusal: No such symbol, price or size.
        GuardRefusal: Above the size cap.
    """
    market = context.market(named_symbol(statement.symbol, context, state))
    draft = Draft(context, state, market, statement.flags)
    ticks = _limit_ticks(statement.price, statement.side, market, state)
    lots = draft.lots(statement.size, statement.side, ticks)
    return _resolved(statement, draft, statement.side, lots, ticks)


def resolve_close(statement: CloseStatement, context: Context, state: LineState) -> Resolved:
    """An order against the position, never larger than it.

    Raises:
        ResolutionRefusal: No position, or more than there is.
    """
    market = context.market(named_symbol(statement.symbol, context, state))
    side = closing_side(market, "close")
    draft = Draft(context, state, market, statement.flags, reduces=True)
    ticks = _limit_ticks(statement.price, side, market, state)
    lots = draft.lots(statement.size, side, ticks)
    check_within_position(lots, side, market, "closing", "close")
    return _resolved(statement, draft, side, lots, ticks)


def resolve_basket(statement: BasketStatement, context: Context, state: LineState) -> Resolved:
    """Orders in several instruments as one.

    Raises:
        ResolutionRefusal: A leg without symbol, price or size, or money in several currencies.
        GuardRefusal: A leg above the size cap of its symbol.
    """
    named = tuple(
        replace(leg, symbol=find_symbol(leg.symbol, context.symbols())) for leg in statement.legs
    )
    symbols = [leg.symbol for leg in named]
    for symbol in symbols:
        if symbols.count(symbol) > 1:
            raise ResolutionRefusal(f"{symbol} is named twice; a basket has each instrument once")
    _check_one_currency(named, context)
    legs = tuple(_leg(leg, number, statement, context, state) for number, leg in enumerate(named))
    command = PlaceBasket(account=context.account, legs=legs, all_or_none=statement.all_or_none)
    after = replace(state, symbol=symbols[-1], orders=state.orders + len(legs))
    return Resolved(replace(statement, legs=named), (command,), after)


def _resolved(
    statement: PlaceStatement | CloseStatement,
    draft: Draft,
    side: Side,
    lots: int,
    ticks: int | None,
) -> Resolved:
    """The order with its numbers, and what it leaves to the rest of the line."""
    market = draft.market
    touch = market.touch_ticks(side.opposite)
    anchor = touch if ticks is None else ticks
    exits = draft.exits(side, anchor)
    if ticks is None:
        order = draft.order(
            side,
            OrderType.MARKET,
            lots,
            protection_ppm=draft.flags.protection_ppm,
            exits=exits,
        )
    else:
        order = draft.limit_order(side, ticks, lots, exits=exits)
    after = draft.state.placed(market.symbol, anchor)
    return Resolved(replace(statement, symbol=market.symbol), (order,), after)


def _leg(
    leg: BasketLeg, number: int, basket: BasketStatement, context: Context, state: LineState
) -> PlaceOrder:
    market = context.market(leg.symbol)
    draft = Draft(context, state, market, basket.flags)
    ticks = _limit_ticks(leg.price, leg.side, market, state)
    lots = draft.lots(_leg_size(leg, basket.budget), leg.side, ticks)
    if ticks is not None:
        return draft.limit_order(leg.side, ticks, lots, number)
    protection = basket.flags.protection_ppm
    return draft.order(leg.side, OrderType.MARKET, lots, number, protection_ppm=protection)


def _leg_size(leg: BasketLeg, budget: Money | None) -> Size:
    """Its own size, or its share of the basket's money, rounded down to a quantum."""
    if not isinstance(leg.amount, Weight):
        return leg.amount
    quanta = 0 if budget is None else money_quanta(budget)
    return Money(quanta_decimal(int(quanta * Fraction(leg.amount.percent) / 100)))


def _check_one_currency(legs: tuple[BasketLeg, ...], context: Context) -> None:
    """Weights are of one amount of money, so their instruments are quoted in one currency."""
    weighed = [leg.symbol for leg in legs if isinstance(leg.amount, Weight)]
    quotes = {symbol: context.market(symbol).instrument.quote for symbol in weighed}
    if len(set(quotes.values())) > 1:
        said = ", ".join(f"{symbol} in {quote}" for symbol, quote in quotes.items())
        raise ResolutionRefusal(
            f"weights need one currency, and there are several ({said}); give quantities"
        )


def _limit_ticks(price: Price | None, side: Side, market: Market, state: LineState) -> int | None:
    if price is None:
        return None
    return price_ticks(price, side, market, state.anchor_ticks(market.symbol))
