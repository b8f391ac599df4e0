"""`size` into numbers: how many lots lose what may be lost between an entry and a stop.

The size is that of `1r@<stop>`: what may be lost, over what one lot loses, rounded down. Fees are
told beside it and not part of it, so that both ways of asking give one answer.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from msgspec.structs import replace

from engine.core.commands import Side
from engine.core.units import PPM
from tui_exchange.command_line.actions import Resolved, ShowSize
from tui_exchange.command_line.context import Context, LineState, Market
from tui_exchange.command_line.drafts import named_symbol, resolve_exits
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.render import render
from tui_exchange.command_line.sizes import (
    Sizing,
    equity_quanta,
    lots_at_risk,
    money_quanta,
    refuse_unpriced,
)
from tui_exchange.command_line.statements import Flags, PlaceStatement, SizeStatement
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    EquityShare,
    ExitPrices,
    Money,
    Price,
    Quantity,
)


def resolve_size(statement: SizeStatement, context: Context, state: LineState) -> Resolved:
    """The size, and the line that would send it.

    Raises:
        ResolutionRefusal: A price that is not known or lies on the wrong side, less than one lot,
            or equity that is not known.
    """
    market = context.market(named_symbol(statement.symbol, context, state))
    side = statement.side or _protected_side(statement, context, market, state)
    sizing = Sizing(context, market, side, None)
    entry = _entry_ticks(statement, sizing, state)
    asked = ExitPrices(statement.take_profit, statement.stop)
    exits = resolve_exits(asked, side, entry, market, Flags())
    stop = exits.stop_loss_ticks
    assert stop is not None, "the grammar asks for one"
    budget = _budget(statement.risk, entry, sizing)
    lots = lots_at_risk(budget, entry, stop, sizing)
    if lots <= 0:
        _refuse_small(budget, market)
    shown = ShowSize(
        account=context.account,
        market=market,
        side=side,
        lots=lots,
        entry_ticks=entry,
        stop_ticks=stop,
        take_profit_ticks=exits.take_profit_ticks,
        equity_quanta=context.equity_quanta(market.symbol),
        line="",
    )
    shown = replace(shown, line=_line(shown, at_market=statement.entry is None))
    return Resolved(replace(statement, symbol=market.symbol), (shown,), state.named(market.symbol))


def _protected_side(
    statement: SizeStatement, context: Context, market: Market, state: LineState
) -> Side:
    """A stop below the entry protects what was bought, one above it what was sold."""
    for side in Side:
        entry = _entry_ticks(statement, Sizing(context, market, side, None), state)
        stop = price_ticks(statement.stop, side.opposite, market, entry)
        if stop != entry and (stop < entry) is (side is Side.BUY):
            return side
    raise ResolutionRefusal(
        "the stop is the entry itself, so no size loses anything: give a stop below the entry to"
        " buy, above it to sell"
    )


def _entry_ticks(statement: SizeStatement, sizing: Sizing, state: LineState) -> int:
    market = sizing.market
    if statement.entry is not None:
        anchor = state.anchor_ticks(market.symbol)
        return price_ticks(statement.entry, sizing.side, market, anchor)
    touch = market.touch_ticks(sizing.side.opposite)
    if touch is None:
        refuse_unpriced(sizing)
    return touch


def _budget(risk: EquityShare | Money | None, entry_ticks: int, sizing: Sizing) -> int:
    """What may be lost, in the settlement currency."""
    if isinstance(risk, Money):
        quanta, scale = money_quanta(risk), sizing.market.scale
        if not scale.inverse:
            return quanta
        return int(quanta / (Fraction(scale.tick_size) * entry_ticks))
    if isinstance(risk, EquityShare):
        return equity_quanta(Fraction(risk.percent) / 100, sizing)
    return equity_quanta(Fraction(sizing.context.risk_ppm, PPM), sizing)


def _refuse_small(budget_quanta: int, market: Market) -> NoReturn:
    budget = Decimal(budget_quanta).scaleb(-12)
    raise ResolutionRefusal(
        f"one lot of {market.symbol}, {market.scale.size_decimal(1)}, loses more than the"
        f" {budget:,.2f} {market.instrument.settlement} that are risked: bring the"
        " stop nearer, or risk more"
    )


def _line(shown: ShowSize, *, at_market: bool) -> str:
    scale = shown.market.scale

    def price(ticks: int) -> Price:
        return AbsolutePrice(scale.price_decimal(ticks))

    profit = shown.take_profit_ticks
    exits = ExitPrices(None if profit is None else price(profit), price(shown.stop_ticks))
    return render(
        PlaceStatement(
            side=shown.side,
            size=Quantity(scale.size_decimal(shown.lots)),
            symbol=shown.market.symbol,
            price=None if at_market else price(shown.entry_ticks),
            flags=Flags(exits=exits),
        )
    )
