"""The insurance fund: takes over what the book does not, and pays what nobody else can.

What the fund cannot pay is socialised: accounts with free money in that currency bear it, each by
its share of all that is free, and the exchange's own fees bear what is left after that.
"""

from engine.core.accounts import LedgerAccount, chart
from engine.core.accounts.collateral import spendable_quanta
from engine.core.accounts.leverage import pool_of
from engine.core.commands import LIMIT_ORDER, PlaceOrder, TimeInForce
from engine.core.events import InsurancePaid, LossSocialised
from engine.core.fees import Waived
from engine.core.market import Market
from engine.core.orders import limit
from engine.core.orders.acceptance import accept, draft
from engine.core.perps.bankruptcy import bankruptcy_value
from engine.core.perps.deleveraging import deleverage
from engine.core.perps.estate import Estate, can_trade
from engine.core.perps.transferring import close_part, closing_side
from engine.core.state import State


def capacity(state: State, market: Market) -> int:
    """What the fund can still lose in a currency: its money and what its positions have gained."""
    return pool_of(state, market, state.fund).equity_quanta


def unwind(state: State) -> None:
    """Offer what the fund holds at the mark; what it cannot carry any longer is deleveraged."""
    for symbol, position in tuple(state.fund.positions.items()):
        market = state.markets[symbol]
        if not position.lots or not can_trade(state, market):
            continue
        if capacity(state, market) < 0:
            _give_up(state, market)
        elif market.book.crosses(closing_side(position), market.mark_ticks or 0):
            _offer(state, market)


def cover(state: State, estate: Estate) -> None:
    """Make up for what an account owes that has no position left to answer for it."""
    owed = -estate.purse.balance_quanta
    currency = estate.purse.currency
    fund = state.ledger.account(state.fund.name, currency)
    paid = min(owed, max(0, fund.balance_quanta))
    if paid:
        state.ledger.transfer(fund, estate.purse, paid)
        state.events.append(
            InsurancePaid(
                seq=state.seq,
                ts_ns=state.now_ns,
                account=estate.account.name,
                currency=currency,
                amount_quanta=paid,
                fund_quanta=fund.balance_quanta,
            )
        )
    if owed > paid:
        _socialise(state, estate, owed - paid)


def _socialise(state: State, estate: Estate, owed: int) -> None:
    currency = estate.purse.currency
    bearers: list[tuple[LedgerAccount, int]] = []
    for account in state.accounts.values():
        entry = state.ledger.accounts.get((account.name, currency))
        if entry is None or account is estate.account:
            continue
        free = spendable_quanta(state, account, entry)
        if free > 0:
            bearers.append((entry, free))
    total = sum(free for _, free in bearers)
    shared = min(owed, total)
    before = taken = 0
    for entry, free in bearers:
        before += free
        share = shared * before // total - taken
        taken += share
        _bear(state, estate, entry, share)
    if owed > taken:
        _bear(state, estate, state.ledger.account(chart.FEES, currency), owed - taken)


def _bear(state: State, estate: Estate, bearer: LedgerAccount, share: int) -> None:
    if not share:
        return
    state.ledger.transfer(bearer, estate.purse, share)
    state.events.append(
        LossSocialised(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=bearer.owner,
            debtor=estate.account.name,
            currency=bearer.currency,
            amount_quanta=share,
        )
    )


def _offer(state: State, market: Market) -> None:
    """Trade what the fund holds with whoever gives the mark or better."""
    position = state.fund.positions[market.instrument.symbol]
    send_at_once(
        state,
        market,
        PlaceOrder(
            account=state.fund.name,
            symbol=market.instrument.symbol,
            side=closing_side(position),
            order_type=LIMIT_ORDER,
            lots=abs(position.lots),
            price_ticks=market.mark_ticks,
            time_in_force=TimeInForce.IOC,
            note="insurance fund",
        ),
    )


def send_at_once(state: State, market: Market, command: PlaceOrder) -> None:
    """Trade for an account what the book gives up to a price, without fee and without hold."""
    account = state.fund if command.account == state.fund.name else state.accounts[command.account]
    order = draft(state, market, account, command)
    order.margined = True
    order.holding = order.cash
    order.fee_book = Waived(order.fee_book.volume)
    accept(state, market, order)
    limit.enter(state, market, order)


def _give_up(state: State, market: Market) -> None:
    """Deleverage the fund's position at the value at which the fund has lost all it had.

    Where nobody holds the other side on margin, what the fund has lost beyond that is socialised.
    """
    fund = state.fund
    position = fund.positions[market.instrument.symbol]
    lots = position.lots
    value = bankruptcy_value(market, position, capacity(state, market), abs(lots))
    closed = deleverage(state, market, fund.name, lots, value)
    if closed:
        signed = closed if lots > 0 else -closed
        close_part(state, market, fund, signed, value * closed // abs(lots))
    missing = -capacity(state, market)
    if missing > 0:
        purse = state.ledger.account(fund.name, market.instrument.settlement)
        _socialise(state, Estate(fund, None, purse), missing)
