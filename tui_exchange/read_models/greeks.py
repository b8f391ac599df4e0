"""Delta, gamma and carry of the current portfolio, from its positions and balances of now.

A balance in a currency that is not the portfolio's own is a holding with a delta, margin in coins
included. What a position has gained is owed in the currency that it settles in and counts as such.
Currencies at par with the portfolio's own have no delta.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.core.accounts import Position
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.core.units import PPM, prorate_half_even, quanta_decimal
from engine.monitor.greeks import Leg, UnderlyingGreeks, a_day, greeks_of
from tui_exchange.read_models.valuation import at_par, mark_ticks

UNIT_QUANTA = 10**12
DAYS_PER_YEAR = 365


class GreeksView(NamedTuple):
    """What a small move and a day do to a portfolio.

    Money is in quanta of `currency`; carry is positive where the portfolio receives.
    """

    currency: str
    rows: tuple[UnderlyingGreeks, ...]
    funding_quanta: int | None
    """Expected for a day at the rates of now; None where no position has any."""
    borrow_quanta: int | None
    """Of short positions in what can be owned; None where nothing is borrowed."""
    unknown: tuple[str, ...]
    """Instruments whose carry has no price or rate; the sums leave them out."""


class _Carry:
    """The sums of a day, in the base currency."""

    def __init__(self) -> None:
        self.funding_quanta: int | None = None
        self.borrow_quanta: int | None = None
        self.unknown: list[str] = []


def greeks_view(exchange: Exchange, account: str) -> GreeksView:
    """The Greeks of an account in its base currency."""
    if account not in exchange.accounts():
        return GreeksView("", (), None, None, ())
    base = exchange.profile(account).base_currency
    held = {s: p for s, p in exchange.positions(account).items() if p.lots}
    legs = [*_assets(exchange, account, base), *_positions(exchange, account, held, base)]
    units = {leg.underlying: _unit_quanta(exchange, leg.underlying, held, base) for leg in legs}
    carry = _Carry()
    for symbol, position in held.items():
        if exchange.margin_mode(account, symbol) is not CASH:
            _count_carry(carry, exchange, account, symbol, position, base)
    return GreeksView(
        currency=base,
        rows=greeks_of(legs, units),
        funding_quanta=carry.funding_quanta,
        borrow_quanta=carry.borrow_quanta,
        unknown=tuple(carry.unknown),
    )


def _assets(exchange: Exchange, account: str, base: str) -> Iterator[Leg]:
    """What is owned in other currencies, isolated margin included and without what was lent."""
    lent = exchange.lent(account)
    for currency, (balance_quanta, _) in exchange.balances(account).items():
        if not at_par(currency, base):
            yield Leg(currency, quanta_decimal(balance_quanta - lent.get(currency, 0)))
    for symbol, position in exchange.positions(account).items():
        settlement = exchange.instrument(symbol).settlement
        if position.isolated is not None and not at_par(settlement, base):
            yield Leg(settlement, quanta_decimal(position.isolated.balance_quanta))


def _positions(
    exchange: Exchange, account: str, held: dict[str, Position], base: str
) -> Iterator[Leg]:
    for symbol, position in held.items():
        if exchange.margin_mode(account, symbol) is CASH:
            continue
        terms, scale = exchange.instrument(symbol), exchange.scale(symbol)
        size = quanta_decimal(position.lots * scale.base_quanta_per_lot)
        mark = mark_ticks(exchange, symbol)
        price = None if mark is None else scale.price_decimal(mark)
        yield Leg(terms.base, size, scale.inverse, price)
        if mark is not None and not at_par(terms.settlement, base):
            gained = scale.signed_value_quanta(mark, position.lots) - position.cost_quanta
            yield Leg(terms.settlement, quanta_decimal(gained))


def _in_base(exchange: Exchange, currency: str, quanta: int, base: str) -> int | None:
    """An amount in the portfolio's own currency, by the exchange's rates; None without one."""
    if at_par(currency, base):
        return quanta
    rate = exchange.rate(currency, base)
    return None if rate is None else rate.of(quanta)


def _unit_quanta(
    exchange: Exchange, underlying: str, held: dict[str, Position], base: str
) -> int | None:
    """What one unit is worth: by a market that sells it, else by the mark of a contract on it."""
    found = _in_base(exchange, underlying, UNIT_QUANTA, base)
    for symbol in held if found is None else ():
        terms, mark = exchange.instrument(symbol), mark_ticks(exchange, symbol)
        if terms.base == underlying and mark is not None:
            price_quanta = int(exchange.scale(symbol).price_decimal(mark) * UNIT_QUANTA)
            found = _in_base(exchange, terms.quote, price_quanta, base)
    return found


def _count_carry(
    carry: _Carry,
    exchange: Exchange,
    account: str,
    symbol: str,
    position: Position,
    base: str,
) -> None:
    settlement = exchange.instrument(symbol).settlement
    standing = exchange.funding(symbol)
    if standing is not None:
        expected = exchange.funding_expected(account, symbol)
        paid = None if expected is None else a_day(expected, standing.interval_ns)
        value = None if paid is None else _in_base(exchange, settlement, -paid, base)
        if value is None:
            carry.unknown.append(symbol)
        else:
            carry.funding_quanta = (carry.funding_quanta or 0) + value
    if position.lots < 0 and exchange.instrument(symbol).asset_class.owned:
        fee = _borrow_fee(exchange, symbol, position.lots)
        value = None if fee is None else _in_base(exchange, settlement, -fee, base)
        if value is None:
            carry.unknown.append(symbol)
        else:
            carry.borrow_quanta = (carry.borrow_quanta or 0) + value


def _borrow_fee(exchange: Exchange, symbol: str, signed_lots: int) -> int | None:
    """A day's fee of a short position, as the exchange charges it; None without a mark."""
    mark = mark_ticks(exchange, symbol)
    if mark is None:
        return None
    worth = exchange.scale(symbol).notional_quanta(mark, -signed_lots)
    rate_ppm = exchange.instrument(symbol).borrow_ppm
    return prorate_half_even(worth, rate_ppm, DAYS_PER_YEAR * PPM)
