"""Whether an account can pay for an order, and the hold that makes sure it stays so."""

from engine.core.accounts import Account, holds
from engine.core.accounts.ledger import LedgerAccount
from engine.core.commands import BUY, SELL, Side
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.units import money_text

Spare = tuple[Order, ...]
"""Orders that end if the one that is checked is taken: what they hold counts as free."""
NONE_SPARE: Spare = ()


def closing_lots(
    account: Account,
    market: Market,
    side: Side,
    lots: int,
    *,
    at_once: bool = False,
    spare: Spare = NONE_SPARE,
) -> int:
    """How many lots of an order would only close a derivative position.

    Args:
        at_once: The order trades before those that count on closing the same position, which are
            then covered again; otherwise it closes what they leave.
    """
    symbol = market.instrument.symbol
    position = account.positions.get(symbol)
    if market.spot or position is None or not position.lots:
        return 0
    if (position.lots > 0) == (side is BUY):
        return 0
    counted = 0 if at_once else position.closing_lots
    counted -= sum(order.closing_lots for order in spare if order.symbol == symbol and not at_once)
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
        spare: What orders hold that end if this one is taken, or the same order already.

    Raises:
        Refusal: Not enough; names what is needed, what is free and the quantity that fits.
    """
    free = purse.balance_quanta - purse.held_quanta + spare
    if needed > free:
        raise refuse_unpaid(market, purse, needed, free, lots)


def refuse_unpaid(
    market: Market, purse: LedgerAccount, needed: int, free: int, lots: int
) -> Refusal:
    """The refusal of what cannot be paid for; names the part of `lots` that can."""
    fits = lots * free // needed if free > 0 else 0
    fits_text = market.scale.size_decimal(fits)
    free_text = money_text(free, purse.currency)
    needed_text = money_text(needed, purse.currency)
    if purse.currency == market.instrument.base and market.spot:
        advice = (
            f"sell {fits_text} or less"
            if fits
            else f"buy {purse.currency}, or cancel an order that holds it"
        )
        return Refusal(
            Reason.NOTHING_TO_SELL, f"selling takes {needed_text}, {free_text} is free: {advice}"
        )
    advice = f"reduce to {fits_text} or deposit" if fits else "deposit or cancel an order"
    return Refusal(Reason.INSUFFICIENT_FUNDS, f"needs {needed_text}, {free_text} is free: {advice}")


def reserve(order: Order) -> None:
    """Hold what `require_limit` found that an order needs."""
    order.holding.held_quanta += order.hold_quanta
    if order.closing_lots:
        order.owner.position(order.symbol).closing_lots += order.closing_lots


def give_back(order: Order) -> None:
    """Undo `reserve`; what the order needs stays known."""
    order.holding.held_quanta -= order.hold_quanta
    if order.closing_lots:
        order.owner.position(order.symbol).closing_lots -= order.closing_lots


def require_limit(market: Market, order: Order, spare: Spare = NONE_SPARE) -> None:
    """Compute what a limit order must hold, and see that it is free; nothing is held yet.

    Raises:
        Refusal: Its owner cannot pay for it.
    """
    side, lots = order.side, order.open_lots + order.hidden_lots
    ticks = order.price_ticks
    closing = 0
    if not market.spot:
        ticks = hold_ticks(market, side, ticks)
        if not order.reduce_only:
            closing = closing_lots(order.owner, market, side, lots, spare=spare)
    value = ticks * lots * market.scale.notional_quanta_per_tick_lot
    only = order.reduce_only
    needed = holds.required(market, side, lots, value, closing, reduce_only=only)
    purse = order.holding
    free = purse.balance_quanta - purse.held_quanta
    if needed > free:
        require(market, purse, needed, lots, spare=spare_quanta(purse, spare))
    order.hold_ticks = ticks
    order.closing_lots = closing
    order.hold_quanta = needed


def require_market(
    market: Market, order: Order, found: int, tick_lots: int, spare: Spare = NONE_SPARE
) -> None:
    """An account must be able to pay for what the book would give an order at once.

    Raises:
        Refusal: It cannot.
    """
    needed = required_at_once(market, order, found, tick_lots)
    require(market, order.holding, needed, found, spare=spare_quanta(order.holding, spare))


def required_at_once(market: Market, order: Order, found: int, tick_lots: int) -> int:
    """What an account needs for an order that trades at once.

    Args:
        found: The lots that it would get.
        tick_lots: The sum of price_ticks times lots over them.
    """
    value = tick_lots * market.scale.notional_quanta_per_tick_lot
    closing = closing_lots(order.owner, market, order.side, found, at_once=True)
    only = order.reduce_only
    return holds.required(market, order.side, found, value, closing, reduce_only=only)


def spare_quanta(purse: LedgerAccount, spare: Spare) -> int:
    """What orders that are about to end hold on a ledger account."""
    return sum(order.hold_quanta for order in spare if order.holding is purse)
