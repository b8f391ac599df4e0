"""The limits of a portfolio, checked before an order reaches the book and before its money is.

They are looked at in the order of `Limits`, those of the instrument last; the first that an order
would exceed refuses it, and names the largest size that passes all of that limit. What only reduces
a position passes, however far beyond a limit the position is: a reduce-only order, a sale of what
is owned, an order that is no larger than what other orders leave of the opposite position. The rate
counts every order.

What an order would make: of the position, what it will be when it and all orders of its side in the
book have filled; of the leverage, the positions that there are and the order alone. Positions count
by the mark, without one by the last trade, the order by its own price. An order that waits is
looked at when it is sent, by the price that it waits for, and again when it fires.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from engine.core.accounts import Account
from engine.core.accounts.rates import PAR, Rate, equity, rate
from engine.core.accounts.requirements import leverage_of
from engine.core.commands import BUY
from engine.core.market import MARK, Market
from engine.core.orders.order import WORKING, Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM, decimal_text, money_text, time_text

SECOND_NS = 1_000_000_000
Worth = Callable[[int], int]
"""What so many lots of an order are worth, in quanta of the quote currency."""


@dataclass(slots=True)
class Asked:
    """An order that asks to pass."""

    state: State
    market: Market
    order: Order
    lots: int
    worth: Worth
    spare: tuple[Order, ...]
    """Orders that end if it is taken."""
    stands: int
    """Lots that its owner has on its side already; negative: on the other."""
    pending: int
    """Lots that orders of its side in the book may add."""

    @property
    def account(self) -> Account:
        """Whose limits they are."""
        return self.order.owner

    def reduces(self, lots: int) -> bool:
        """Whether so many lots of it would only reduce."""
        return lots + self.stands + self.pending <= 0

    def notional(self, lots: int, *, pending: bool) -> int:
        """What the position is worth once so many lots have filled, in quote currency."""
        stands = self.stands + (self.pending if pending else 0)
        if stands < 0:
            opened = max(0, lots + stands)
            return self.worth(lots) * opened // lots if opened else 0
        ticks = self.market.price(MARK)
        if not stands:
            return self.worth(lots)
        if ticks is None:
            return self.worth(lots) * (lots + stands) // lots
        return self.market.scale.quote_notional_quanta(ticks, stands) + self.worth(lots)


def check(
    state: State,
    market: Market,
    order: Order,
    lots: int,
    worth: Worth,
    spare: tuple[Order, ...] = (),
    *,
    placed: int = 1,
) -> None:
    """See that an order, or an amendment of one, stays within the limits of its portfolio.

    Args:
        lots: How many lots are going to trade.
        spare: Orders that end if this one is taken.
        placed: How many orders of the rate it uses; 0 for an amendment.

    Raises:
        Refusal: Names the limit, what the order would make of it, and the size that passes.
    """
    asked = _asked(state, market, order, lots, worth, spare)
    passes = order.reduce_only or asked.reduces(lots) or _sells_owned(order)
    if not passes:
        _check_order(asked)
    if placed:
        check_rate(state, order.owner, placed)
    if not passes:
        for rule in (_check_position, _check_count, _check_leverage, _check_instrument):
            rule(asked)


def check_priced(
    state: State,
    market: Market,
    order: Order,
    lots: int,
    price_ticks: int,
    spare: tuple[Order, ...] = (),
    *,
    placed: int = 1,
) -> None:
    """`check` for lots that trade at one price."""
    scale = market.scale

    def worth(some: int) -> int:
        return scale.quote_notional_quanta(price_ticks, some)

    check(state, market, order, lots, worth, spare, placed=placed)


def check_rate(state: State, account: Account, placed: int) -> None:
    """See that so many orders more are not too many for a second.

    Raises:
        Refusal: Names when the next is taken.
    """
    most = account.limits.orders_per_second_max
    if most is None:
        return
    latest = [at_ns for at_ns in account.placed if at_ns > state.now_ns - SECOND_NS]
    surplus = len(latest) + placed - most
    if surplus <= 0:
        return
    if placed > most:
        advice = "send them one by one"
    else:
        advice = f"wait until {time_text(latest[surplus - 1] + SECOND_NS)}"
    what = "this order" if placed == 1 else "these"
    raise Refusal(
        Reason.LIMIT_EXCEEDED,
        f"orders at most {most} in a second; with {what} {len(latest) + placed}: {advice}",
    )


def count_placed(state: State, account: Account, placed: int = 1) -> None:
    """Remember orders that were accepted, as far as the rate asks."""
    if account.limits.orders_per_second_max is None:
        return
    while account.placed and account.placed[0] <= state.now_ns - SECOND_NS:
        account.placed.popleft()
    account.placed.extend([state.now_ns] * placed)


def _asked(
    state: State,
    market: Market,
    order: Order,
    lots: int,
    worth: Worth,
    spare: tuple[Order, ...],
) -> Asked:
    position = order.owner.positions.get(order.symbol)
    held = 0 if position is None else position.lots
    return Asked(
        state=state,
        market=market,
        order=order,
        lots=lots,
        worth=worth,
        spare=spare,
        stands=held if order.side is BUY else -held,
        pending=sum(
            other.unfilled_lots
            for other in order.owner.orders.values()
            if other.symbol == order.symbol and _adds(other, order, spare)
        ),
    )


def _adds(other: Order, order: Order, spare: tuple[Order, ...]) -> bool:
    """Whether an order may enlarge what this one enlarges; of two linked ones only one fills."""
    if other is order or other in spare or other.side is not order.side:
        return False
    if other.stage is not WORKING or other.reduce_only:
        return False
    linked = other.linked
    return linked is None or linked.stage is not WORKING or other.order_id < linked.order_id


def _sells_owned(order: Order) -> bool:
    return not order.margined and order.side is not BUY


def _check_order(asked: Asked) -> None:
    most = asked.account.limits.order_notional_max_quanta
    if most is not None:
        _check_money(asked, "order notional", most, asked.worth)


def _check_position(asked: Asked) -> None:
    most = asked.account.limits.position_notional_max_quanta
    if most is not None:
        _check_money(
            asked, "position notional", most, lambda lots: asked.notional(lots, pending=True)
        )


def _check_count(asked: Asked) -> None:
    account, most = asked.account, asked.account.limits.positions_max
    if most is None:
        return
    used = {symbol: None for symbol, position in account.positions.items() if position.lots}
    used |= {
        other.symbol: None
        for other in account.orders.values()
        if other is not asked.order and other not in asked.spare
        if other.stage is WORKING and not other.reduce_only and not _sells_owned(other)
    }
    if asked.order.symbol not in used and len(used) >= most:
        raise Refusal(
            Reason.LIMIT_EXCEEDED,
            f"positions at most {most}; with this order {len(used) + 1}:"
            f" close one of {', '.join(used)} first",
        )


def _check_leverage(asked: Asked) -> None:
    most = asked.account.limits.leverage_max_ppm
    if most is None or not asked.order.margined:
        return
    state, account, base = asked.state, asked.account, asked.account.profile.base_currency
    equity_quanta = equity(state, account).quanta
    others = _gross_of_others(asked)
    found = _rate(asked, asked.market.instrument.quote, base)

    def gross(lots: int) -> int:
        return others + found.of(asked.notional(lots, pending=False))

    after = gross(asked.lots)
    if after * PPM <= most * equity_quanta:
        return
    made = "what no equity is left for"
    if equity_quanta > 0:
        made = _times(-(-after * PPM // equity_quanta))
    fits = _largest(asked, lambda lots: gross(lots) * PPM <= most * equity_quanta)
    raise _exceeded(asked, "leverage", _times(most), made, fits)


def _gross_of_others(asked: Asked) -> int:
    """What the margined positions in other instruments are worth, in the base currency."""
    total = 0
    base = asked.account.profile.base_currency
    for symbol, position in asked.account.positions.items():
        market = asked.state.markets[symbol]
        if symbol == asked.order.symbol or not position.lots:
            continue
        if position.is_margined(owned=market.spot):
            ticks = market.price(MARK)
            assert ticks is not None, "a position was traded at some price"
            notional = market.scale.quote_notional_quanta(ticks, abs(position.lots))
            total += _rate(asked, market.instrument.quote, base).of(notional)
    return total


def _check_instrument(asked: Asked) -> None:
    limit = asked.account.limits.by_symbol.get(asked.order.symbol)
    if limit is None:
        return
    instrument, scale = asked.market.instrument, asked.market.scale
    symbol = instrument.symbol
    after = asked.stands + asked.pending + asked.lots
    if limit.lots_max is not None and after > limit.lots_max:
        fits = max(0, limit.lots_max - asked.stands - asked.pending)
        most, made = (str(scale.size_decimal(lots)) for lots in (limit.lots_max, after))
        raise _exceeded(asked, f"{symbol} position", most, made, fits)
    if limit.notional_max_quanta is not None:
        _check_money(
            asked,
            f"{symbol} notional",
            limit.notional_max_quanta,
            lambda lots: asked.notional(lots, pending=True),
            instrument.quote,
        )
    if limit.leverage_max is not None and asked.order.margined:
        _check_chosen(asked, limit.leverage_max)


def _check_chosen(asked: Asked, most: int) -> None:
    """The leverage that was chosen for an instrument."""
    instrument = asked.market.instrument
    position = asked.account.positions.get(instrument.symbol)
    chosen = leverage_of(asked.account, position, instrument, asked.market.tiers)
    ppm = PPM * PPM // instrument.initial_margin_ppm if chosen is None else chosen * PPM
    if ppm > most * PPM:
        raise Refusal(
            Reason.LIMIT_EXCEEDED,
            f"{instrument.symbol} leverage at most {most}x; it is {_times(ppm)}:"
            f" set it to {most}x or less",
        )


def _check_money(asked: Asked, what: str, most: int, made: Worth, currency: str = "") -> None:
    """A sum of money that an order makes must not exceed a limit, in a currency or in the base."""
    currency = currency or asked.account.profile.base_currency
    found = _rate(asked, asked.market.instrument.quote, currency)

    def passes(lots: int) -> bool:
        return made(lots) * found.numerator <= most * found.denominator

    if not passes(asked.lots):
        after = -(-made(asked.lots) * found.numerator // found.denominator)
        fits = _largest(asked, passes)
        raise _exceeded(asked, what, money_text(most, currency), money_text(after, currency), fits)


def _rate(asked: Asked, source: str, target: str) -> Rate:
    if source == target:
        return PAR
    found = rate(asked.state, source, target)
    if found is None:
        raise Refusal(
            Reason.LIMIT_EXCEEDED,
            f"{asked.account.title} has limits in {target}, and nothing says what {source} is worth"
            f" in it: list a market of the two, peg one to the other, or lift the limits",
        )
    return found


def _largest(asked: Asked, passes: Callable[[int], bool]) -> int:
    """The most lots that pass; what only reduces does."""
    low = max(0, -asked.stands - asked.pending)
    high = asked.lots
    while high - low > 1:
        middle = (low + high) // 2
        if passes(middle):
            low = middle
        else:
            high = middle
    return low


def _exceeded(asked: Asked, what: str, most: str, made: str, fits: int) -> Refusal:
    advice = "reduce or cancel something first"
    if fits >= asked.market.instrument.lots_min:
        advice = f"send {asked.market.scale.size_decimal(fits)} or less"
    else:
        fits = 0
    text = f"{what} at most {most}; with this order {made}: {advice}"
    return Refusal(Reason.LIMIT_EXCEEDED, text, fits)


def _times(ppm: int) -> str:
    """A leverage, in hundredths, rounded up."""
    return f"{decimal_text(Decimal(-(-ppm // 10_000)).scaleb(-2))}x"
