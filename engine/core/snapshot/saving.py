"""From the live state to what a snapshot holds."""

from engine.core.accounts import Account, Position
from engine.core.book import BookSide
from engine.core.market import Market
from engine.core.mirror.falls import Fall
from engine.core.mirror.mirror import Mirror
from engine.core.orders.order import Order, Standing
from engine.core.snapshot.saved import (
    SavedAccount,
    SavedFall,
    SavedMarket,
    SavedMirror,
    SavedOrder,
    SavedPosition,
    SavedQueueEntry,
    SavedState,
)
from engine.core.state import State


def save(state: State) -> SavedState:
    """Everything that the exchange remembers between commands."""
    breaker = state.market_breaker
    return SavedState(
        seq=state.seq,
        now_ns=state.now_ns,
        next_order_id=state.next_order_id,
        next_sent_id=state.next_sent_id,
        next_shown_id=state.next_shown_id,
        next_trade_id=state.next_trade_id,
        groups=list(state.groups),
        market_breaker=(
            None
            if breaker is None
            else (breaker.symbol, breaker.reference_ticks, breaker.levels, breaker.reached)
        ),
        markets=[_save_market(state, market) for market in state.markets.values()],
        balances=[
            (entry.owner, entry.currency, entry.balance_quanta, entry.held_quanta)
            for entry in state.ledger.accounts.values()
        ],
        accounts=[_save_account(account) for account in state.accounts.values()],
        fund=_save_account(state.fund),
        orders=[_save_order(order) for order in state.orders.values()],
        currencies=list(state.currencies.values()),
        returned=state.returned,
    )


def _save_market(state: State, market: Market) -> SavedMarket:
    return SavedMarket(
        instrument=market.instrument,
        bids=_save_side(market.book.bids),
        asks=_save_side(market.book.asks),
        last_ticks=market.last_ticks,
        last_side=market.last_side,
        mark_ticks=market.mark_ticks,
        index_ticks=market.index_ticks,
        halt=market.halt,
        sessions=market.hours.sessions,
        lows=list(market.window.lows),
        highs=list(market.window.highs),
        firing=[
            (order.order_id, source, price)
            for order, source, price in market.firing
            if order.order_id in state.orders
        ],
        schedule=market.tariff.schedule,
        shown_position=_save_position(market.shown_position),
        mirror=_save_mirror(market.mirror),
        oracle=market.oracle,
        funding=market.funding,
    )


def _save_mirror(mirror: Mirror) -> SavedMirror:
    return SavedMirror(
        state=mirror.state,
        queue_model=mirror.queue_model,
        taken_hold_ns=mirror.taken_hold_ns,
        taken=[(*place, taken.lots, taken.until_ns) for place, taken in mirror.taken.items()],
        depth_ns=mirror.depth_ns,
        unreported=[
            (*place, entry.stated_lots, entry.prints) for place, entry in mirror.unreported.items()
        ],
        falls=[
            (*place, [_save_fall(fall) for fall in falls]) for place, falls in mirror.falls.items()
        ],
        kept=[
            (*place, list(queue.ahead.items()), queue.behind)
            for place, queue in mirror.kept.items()
        ],
    )


def _save_fall(fall: Fall) -> SavedFall:
    return SavedFall(fall.venue_ns, fall.lots, list(fall.losses.items()), fall.heir)


def _save_side(side: BookSide) -> list[tuple[int, list[SavedQueueEntry]]]:
    return [
        (
            rank * side.sign,
            [
                SavedQueueEntry(order.order_id, order.open_lots if order.displayed else None)
                for order in side.levels[rank]
            ],
        )
        for rank in side.ranks
    ]


def _save_position(position: Position) -> SavedPosition:
    return SavedPosition(
        mode=position.mode,
        leverage=position.leverage,
        lots=position.lots,
        cost_quanta=position.cost_quanta,
        tranches=list(position.tranches),
        realised_quanta=position.realised_quanta,
        fees_quanta=position.fees_quanta,
        funding_quanta=position.funding_quanta,
        margin_quanta=position.margin_quanta,
        buy_hold_quanta=position.buy_hold_quanta,
        sell_hold_quanta=position.sell_hold_quanta,
        held_quanta=position.held_quanta,
        unrealised_quanta=position.unrealised_quanta,
        maintenance_quanta=position.maintenance_quanta,
        warned_pct=position.warned_pct,
        opened_ns=position.opened_ns,
        largest_lots=position.largest_lots,
        best_quanta=position.best_quanta,
        worst_quanta=position.worst_quanta,
        closing_lots=position.closing_lots,
    )


def _save_account(account: Account) -> SavedAccount:
    return SavedAccount(
        name=account.name,
        group=account.group,
        killed=account.killed,
        client_ids=account.client_ids,
        volumes=[(*key, volume.saved()) for key, volume in account.volumes.items()],
        fee_books={
            symbol: (book.tier, book.quoting.saved())
            for symbol, (_, _, book) in account.purses.items()
        },
        archived=account.archived,
        profile=account.profile,
        limits=account.limits,
        placed=list(account.placed),
        deposited=[(*key, quanta) for key, quanta in account.deposited.items()],
        pools=[(currency, pool.warned_pct) for currency, pool in account.pools.items()],
        positions={s: _save_position(p) for s, p in account.positions.items()},
        order_ids=list(account.orders),
        line=list(account.line),
    )


def _save_order(order: Order) -> SavedOrder:
    return SavedOrder(
        order_id=order.order_id,
        command=order.command,
        price_ticks=order.price_ticks,
        lots=order.lots,
        open_lots=order.open_lots,
        hidden_lots=order.hidden_lots,
        display_lots=order.display_lots,
        accepted_ns=order.accepted_ns,
        expires_ns=order.expires_ns,
        hold_quanta=order.hold_quanta,
        hold_ticks=order.hold_ticks,
        closing_lots=order.closing_lots,
        stage=order.stage,
        source=order.source,
        trigger_ticks=order.trigger_ticks,
        best_ticks=order.best_ticks,
        linked_id=order.linked_id,
        parent_id=order.parent_id,
        protected_lots=order.protected_lots,
        follows=order.follows,
        wary=order.wary,
        standing=_save_standing(order),
    )


def _save_standing(order: Order) -> Standing | None:
    level = order.level
    if level is None:
        return None
    rested_ns, ahead, traded, filled, given, beyond = order.standing
    return rested_ns, ahead, level.traded - traded, filled, given, beyond
