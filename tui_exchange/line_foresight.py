"""What an order on margin would leave, told before it is sent."""

from engine.core.commands import Side, TriggerSource
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.core.perps.foresight import WhatIf
from engine.core.units import PPM
from tui_exchange.amount_text import plain_price_text, plain_size_text
from tui_exchange.command_line.preview import OrderPreview
from tui_exchange.leverage_room import roomy_leverage
from tui_exchange.number_text import money_text

PPM_PER_HUNDREDTH_PERCENT = 100
FAR_PPM = 10 * PPM
"""From ten times the mark on, nobody asks how many percent."""
NEAR_PPM = 1_000
"""A liquidation price nearer than this to the mark, a tenth of a percent, is as good as reached."""


def foreseen_told(exchange: Exchange, found: OrderPreview) -> str:
    """`then long 2, margin 12,800.00 USDT at 10x, liquidation at 58,240, 9.00% away`.

    Empty for an order without margin, and for one without a price.
    """
    order = found.order
    symbol, price_ticks = order.symbol, order.price_ticks or found.price_ticks
    lots = found.takes.lots + found.rests_lots
    if exchange.margin_mode(order.account, symbol) is CASH or price_ticks is None or not lots:
        return ""
    after = exchange.what_if(order.account, symbol, order.side, lots, price_ticks)
    if not after.lots_after:
        return "then flat: no margin is needed"
    way = "long" if after.lots_after > 0 else "short"
    size = plain_size_text(exchange, symbol, abs(after.lots_after))
    currency = exchange.instrument(symbol).settlement
    margin = f"margin {money_text(after.margin_after_quanta)} {currency}"
    margin = f"{margin} at {leverage_words(after.leverage_ppm)}"
    enlarges = (after.lots_after > 0) is (order.side is Side.BUY)
    if enlarges and _ruined(exchange, symbol, after):
        return (
            f"WARNING: then {way} {size}, liquidated at once or by the slightest move, as {margin}"
            f" leaves no room: {_remedy(exchange, order.account, symbol, after.leverage_ppm)}"
        )
    return (
        f"then {way} {size}, {margin},"
        f" {_liquidation(exchange, symbol, after.liquidation_ticks, after.distance_ppm)}"
    )


def _ruined(exchange: Exchange, symbol: str, after: WhatIf) -> bool:
    """Whether the present mark is one at which it is liquidated, or as good as that."""
    mark, limit = exchange.price(symbol, TriggerSource.MARK), after.liquidation_ticks
    if limit is None or after.distance_ppm is None:
        return False
    if mark is None or after.distance_ppm < NEAR_PPM:
        return after.distance_ppm < NEAR_PPM
    return mark <= limit if after.lots_after > 0 else mark >= limit


def _remedy(exchange: Exchange, account: str, symbol: str, leverage_ppm: int) -> str:
    highest = roomy_leverage(exchange, account, symbol)
    if leverage_ppm > highest * PPM:
        return f"`lev {highest}` leaves some"
    return "send less, or add money"


def leverage_words(leverage_ppm: int) -> str:
    """`10x`, `6.67x`."""
    whole, rest = divmod(leverage_ppm * 100 // PPM, 100)
    return f"{whole}.{rest:02d}x" if rest else f"{whole}x"


def _liquidation(
    exchange: Exchange, symbol: str, price_ticks: int | None, distance_ppm: int | None
) -> str:
    if price_ticks is None or distance_ppm is None:
        return "no price liquidates it"
    hundredths = distance_ppm // PPM_PER_HUNDREDTH_PERCENT
    price = plain_price_text(exchange, symbol, price_ticks)
    if distance_ppm >= FAR_PPM:
        return f"liquidation at {price}, far away"
    return f"liquidation at {price}, {hundredths // 100}.{hundredths % 100:02d}% away"
