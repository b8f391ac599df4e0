"""From what a snapshot holds back to the live state."""

import msgspec

from engine.core.accounts import Account, Position, chart
from engine.core.accounts.account import NO_LIMITS
from engine.core.accounts.pool import Pool
from engine.core.book import DisplayedOrder
from engine.core.commands import Side
from engine.core.fees import Quoting, Tariff, TrailingSum
from engine.core.halts.hours import Hours
from engine.core.margin_terms import ISOLATED
from engine.core.market import Market
from engine.core.mirror.falls import Fall
from engine.core.mirror.mirror import NEVER_NS, Mirror, Taken
from engine.core.mirror.regained import Queue
from engine.core.mirror.reported import Unreported
from engine.core.orders.acceptance import draft, purses_of
from engine.core.orders.order import WAITING, Order
from engine.core.perps import timetable
from engine.core.sending import next_arrival_ns
from engine.core.snapshot.saved import (
    SavedAccount,
    SavedMarket,
    SavedMirror,
    SavedOrder,
    SavedPosition,
    SavedState,
)
from engine.core.state import FUND_GROUP_ID, MarketBreaker, State

POSITION_FIELDS = tuple(field.name for field in msgspec.structs.fields(SavedPosition))


def load(saved: SavedState) -> State:
    """The state that was saved; what can be derived is derived."""
    state = State()
    state.seq = saved.seq
    state.now_ns = saved.now_ns
    for owner, currency, balance_quanta, held_quanta in saved.balances:
        entry = state.ledger.account(owner, currency)
        entry.balance_quanta = balance_quanta
        entry.held_quanta = held_quanta
    state.currencies = {terms.currency: terms for terms in saved.currencies}
    state.returned = saved.returned
    for name in saved.groups:
        state.group_id(name)
    for account in saved.accounts:
        state.accounts[account.name] = _load_account(state, account)
    for market in saved.markets:
        state.markets[market.instrument.symbol] = _load_market(market, state)
    state.fund = _load_account(state, saved.fund)
    _load_pools(state, state.fund, saved.fund)
    _load_fee_books(state, state.fund, saved.fund)
    for account in saved.accounts:
        _load_pools(state, state.accounts[account.name], account)
        _load_fee_books(state, state.accounts[account.name], account)
    for order in saved.orders:
        state.orders[order.order_id] = _load_order(state, order)
    for order in saved.orders:
        _load_ties(state, order)
    for account in saved.accounts:
        state.accounts[account.name].orders = {id_: state.orders[id_] for id_ in account.order_ids}
    for market in saved.markets:
        _load_queues(state, market)
        _load_waiting(state, market)
    _load_timetable(state)
    for loaded in state.accounts.values():
        state.note_pooling(loaded)
    state.next_order_id = saved.next_order_id
    state.next_sent_id = saved.next_sent_id
    state.next_shown_id = saved.next_shown_id
    state.next_trade_id = saved.next_trade_id
    if saved.market_breaker is not None:
        state.market_breaker = MarketBreaker(*saved.market_breaker)
        state.markets[state.market_breaker.symbol].watched = True
    return state


def _load_account(state: State, saved: SavedAccount) -> Account:
    fund = saved.name == chart.INSURANCE
    group_id = FUND_GROUP_ID if fund else state.group_id(saved.group)
    account = Account(saved.name, saved.group, group_id)
    account.killed = saved.killed
    account.client_ids = saved.client_ids
    account.line.extend(saved.line)
    _load_book_keeping(account, saved)
    account.positions = {s: _load_position(p) for s, p in saved.positions.items()}
    for position in account.positions.values():
        position.method = account.profile.lot_method
    for asset_class, currency, days in saved.volumes:
        account.volumes[asset_class, currency] = TrailingSum.restored(days)
    return account


def _load_book_keeping(account: Account, saved: SavedAccount) -> None:
    account.archived = saved.archived
    account.profile = saved.profile
    account.limits = NO_LIMITS if saved.limits == NO_LIMITS else saved.limits
    account.placed.extend(saved.placed)
    for currency, kind, quanta in saved.deposited:
        account.deposited[currency, kind] = quanta


def _load_pools(state: State, account: Account, saved: SavedAccount) -> None:
    """Pools are the sums of their positions; isolated ones have money of their own."""
    for currency, warned_pct in saved.pools:
        pool = Pool(state.ledger.account(account.name, currency))
        pool.warned_pct = warned_pct
        account.pools[currency] = pool
    for symbol, position in account.positions.items():
        settlement = state.markets[symbol].instrument.settlement
        if position.mode is ISOLATED:
            owner = chart.isolated(account.name, symbol)
            position.isolated = state.ledger.account(owner, settlement)
        elif settlement in account.pools:
            pool = account.pools[settlement]
            pool.unrealised_quanta += position.unrealised_quanta
            pool.maintenance_quanta += position.maintenance_quanta


def _load_fee_books(state: State, account: Account, saved: SavedAccount) -> None:
    for symbol, (tier, quoting) in saved.fee_books.items():
        purses = purses_of(state, state.markets[symbol], account)
        purses[2].tier = tier
        purses[2].quoting = Quoting.restored(quoting)
        account.purses[symbol] = purses


