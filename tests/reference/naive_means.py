"""What orders and positions hold of an owner's money, and what is left for others."""

from fractions import Fraction

from engine.core.commands import Side, TriggerSource
from engine.core.margin_terms import MarginMode
from tests.reference import naive_margin
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_margin import PPM, face, signed_worth, worth
from tests.reference.naive_money import share
from tests.reference.naive_state import NaiveState

# Leverage


def leverage(x: NaiveState, account: str, symbol: str) -> Fraction:
    """What was chosen for the instrument, else for its class, else what its terms say."""
    terms = x.instruments[symbol]
    chosen = x.leverages.get((account, symbol))
    by_class = x.profile(account).leverages.get(terms.asset_class)
    if chosen is None and by_class is not None:
        chosen = min(by_class, naive_margin.leverage_max(terms, 0))
    return Fraction(PPM, terms.initial_margin_ppm) if chosen is None else Fraction(chosen)


def initial(x: NaiveState, account: str, symbol: str, value: int) -> int:
    """Initial margin of a value."""
    return int(value / leverage(x, account, symbol))


# Holds


def need(x: NaiveState, order: NaiveOrder, lots: int, value: int, closing: int) -> int:
    """What an order for so many lots of such value holds on its own, with the worst fee.

    What may only reduce a position needs nothing: it frees more than its fee.
    """
    terms = x.instruments[order.symbol]
    fee = share(value, x.fees.worst_ppm(terms))
    if not x.margined(order.account, order.symbol):
        return face(terms, lots) if order.side is Side.SELL else value + fee
    if order.reduce_only or not lots:
        return 0
    return initial(x, order.account, order.symbol, value * (lots - closing) // lots) + fee


def value_of(x: NaiveState, order: NaiveOrder, price: int, lots: int) -> int:
    return worth(x.instruments[order.symbol], price, lots) if price else 0


def own_hold(x: NaiveState, order: NaiveOrder) -> int:
    """What a resting order holds on its own."""
    value = value_of(x, order, order.hold_price, order.open)
    return need(x, order, order.open, value, order.closing)


def pays_in(x: NaiveState, order: NaiveOrder) -> str:
    """The currency that an order needs."""
    terms = x.instruments[order.symbol]
    in_full = not x.margined(order.account, order.symbol)
    return terms.base if in_full and order.side is Side.SELL else terms.settlement


def resting(x: NaiveState, account: str, symbol: str) -> list[NaiveOrder]:
    return [o for o in x.book.resting if (o.account, o.symbol) == (account, symbol)]


def margin(x: NaiveState, account: str, symbol: str) -> int:
    """Initial margin that a position holds on the cash account."""
    position = x.money.position(account, symbol)
    if position is None or x.mode(account, symbol) is not MarginMode.CROSS:
        return 0
    return initial(x, account, symbol, abs(position.cost))


def held_in(x: NaiveState, account: str, symbol: str, side: Side = Side.BUY, more: int = 0) -> int:
    """What a margined instrument holds, as if orders of a side needed so much more.

    The worse of the two sides counts; the position's own margin adds to the side that enlarges it.
    """
    needs = {each: more if each is side else 0 for each in Side}
    for order in resting(x, account, symbol):
        needs[order.side] += own_hold(x, order)
    lots = x.position_lots(account, symbol)
    if lots == 0 or x.mode(account, symbol) is MarginMode.ISOLATED:
        return max(needs.values())
    same = Side.BUY if lots > 0 else Side.SELL
    return max(margin(x, account, symbol) + needs[same], needs[same.opposite])


def held(x: NaiveState, account: str, currency: str) -> int:
    """What is held of a cash account, by all instruments."""
    total = 0
    for symbol, terms in x.instruments.items():
        if x.margined(account, symbol):
            total += held_in(x, account, symbol) if terms.settlement == currency else 0
            continue
        mine = [o for o in resting(x, account, symbol) if pays_in(x, o) == currency]
        total += sum(own_hold(x, order) for order in mine)
    return total


# What is left


def mark(x: NaiveState, symbol: str) -> int | None:
    """The mark that was stated or computed; trades do not stand in for it here."""
    return x.stated.get((symbol, TriggerSource.MARK))


def unrealised(x: NaiveState, account: str, symbol: str) -> int:
    """Profit that a margined position would have at the mark; 0 without one."""
    position, at = x.money.position(account, symbol), mark(x, symbol)
    if position is None or position.lots == 0 or at is None:
        return 0
    return signed_worth(x.instruments[symbol], at, position.lots) - position.cost


def crossed(x: NaiveState, account: str, currency: str) -> list[str]:
    """Instruments with cross positions of an account that settle in a currency."""
    return [
        symbol
        for symbol, terms in x.instruments.items()
        if terms.settlement == currency
        and x.mode(account, symbol) is MarginMode.CROSS
        and x.position_lots(account, symbol)
    ]


def free(x: NaiveState, account: str, currency: str) -> int:
    """What no order and no position holds."""
    return x.money.balance(account, currency) - held(x, account, currency)


def spendable(x: NaiveState, account: str, currency: str) -> int:
    """What may leave the cash account: profit that is not realised does not count."""
    profit = sum(unrealised(x, account, symbol) for symbol in crossed(x, account, currency))
    return free(x, account, currency) + min(0, profit)


def available(x: NaiveState, account: str, currency: str) -> int:
    """What new cross margin may take."""
    profit = sum(unrealised(x, account, symbol) for symbol in crossed(x, account, currency))
    return free(x, account, currency) + profit


def room(x: NaiveState, order: NaiveOrder) -> int:
    """What an order may add to what is held."""
    cross = x.mode(order.account, order.symbol) is MarginMode.CROSS
    left = available if cross else spendable
    return left(x, order.account, pays_in(x, order))


def increase(x: NaiveState, order: NaiveOrder, needed: int) -> int:
    """By how much an order that needs so much on its own raises what is held."""
    if not x.margined(order.account, order.symbol):
        return needed
    place = (order.account, order.symbol)
    return held_in(x, *place, order.side, needed) - held_in(x, *place)


# Size


def size_of(x: NaiveState, order: NaiveOrder, lots: int, value: int, closing: int) -> int:
    """The notional of what an order opens."""
    if order.reduce_only or not lots:
        return 0
    opening = value * (lots - closing) // lots
    return naive_margin.notional(x.instruments[order.symbol], lots - closing, opening)


def resting_size(
    x: NaiveState, account: str, symbol: str, side: Side, linked: NaiveOrder | None = None
) -> int:
    """The notional of what resting orders of a side open, but for one that will not fill too."""
    return sum(
        size_of(x, o, o.open, value_of(x, o, o.hold_price, o.open), o.closing)
        for o in resting(x, account, symbol)
        if o.side is side and o is not linked
    )


def position_size(x: NaiveState, account: str, symbol: str) -> int:
    """The notional of a position at its cost."""
    position = x.money.position(account, symbol)
    if position is None:
        return 0
    return naive_margin.notional(x.instruments[symbol], position.lots, position.cost)


def too_large(x: NaiveState, order: NaiveOrder, added: int) -> bool:
    """Whether an order that opens such a notional leads to more than the leverage allows."""
    account, symbol, side = order.account, order.symbol, order.side
    if not x.margined(account, symbol) or not added:
        return False
    size = added + resting_size(x, account, symbol, side, order.linked)
    lots = x.position_lots(account, symbol)
    if lots and (lots > 0) is (side is Side.BUY):
        size += position_size(x, account, symbol)
    allowed = naive_margin.leverage_max(x.instruments[symbol], size)
    return leverage(x, account, symbol) > allowed
