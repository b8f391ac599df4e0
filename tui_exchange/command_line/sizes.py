"""Sizes as typed into lots.

A quantity must be a whole number of lots. What is reckoned from money, a share or a risk unit is
rounded down to whole lots: never more than was asked for. Less than one lot is refused.

A limit order is reckoned at its limit, an order at market by walking the book that is shown.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn

from engine.core.commands import Side
from engine.core.units import PPM, UnitError
from tui_exchange.command_line import budgets
from tui_exchange.command_line.context import Context, Market
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.render_terms import render_size
from tui_exchange.command_line.terms import (
    Everything,
    Money,
    PositionShare,
    Quantity,
    RiskUnits,
    Size,
)


@dataclass(frozen=True, slots=True)
class Sizing:
    """The order whose size is being worked out."""

    context: Context
    market: Market
    side: Side
    limit_ticks: int | None
    """None: at market."""


def order_lots(size: Size, sizing: Sizing) -> int:
    """The size in lots, at least one.

    Raises:
        ResolutionRefusal: Between two lots, less than one, or of something that is not known.
    """
    lots = _lots(size, sizing)
    if lots <= 0:
        market = sizing.market
        raise ResolutionRefusal(
            f"`{render_size(size)}` comes to less than one lot of {market.symbol}, which is"
            f" {market.scale.size_decimal(1)} {market.instrument.base}; give a larger size"
        )
    return lots


def quantity_lots(size: Quantity, market: Market) -> int:
    """The lots of a quantity, exact.

    Raises:
        ResolutionRefusal: Not a whole number of lots; names the nearest.
    """
    try:
        return market.scale.lots_exact(size.value)
    except UnitError as error:
        raise ResolutionRefusal(f"size: {error}") from None


def money_quanta(size: Money) -> int:
    """Quanta of an amount as typed, whose decimals `amounts` bounds to those of a quantum."""
    return int(size.value.scaleb(12))


def position_lots(size: PositionShare, market: Market) -> int:
    """The lots of a share of the position.

    Raises:
        ResolutionRefusal: There is no position.
    """
    if market.position_lots == 0:
        raise ResolutionRefusal(f"there is no position in {market.symbol}; give a quantity")
    return int(abs(market.position_lots) * Fraction(size.percent) / 100)


def _lots(size: Size, sizing: Sizing) -> int:
    if isinstance(size, Quantity):
        return quantity_lots(size, sizing.market)
    if isinstance(size, Money):
        if sizing.market.scale.inverse:
            return money_quanta(size) // sizing.market.scale.base_quanta_per_lot
        return _budget_lots(money_quanta(size), PPM, sizing)
    if isinstance(size, PositionShare):
        return position_lots(size, sizing.market)
    if isinstance(size, RiskUnits):
        return _risk_lots(size, sizing)
    if isinstance(size, Everything):
        return _everything_lots(sizing)
    return _share_lots(Fraction(size.percent) / 100, sizing)


def _everything_lots(sizing: Sizing) -> int:
    market = sizing.market
    reduces = market.position_lots * (-1 if sizing.side is Side.BUY else 1) > 0
    if reduces and not market.is_spot:
        return abs(market.position_lots)
    return _share_lots(Fraction(1), sizing)


def _share_lots(share: Fraction, sizing: Sizing) -> int:
    market = sizing.market
    if market.is_spot and sizing.side is Side.SELL:
        if not market.sellable_lots:
            base = market.instrument.base
            raise ResolutionRefusal(f"there is no free {base} to sell in {market.symbol}")
        return int(market.sellable_lots * share)
    if market.buying_power_quanta <= 0:
        currency = market.instrument.settlement
        raise ResolutionRefusal(f"there is no free {currency} to trade {market.symbol} with")
    if sizing.limit_ticks is not None:
        held_ticks = budgets.held_price_ticks(sizing.side, sizing.limit_ticks, market)
        sizing = replace(sizing, limit_ticks=held_ticks)
    budget = int(market.buying_power_quanta * share)
    return _budget_lots(budget, budgets.hold_ppm(market), sizing)


def _budget_lots(budget_quanta: int, cost_ppm: int, sizing: Sizing) -> int:
    market = sizing.market
    if sizing.limit_ticks is None:
        levels = sizing.context.depth(market.symbol, sizing.side.opposite)
        if not levels:
            refuse_unpriced(sizing)
        return budgets.lots_from_depth(budget_quanta, levels, cost_ppm, market)
    return budgets.lots_at_price(budget_quanta, sizing.limit_ticks, cost_ppm, market)


def _risk_lots(size: RiskUnits, sizing: Sizing) -> int:
    market, side = sizing.market, sizing.side
    entry = sizing.limit_ticks
    if entry is None:
        entry = market.touch_ticks(side.opposite)
    if entry is None:
        refuse_unpriced(sizing)
    stop = price_ticks(size.stop, side, market, entry)
    share = Fraction(sizing.context.risk_ppm, PPM) * Fraction(size.count)
    return lots_at_risk(equity_quanta(share, sizing), entry, stop, sizing)


def equity_quanta(share: Fraction, sizing: Sizing) -> int:
    """A share of the account's equity, in the settlement currency.

    Raises:
        ResolutionRefusal: Equity is not known, or there is none.
    """
    equity = sizing.context.equity_quanta(sizing.market.symbol)
    if equity is None or equity <= 0:
        raise ResolutionRefusal("equity is not known now, so neither is a risk unit; give a size")
    return int(equity * share)


def lots_at_risk(budget_quanta: int, entry: int, stop: int, sizing: Sizing) -> int:
    """The most lots that lose no more than a budget between two prices, fees apart.

    Args:
        budget_quanta: In the settlement currency.
        entry: In ticks, like `stop`.

    Raises:
        ResolutionRefusal: The stop lies where the position wins.
    """
    side, scale = sizing.side, sizing.market.scale
    if (entry - stop if side is Side.BUY else stop - entry) <= 0:
        where = "below" if side is Side.BUY else "above"
        raise ResolutionRefusal(
            f"a stop at {scale.price_decimal(stop):,f} loses nothing from an entry at"
            f" {scale.price_decimal(entry):,f}: to {side.value}, the stop is {where} the price"
        )
    return int(budget_quanta / _loss_per_lot(entry, stop, sizing.market))


def _loss_per_lot(entry: int, stop: int, market: Market) -> Fraction:
    """Quanta of the settlement currency, exact."""
    return abs(budgets.worth_of_lot(entry, market) - budgets.worth_of_lot(stop, market))


def refuse_unpriced(sizing: Sizing) -> NoReturn:
    """Refuse an order at market that meets nobody.

    Raises:
        ResolutionRefusal: Always.
    """
    touch = "ask" if sizing.side is Side.BUY else "bid"
    raise ResolutionRefusal(
        f"{sizing.market.symbol} has no {touch} price now; give a quantity or `at <price>`"
    )
