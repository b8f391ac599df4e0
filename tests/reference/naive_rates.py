"""What one currency is worth in another, asked of every listed market each time."""

from fractions import Fraction

from engine.core.commands import DepositKind, TriggerSource
from tests.reference.naive_means import unrealised
from tests.reference.naive_settling import isolated
from tests.reference.naive_state import NaiveState

ORDER = (TriggerSource.INDEX, TriggerSource.MARK)


def peg(x: NaiveState, currency: str) -> str:
    """The currency that it always equals, or itself."""
    stated = x.currencies.get(currency)
    return currency if stated is None or not stated.pegged_to else stated.pegged_to


def value(x: NaiveState, symbol: str) -> Fraction | None:
    """What one of the base costs in the quote currency; None: nobody has said anything."""
    terms = x.instruments[symbol]
    stated = [x.stated[symbol, source] for source in ORDER if (symbol, source) in x.stated]
    stated += [x.last[symbol][0]] if symbol in x.last else []
    if not stated or not x.is_owned(symbol):
        return None
    return stated[0] * Fraction(terms.tick_size)


def prices(x: NaiveState) -> list[tuple[str, str, Fraction]]:
    """(one currency, another, what the one is worth in it), either way round."""
    found = []
    for symbol, terms in x.instruments.items():
        price = value(x, symbol)
        if price is not None:
            base, quote = peg(x, terms.base), peg(x, terms.quote)
            found += [(base, quote, price), (quote, base, 1 / price)]
    return found


def rate(x: NaiveState, source: str, target: str) -> Fraction | None:
    """Directly, else by way of the first currency that leads there."""
    start, goal = peg(x, source), peg(x, target)
    if start == goal:
        return Fraction(1)
    listed = prices(x)
    direct = [price for one, other, price in listed if (one, other) == (start, goal)]
    if direct:
        return direct[0]
    first = [(other, price) for one, other, price in listed if one == start]
    then = [(one, price) for one, other, price in listed if other == goal]
    legs = [a * b for between, a in first for way, b in then if between == way]
    return legs[0] if legs else None


def equity(x: NaiveState, account: str) -> int:
    """All that an account has, in its base currency; what nothing converts counts for nothing."""
    target, total = x.profile(account).base_currency, 0
    for currency in dict.fromkeys(name for _, name in x.money.balances):
        owned = x.money.balance(account, currency)
        owned -= x.deposited.get((account, currency, DepositKind.LENT), 0)
        for symbol, terms in x.instruments.items():
            if terms.settlement == currency and x.margined(account, symbol):
                owned += unrealised(x, account, symbol)
                owned += x.money.balance(isolated(account, symbol), currency)
        price = rate(x, currency, target)
        total += 0 if price is None else int(owned * price)
    return total
