"""What an order must satisfy before it may trade, in order of precedence."""

from engine.core.commands import Side
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM, PRICE_TICKS_MAX, decimal_text, money_text, time_text

SLICES_MAX = 1_000
"""How many slices an iceberg may have: each costs a command that trades them all."""


def check_price(market: Market, price_ticks: int) -> None:
    """A limit must be a price that can exist.

    Raises:
        Refusal: Not positive, or beyond all range.
    """
    if not 0 < price_ticks <= PRICE_TICKS_MAX:
        raise _price_out_of_range(market)


def check_lots(market: Market, lots: int) -> None:
    """A quantity must lie between the instrument's bounds.

    Raises:
        Refusal: Too small or too large; names the bound.
    """
    if not market.instrument.lots_min <= lots <= market.instrument.lots_max:
        raise _lots_out_of_range(market, lots)


def check_slices(market: Market, lots: int, display_lots: int) -> None:
    """An iceberg shows a part of itself, in so many slices that one command can trade them all.

    Raises:
        Refusal: It shows nothing, more than it has, or too little.
    """
    scale = market.scale
    if not 0 < display_lots <= lots:
        most = scale.size_decimal(max(lots, 1))
        raise Refusal(
            Reason.DISPLAY_INVALID, f"an iceberg shows more than nothing and at most {most}"
        )
    if lots > display_lots * SLICES_MAX:
        least = scale.size_decimal(-(-lots // SLICES_MAX))
        raise Refusal(
            Reason.DISPLAY_INVALID,
            f"an iceberg has at most {SLICES_MAX:,} slices: show {least} or more",
        )


def check_notional(market: Market, lots: int, price_ticks: int) -> None:
    """An order must be worth enough.

    Raises:
        Refusal: Names the value needed and the quantity that has it.
    """
    minimum = market.instrument.notional_min_quanta
    if not minimum:
        return
    value = market.scale.notional_quanta(price_ticks, lots)
    if value < minimum:
        per_lot = market.scale.notional_quanta(price_ticks, 1)
        enough = market.scale.size_decimal(-(-minimum // per_lot))
        currency = market.instrument.quote
        raise Refusal(
            Reason.NOTIONAL_TOO_SMALL,
            f"worth {money_text(value, currency)}, the least is {money_text(minimum, currency)}:"
            f" send {decimal_text(enough)} or more",
        )


def check_open(state: State, market: Market) -> None:
    """Nothing new is taken outside an instrument's sessions, while it is halted or without prices.

    Raises:
        Refusal: Names when it trades again.
    """
    if not market.tradable:
        raise Refusal(
            Reason.NOT_TRADABLE,
            f"{market.instrument.symbol} can be watched and not traded here:"
            f" {market.instrument.asset_class.value} contracts take no orders",
        )
    if market.hours.sessions and not market.hours.is_open(state.now_ns):
        raise _closed(state, market)
    if market.halt is not None:
        until_ns = market.halt.until_ns
        when = "when it is resumed" if until_ns is None else f"at {time_text(until_ns)}"
        raise Refusal(
            Reason.MARKET_HALTED,
            f"{market.instrument.symbol} is halted; orders are taken again {when}, cancels at any"
            " time",
        )
    if market.mirror.state is DOWN:
        raise Refusal(
            Reason.MARKET_STALE,
            f"{market.instrument.symbol} has no live prices now;"
            " orders are taken again when its feed is back, cancels are taken at any time",
        )


def band(market: Market) -> tuple[int, int] | None:
    """The lowest and highest price that orders may reach; None: any."""
    band_ppm = market.instrument.band_ppm
    if band_ppm is None:
        return None
    reference_ticks = market.last_ticks if market.mark_ticks is None else market.mark_ticks
    if reference_ticks is None:
        return None
    low = -(-reference_ticks * (PPM - band_ppm) // PPM)
    return low, reference_ticks * (PPM + band_ppm) // PPM


def check_band(market: Market, price_ticks: int) -> None:
    """A limit must lie near the reference price: a slip of the finger costs nothing.

    Raises:
        Refusal: It does not; names the prices that do.
    """
    allowed = band(market)
    if allowed is not None and not allowed[0] <= price_ticks <= allowed[1]:
        scale = market.scale
        raise Refusal(
            Reason.PRICE_OUTSIDE_BAND,
            f"{scale.price_decimal(price_ticks)} is too far from the market: prices from"
            f" {scale.price_decimal(allowed[0])} to {scale.price_decimal(allowed[1])} are taken",
        )


def post_only_ticks(market: Market, side: Side, price_ticks: int, *, slide: bool) -> int:
    """Where a post-only order may rest: at its price, or slid to the best one that does not trade.

    Raises:
        Refusal: It would trade on arrival; names the price that would rest.
    """
    if not market.book.crosses(side, price_ticks):
        return price_ticks
    facing = market.book.facing(side)
    best_ticks = facing.best_ticks()
    assert best_ticks is not None, "a side that is crossed has a best price"
    resting_ticks = best_ticks + facing.sign
    if slide and resting_ticks > 0:
        return resting_ticks
    scale = market.scale
    advice = f": {scale.price_decimal(resting_ticks)} rests" if resting_ticks > 0 else ""
    raise Refusal(
        Reason.POST_ONLY_WOULD_TAKE,
        f"{side.value} at {scale.price_decimal(price_ticks)} would trade with"
        f" {scale.price_decimal(best_ticks)}{advice}",
    )


def check_fill_or_kill(market: Market, lots: int, limit_ticks: int | None, found: int) -> None:
    """A fill-or-kill order must find its whole quantity at once.

    Args:
        found: What it would get.

    Raises:
        Refusal: It would not; names what is there.
    """
    if found < lots:
        scale = market.scale
        where = "" if limit_ticks is None else f" within {scale.price_decimal(limit_ticks)}"
        raise Refusal(
            Reason.FOK_NOT_FILLABLE,
            f"{scale.size_decimal(found)} of {scale.size_decimal(lots)} is there{where}:"
            " send less, or use ioc",
        )


def _closed(state: State, market: Market) -> Refusal:
    opens_ns = market.hours.opens_ns(state.now_ns)
    when = "no later session of it is known"
    if opens_ns is not None:
        when = f"it opens at {time_text(opens_ns)}"
    return Refusal(
        Reason.MARKET_CLOSED,
        f"{market.instrument.symbol} is closed; {when}, cancels are taken at any time",
    )


def _price_out_of_range(market: Market) -> Refusal:
    return Refusal(
        Reason.PRICE_OUT_OF_RANGE,
        f"a price must lie between {market.scale.price_decimal(1)} and"
        f" {market.scale.price_decimal(PRICE_TICKS_MAX)}",
    )


def _lots_out_of_range(market: Market, lots: int) -> Refusal:
    instrument = market.instrument
    if lots < instrument.lots_min:
        bound = market.scale.size_decimal(instrument.lots_min)
        return Refusal(
            Reason.QUANTITY_TOO_SMALL, f"the smallest {instrument.symbol} order is {bound}"
        )
    bound = market.scale.size_decimal(instrument.lots_max)
    return Refusal(Reason.QUANTITY_TOO_LARGE, f"the largest {instrument.symbol} order is {bound}")