def _load_market(saved: SavedMarket, state: State) -> Market:
    market = Market(saved.instrument, state.ledger)
    market.last_ticks = saved.last_ticks
    market.last_side = saved.last_side
    market.mark_ticks = saved.mark_ticks
    market.index_ticks = saved.index_ticks
    market.halt = saved.halt
    market.hours = Hours(saved.sessions)
    market.window.lows.extend(saved.lows)
    market.window.highs.extend(saved.highs)
    market.tariff = Tariff(saved.schedule)
    market.shown_position = _load_position(saved.shown_position)
    _load_mirror(market.mirror, saved.mirror)
    market.oracle = saved.oracle
    market.funding = saved.funding
    return market


def _load_mirror(mirror: Mirror, saved: SavedMirror) -> None:
    mirror.state = saved.state
    mirror.queue_model = saved.queue_model
    mirror.taken_hold_ns = saved.taken_hold_ns
    for side, price_ticks, lots, until_ns in saved.taken:
        mirror.taken[side, price_ticks] = Taken(lots, until_ns)
    mirror.due_ns = min((taken.until_ns for taken in mirror.taken.values()), default=NEVER_NS)
    mirror.depth_ns = saved.depth_ns
    for side, price_ticks, stated_lots, prints in saved.unreported:
        mirror.unreported[side, price_ticks] = Unreported(stated_lots, prints)
    for side, price_ticks, falls in saved.falls:
        for fall in falls:
            restored = Fall(fall.venue_ns, fall.lots, dict(fall.losses), heir=fall.heir)
            mirror.falls.add((side, price_ticks), restored)
    for side, price_ticks, ahead, behind in saved.kept:
        mirror.kept[side, price_ticks] = Queue(dict(ahead), behind)


def _load_position(saved: SavedPosition) -> Position:
    position = Position()
    for field in POSITION_FIELDS:
        setattr(position, field, getattr(saved, field))
    return position


def _load_order(state: State, saved: SavedOrder) -> Order:
    command = saved.command
    order = draft(state, state.markets[command.symbol], state.accounts[command.account], command)
    order.order_id = saved.order_id
    order.price_ticks = saved.price_ticks
    order.lots = saved.lots
    order.open_lots = saved.open_lots
    order.hidden_lots = saved.hidden_lots
    order.display_lots = saved.display_lots
    order.accepted_ns = saved.accepted_ns
    order.expires_ns = saved.expires_ns
    order.hold_quanta = saved.hold_quanta
    order.hold_ticks = saved.hold_ticks
    order.closing_lots = saved.closing_lots
    order.stage = saved.stage
    order.source = saved.source
    order.trigger_ticks = saved.trigger_ticks
    order.best_ticks = saved.best_ticks
    order.parent_id = saved.parent_id
    order.protected_lots = saved.protected_lots
    order.follows = saved.follows
    order.wary = saved.wary
    if saved.standing is not None:
        rested_ns, ahead, traded, filled, given, beyond = saved.standing
        order.standing = rested_ns, ahead, -traded, filled, given, beyond
    return order


def _load_ties(state: State, saved: SavedOrder) -> None:
    """Tie an order to those that it changes and that change it."""
    order = state.orders[saved.order_id]
    if saved.linked_id is not None:
        order.linked = state.orders[saved.linked_id]
    entry = None if order.parent_id is None else state.orders.get(order.parent_id)
    if entry is not None:
        entry.exits = (*entry.exits, order)
    if order.reduce_only:
        position = order.owner.position(order.symbol)
        if order.follows:
            position.exits.append(order)
        else:
            position.let_reduce(order)


def _load_queues(state: State, saved: SavedMarket) -> None:
    book = state.markets[saved.instrument.symbol].book
    for side, queues in ((Side.BUY, saved.bids), (Side.SELL, saved.asks)):
        for price_ticks, queue in queues:
            for entry in queue:
                if entry.displayed_lots is None:
                    book.add(state.orders[entry.order_id])
                else:
                    shown = DisplayedOrder(entry.order_id, side, price_ticks, entry.displayed_lots)
                    book.add(shown)


def _load_waiting(state: State, saved: SavedMarket) -> None:
    symbol = saved.instrument.symbol
    market = state.markets[symbol]
    for order in state.orders.values():
        if order.symbol == symbol and order.stage is WAITING:
            market.triggers.add(order)
    market.firing.extend(
        (state.orders[order_id], source, price) for order_id, source, price in saved.firing
    )
    if market.firing:
        state.restless[symbol] = market


def _load_timetable(state: State) -> None:
    state.expiries = sorted(
        (order.expires_ns, order.order_id)
        for order in state.orders.values()
        if order.expires_ns is not None
    )
    resumes = [
        market.halt.until_ns
        for market in state.markets.values()
        if market.halt is not None and market.halt.until_ns is not None
    ]
    state.arrivals = sorted(
        (sent.arrives_ns, sent.sent_id, account.name)
        for account in state.accounts.values()
        for sent in account.line
    )
    expiries = [expires_ns for expires_ns, _ in state.expiries[:1]]
    state.due_ns = min((*expiries, *resumes, next_arrival_ns(state)))
    for market in state.markets.values():
        timetable.arm(state, market)
