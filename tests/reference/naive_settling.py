"""What a fill does to its owner's position and money."""

from dataclasses import replace
from fractions import Fraction

from engine.core.instruments import Instrument
from engine.core.margin_terms import MarginMode
from tests.reference.naive_margin import face, is_inverse
from tests.reference.naive_means import initial
from tests.reference.naive_money import FEES, INSURANCE, Fill, share
from tests.reference.naive_state import NaiveState


def isolated(account: str, symbol: str) -> str:
    """Who holds what stands behind an isolated position."""
    return f"isolated:{account}:{symbol}"


def purse(x: NaiveState, account: str, symbol: str) -> str:
    """Whose money a margined position earns and costs."""
    alone = x.mode(account, symbol) is MarginMode.ISOLATED
    return isolated(account, symbol) if alone else account


def settle_fill(
    x: NaiveState, account: str, symbol: str, lots: int, worth: int, fee: int, trade_id: int
) -> int:
    """Fill a position by so many signed lots that are worth so much; the profit realised by it."""
    terms = x.instruments[symbol]
    value = worth if (lots > 0) != is_inverse(terms) else -worth
    return settle_value(x, account, symbol, lots, value, fee, trade_id)


def settle_value(
    x: NaiveState, account: str, symbol: str, lots: int, value: int, fee: int = 0, trade_id: int = 0
) -> int:
    """The same for a value that is signed as the cost of a position is."""
    terms, margined = x.instruments[symbol], x.margined(account, symbol)
    fill = Fill(account, symbol, lots, value, fee, not margined)
    fill.method = x.profile(account).lot_method
    fill.trade_id, fill.at_ns = trade_id, x.now_ns
    before = x.position_lots(account, symbol)
    closed = min(abs(before), abs(lots)) if before * lots < 0 else 0
    realised = x.money.add(fill)
    note_taken(x, account, symbol, realised)
    x.touch(account, symbol)
    if x.mode(account, symbol) is not MarginMode.CROSS:
        _touch_cross(x, account, terms.settlement if margined or lots > 0 else terms.base)
    if not margined:
        _exchange(x, terms, fill)
        charge(x, terms, account, fee)
    elif x.mode(account, symbol) is MarginMode.CROSS:
        x.money.move(clearing(symbol), account, terms.settlement, realised)
        charge(x, terms, account, fee)
    elif x.liquidating == (account, symbol):
        x.money.move(clearing(symbol), isolated(account, symbol), terms.settlement, realised)
    else:
        _settle_isolated(x, fill, abs(before), closed, realised)
    return realised


def _touch_cross(x: NaiveState, account: str, spent: str) -> None:
    """Money may have left what answers for the cross positions that settle in a currency."""
    for symbol, terms in x.instruments.items():
        cross = x.mode(account, symbol) is MarginMode.CROSS and terms.settlement == spent
        if cross and x.position_lots(account, symbol):
            x.touch(account, symbol)


def note_taken(x: NaiveState, account: str, symbol: str, realised: int) -> None:
    """Keep what a closing took, lot by lot, until its position is told of."""
    position = x.money.position(account, symbol)
    if position is None or not position.taken:
        return
    taken, position.taken = position.taken, []
    before, earlier = x.taken.get((account, symbol), ([], 0))
    if before and before[-1].trade_id == taken[0].trade_id:
        first, last = taken[0], before.pop()
        taken[0] = replace(first, lots=first.lots + last.lots, cost=first.cost + last.cost)
    x.taken[account, symbol] = [*before, *taken], earlier + realised


def give_back(x: NaiveState, account: str, symbol: str) -> None:
    """Nothing is left of an isolated position: what stands behind it goes back."""
    own, currency = isolated(account, symbol), x.instruments[symbol].settlement
    x.money.move(own, account, currency, max(0, x.money.balance(own, currency)))


def clearing(symbol: str) -> str:
    return f"clearing:{symbol}"


def charge(x: NaiveState, terms: Instrument, payer: str, fee: int) -> None:
    """A trading fee, of which the insurance fund may have a part."""
    x.money.move(payer, FEES, terms.settlement, fee)
    if fee > 0:
        insured = share(fee, x.fees.insurance_ppm(terms.symbol))
        x.money.move(FEES, INSURANCE, terms.settlement, insured)


def _exchange(x: NaiveState, terms: Instrument, fill: Fill) -> None:
    """Who pays in full gives the value for the asset; clearing stands in for who does not."""
    pool = clearing(terms.symbol)
    x.money.move(fill.account, pool, terms.quote, fill.value)
    base = face(terms, abs(fill.lots)) * (1 if fill.lots > 0 else -1)
    x.money.move(pool, fill.account, terms.base, base)


def _settle_isolated(x: NaiveState, fill: Fill, held: int, closed: int, realised: int) -> None:
    """First what it closes, then what it opens."""
    terms, own = x.instruments[fill.symbol], isolated(fill.account, fill.symbol)
    currency, lots = terms.settlement, abs(fill.lots)
    closing_fee = fill.fee * closed // lots
    margin = x.money.balance(own, currency)
    x.money.move(clearing(fill.symbol), own, currency, realised)
    opened = abs(fill.value - fill.value * closed // lots)
    if closed < lots:
        added = initial(x, fill.account, fill.symbol, opened) + fill.fee - closing_fee
    else:
        added = 0
    if closed:
        still = round(Fraction(margin * (held - closed), held))
        excess = x.money.balance(own, currency) - closing_fee - still
        x.money.move(own, fill.account, currency, max(0, excess))
    x.money.move(fill.account, own, currency, added)
    charge(x, terms, own, fill.fee)
