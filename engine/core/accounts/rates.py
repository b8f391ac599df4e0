"""What one currency is worth in another, by the markets that are listed.

A rate between two currencies is, in this order:

1. one, where they are the same or one is pegged to the other (or both to a third);
2. the price of the first listed market in which the one is bought with the other, either way round;
3. the product of two such prices, by way of the first currency, in the order of listing, that has
   both.

The price of a market is its index, without one its mark, without one its last trade; a market with
none of them does not count. Only markets whose asset changes hands count: what a contract costs
says nothing of what a currency buys. Pegged currencies are the same in all of this. A rate is stale
when a market that it is read from has an oracle and an index, but none that is recent enough.
"""

import msgspec

from engine.core.accounts.account import Account
from engine.core.accounts.chart import isolated
from engine.core.market import INDEX, MARK, Market
from engine.core.state import State


class Rate(msgspec.Struct, frozen=True, gc=False):
    """How many quanta of one currency `denominator` quanta of another are worth."""

    numerator: int
    denominator: int
    """Positive."""
    stale: bool = False

    def of(self, quanta: int) -> int:
        """An amount converted, without its fraction of a quantum."""
        product = quanta * self.numerator
        return product // self.denominator if product >= 0 else -(-product // self.denominator)


class Equity(msgspec.Struct, frozen=True):
    """What an account is worth in its base currency."""

    currency: str
    quanta: int
    missing: tuple[str, ...]
    """Currencies of the account that nothing converts; they count for nothing."""
    stale: bool
    """Whether a price that went into it is too old."""


PAR = Rate(1, 1)


def rate(state: State, source: str, target: str) -> Rate | None:
    """What a quantum of one currency is worth in another; None when no market says so."""
    if source == target:
        return PAR
    source, target = _peg(state, source), _peg(state, target)
    if source == target:
        return PAR
    quoted = [
        (_peg(state, market.instrument.base), _peg(state, market.instrument.quote), market)
        for market in state.markets.values()
        if market.spot
    ]
    found = _direct(state, quoted, source, target)
    if found is not None:
        return found
    for base, quote, _ in quoted:
        if source not in (base, quote):
            continue
        middle = quote if base == source else base
        first = _direct(state, quoted, source, middle)
        second = _direct(state, quoted, middle, target)
        if first is not None and second is not None:
            return Rate(
                first.numerator * second.numerator,
                first.denominator * second.denominator,
                first.stale or second.stale,
            )
    return None


def equity(state: State, account: Account) -> Equity:
    """All that an account has: cash, assets, isolated money, and unrealised profit at the marks.

    What was lent to it does not count; what it has paid with it is owed.
    """
    base = account.profile.base_currency
    quanta, missing, stale = 0, [], False
    for currency, owned in _owned(state, account).items():
        found = rate(state, currency, base) if owned else PAR
        if found is None:
            missing.append(currency)
        else:
            quanta += found.of(owned)
            stale = stale or found.stale
    return Equity(base, quanta, tuple(missing), stale)


def unrealised_quanta(market: Market, lots: int, cost_quanta: int) -> int:
    """What a position has gained at the mark, in the settlement currency; 0 without a mark."""
    mark_ticks = market.mark_ticks
    if not lots or mark_ticks is None:
        return 0
    return market.scale.signed_value_quanta(mark_ticks, lots) - cost_quanta


def _owned(state: State, account: Account) -> dict[str, int]:
    """What an account has, by currency, in the order in which the ledger came to know them."""
    accounts, owned = state.ledger.accounts, {}
    for currency in state.ledger.currencies:
        entry = accounts.get((account.name, currency))
        if entry is not None:
            owned[currency] = entry.balance_quanta - account.lent_quanta(currency)
    for symbol, position in account.positions.items():
        market = state.markets[symbol]
        currency = market.instrument.settlement
        stake = accounts.get((isolated(account.name, symbol), currency))
        more = 0 if stake is None else stake.balance_quanta
        if position.is_margined(owned=market.spot):
            more += unrealised_quanta(market, position.lots, position.cost_quanta)
        if more:
            owned[currency] = owned.get(currency, 0) + more
    return owned


def _peg(state: State, currency: str) -> str:
    terms = state.currencies.get(currency)
    return currency if terms is None or not terms.pegged_to else terms.pegged_to


def _direct(
    state: State, quoted: list[tuple[str, str, Market]], source: str, target: str
) -> Rate | None:
    for base, quote, market in quoted:
        if (base, quote) != (source, target) and (base, quote) != (target, source):
            continue
        ticks = market.price(INDEX if market.index_ticks is not None else MARK)
        if ticks is None:
            continue
        quote_quanta = ticks * market.scale.notional_quanta_per_tick_lot
        base_quanta = market.scale.base_quanta_per_lot
        oracle, indexed = market.oracle, market.index_ticks is not None
        stale = indexed and oracle is not None and oracle.index_ticks(state.now_ns) is None
        if base == source:
            return Rate(quote_quanta, base_quanta, stale)
        return Rate(base_quanta, quote_quanta, stale)
    return None
