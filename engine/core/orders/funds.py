"""Whether an account can pay for an order, and the hold that makes sure it stays so."""

from engine.core.accounts import Account, holds
from engine.core.accounts.ledger import LedgerAccount
from engine.core.commands import BUY, SELL, Side
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.units import money_text


def closing_lots(
    account: Account, market: Market, side: Side, lots: int, *, at_once: bool = False
) -> int:
    """How many lots of an order would only close a derivative position.

    Args:
        at_once: The order trades before those that count on closing the same position, which are
            then covered again; otherwise it closes what they leave.
    """
    position = account.positions.get(market.instrument.symbol)
    if market.spot or position is None or not position.lots:
        return 0
    if (position.lots > 0) == (side is BUY):
        return 0
    counted = 0 if at_once else position.closing_lots
    return min(lots, max(0, abs(position.lots) - counted))


def hold_ticks(market: Market, side: Side, limit_ticks: int) -> int:
    """The price at which a limit order's hold is computed: the worst for its owner.

    A derivative sold above its limit ties up more margin than the limit says.
    """
    if side is SELL and not market.spot:
        best_ticks = market.book.bids.best_ticks()
        if best_ticks is not None and best_ticks > limit_ticks:
            return best_ticks
    return limit_ticks


def require(market: Market, purse: LedgerAccount, needed: int, lots: int, spare: int = 0) -> None:
    """An order's hold must be free.

    Args:
        purse: The account that it would be held on.
        needed: What the order must hold.
        lots: The order's quantity, for the one that would pass.
        spare: What the same order holds already.

    Raises:
        Refusal: Not enough; names what is needed, what is free and the quantity that fits.
    """
    free = purse.balance_quanta - purse.held_quanta + spare
    if needed <= free:
        return
    fits = lots * free // needed if free > 0 else 0
    fits_text = market.scale.size_decimal(fits)
    free_text = money_text(free, purse.currency)
    needed_text = money_text(needed, purse.currency)
    if purse.currency == market.instrument.base and market.spot:
        advice = f"sell {fits_text} or less" if fits else f"buy {purse.currency} first"
        raise Refusal(
            Reason.NOTHING_TO_SELL, f"selling takes {needed_text}, {free_text} is free: {advice}"
        )
    advice = f"reduce to {fits_text} or deposit" if fits else "deposit or cancel an order"
    raise Refusal(Reason.INSUFFICIENT_FUNDS, f"needs {needed_text}, {free_text} is free: {advice}")


def reserve(market: Market, order: Order) -> None:
    """Hold what a new limit order needs, on arrival.

    Raises:
        Refusal: Its owner cannot pay for it.
    """
    side, lots = order.side, order.open_lots
    ticks = order.price_ticks
    closing = 0
    if not market.spot:
        ticks = hold_ticks(market, side, ticks)
        closing = closing_lots(order.owner, market, side, lots)
    value = market.scale.notional_quanta(ticks, lots)
    needed = holds.required(market, side, lots, value, closing)
    require(market, order.holding, needed, lots)
    order.hold_ticks = ticks
    order.closing_lots = closing
    if closing:
        order.owner.position(order.symbol).closing_lots += closing
    order.hold_quanta = needed
    order.holding.held_quanta += needed
