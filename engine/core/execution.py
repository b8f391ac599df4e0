"""What a match does: money, positions, holds and events; the resting side first."""

from engine.core import margined_fill
from engine.core.accounts import closed_lots
from engine.core.accounts.ledger import LedgerAccount
from engine.core.accounts.position import Position
from engine.core.book import BookOrder, Fill
from engine.core.commands import BUY, Side
from engine.core.events import (
    FILLED,
    MAKER,
    TAKER,
    FeeTierReached,
    Liquidity,
    OrderFilled,
    OrderRefilled,
    PositionChanged,
    Traded,
)
from engine.core.market import LAST, Market
from engine.core.orders.ending import finish, rehold
from engine.core.orders.linking import follow_fill
from engine.core.orders.order import Order
from engine.core.orders.reducing import cut_all
from engine.core.perps.marking import note_spent
from engine.core.state import State


def execute(state: State, market: Market, incoming: BookOrder, fills: list[Fill]) -> None:
    """Settle the fills of an incoming order, which is reduced by each of them.

    The hold of a resting order follows each fill; that of the incoming order is its caller's to
    settle, when it rests or ends.
    """
    for resting, lots in fills:
        incoming.open_lots -= lots
        _settle(state, market, resting, incoming, lots)
        if resting.displayed:
            market.mirror.note_taken(resting, lots, state.now_ns)
        elif resting.open_lots == 0 and isinstance(resting, Order):
            _used_up(state, market, resting)


def _used_up(state: State, market: Market, order: Order) -> None:
    """What a resting order showed is gone: it shows more, or is done."""
    mirror = market.mirror
    if mirror.falls or mirror.kept:
        mirror.left(market.book.side(order.side), order)
    if order.hidden_lots:
        _refill(state, market, order)
    elif order.order_id in state.orders:
        order.fee_book.quoting.left(state.now_ns, order.side)
        finish(state, order, FILLED)


def _refill(state: State, market: Market, order: Order) -> None:
    """Show the next slice of an iceberg, at the back of its queue."""
    assert order.display_lots is not None, "only an iceberg hides something"
    order.open_lots = min(order.display_lots, order.hidden_lots)
    order.hidden_lots -= order.open_lots
    shown = order.open_lots
    level = market.book.add(order)
    order.standing = state.now_ns, level.lots - shown, level.traded, order.filled_lots, 0, 0
    state.events.append(
        OrderRefilled(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=order.owner.name,
            symbol=order.symbol,
            shown_lots=order.open_lots,
            hidden_lots=order.hidden_lots,
        )
    )


def _settle(
    state: State, market: Market, resting: BookOrder, incoming: BookOrder, lots: int
) -> None:
    price_ticks = resting.price_ticks
    if market.inverse:
        value = market.scale.notional_quanta(price_ticks, lots)
    else:
        value = price_ticks * lots * market.scale.notional_quanta_per_tick_lot
    trade_id = state.next_trade_id
    state.next_trade_id = trade_id + 1
    market.last_ticks = price_ticks
    market.last_side = incoming.side
    if market.watched or market.triggers.orders:
        state.note_move(market, LAST, price_ticks)
    state.events.append(
        Traded(
            seq=state.seq,
            ts_ns=state.now_ns,
            trade_id=trade_id,
            symbol=market.instrument.symbol,
            price_ticks=price_ticks,
            lots=lots,
            aggressor=incoming.side,
            resting_order_id=resting.order_id,
            incoming_order_id=incoming.order_id,
        )
    )
    if market.spot:
        _exchange_assets(state, market, resting, incoming, lots, value)
    if isinstance(resting, Order):
        _fill(state, market, resting, trade_id, price_ticks, lots, value, MAKER)
    elif not market.spot:
        _fill_shown(state, market, resting, lots, value)
    if isinstance(incoming, Order):
        _fill(state, market, incoming, trade_id, price_ticks, lots, value, TAKER)
    elif not market.spot:
        _fill_shown(state, market, incoming, lots, value)


def _exchange_assets(
    state: State, market: Market, resting: BookOrder, incoming: BookOrder, lots: int, value: int
) -> None:
    """Spot: the buyer's money against the seller's asset; clearing stands in on margin."""
    buyer, seller = (resting, incoming) if resting.side is BUY else (incoming, resting)
    buyer_cash, buyer_asset = _purse(market, buyer)
    seller_cash, seller_asset = _purse(market, seller)
    transfer = state.ledger.transfer
    transfer(buyer_cash, seller_cash, value)
    transfer(seller_asset, buyer_asset, lots * market.scale.base_quanta_per_lot)


def _purse(market: Market, order: BookOrder) -> tuple[LedgerAccount, LedgerAccount]:
    if isinstance(order, Order):
        if order.margined:
            return market.clearing, market.clearing_asset
        return order.cash, order.asset
    return market.shown_cash, market.shown_asset


def _fill(
    state: State,
    market: Market,
    order: Order,
    trade_id: int,
    price_ticks: int,
    lots: int,
    value: int,
    liquidity: Liquidity,
) -> None:
    """One side's share of a trade: position, profit, fee, hold, and the events that say so."""
    owner, symbol, side = order.owner, order.symbol, order.side
    now_ns, tariff = state.now_ns, market.tariff
    position = owner.positions.get(symbol) or owner.position(symbol)
    before = position.lots, position.cost_quanta
    if order.margined or side is BUY or lots <= position.lots:
        realised = _enter_position(market, position, side, lots, value, now_ns, trade_id)
    else:
        realised = _sell_owned(position, lots, value)
    notional = lots * market.scale.base_quanta_per_lot if market.inverse else value
    fee, tier_changed = order.fee_book.charge(tariff, now_ns, liquidity, value, notional)
    position.fees_quanta += fee
    if order.closing_lots:
        closed = min(order.closing_lots, lots)
        order.closing_lots -= closed
        position.closing_lots -= closed
    if order.margined:
        margined_fill.pay(
            state, market, order, position, realised=realised, fee=fee, before=before, lots=lots
        )
    if tariff.shares:
        _share_fee(state, market, order, fee)
    else:
        state.ledger.transfer(order.cash, market.fees, fee)
    if order.margined:
        margined_fill.follow(state, market, order, position, before[0])
    if not order.margined or position.isolated is not None:
        note_spent(state, owner, order.holding.currency)
    if liquidity is MAKER and (order.open_lots or order.hidden_lots):
        rehold(market, order)
    state.events.append(_filled(state, order, trade_id, price_ticks, lots, liquidity, fee))
    if position.taken:
        closed_lots.tell(state, owner.name, symbol, position, realised)
    state.events.append(
        PositionChanged(
            seq=state.seq,
            ts_ns=now_ns,
            account=owner.name,
            symbol=symbol,
            lots=position.lots,
            cost_quanta=position.cost_quanta,
            realised_quanta=realised,
        )
    )
    if tier_changed:
        _say_tier(state, market, order)
    if order.wary or position.reducing or position.exits or order.command.exits is not None:
        _change_others(state, market, order, position, lots)


def _filled(
    state: State,
    order: Order,
    trade_id: int,
    price_ticks: int,
    lots: int,
    liquidity: Liquidity,
    fee: int,
) -> OrderFilled:
    return OrderFilled(
        seq=state.seq,
        ts_ns=state.now_ns,
        trade_id=trade_id,
        order_id=order.order_id,
        account=order.owner.name,
        symbol=order.symbol,
        side=order.side,
        price_ticks=price_ticks,
        lots=lots,
        open_lots=order.open_lots + order.hidden_lots,
        liquidity=liquidity,
        fee_quanta=fee,
    )


def _change_others(
    state: State, market: Market, order: Order, position: Position, lots: int
) -> None:
    """What a fill means for other orders of its owner: some follow at once, exits in their turn."""
    if order.linked is not None:
        follow_fill(state, order, lots)
    if position.reducing and not position.reducing_fits():
        cut_all(state, position)
    if position.exits:
        state.exposed.append((order.owner, market))
    if order.command.exits is not None:
        state.grown.append(order)


def _share_fee(state: State, market: Market, order: Order, fee: int) -> None:
    """Pay a fee of which the insurance fund gets a part."""
    share = market.tariff.insurance_quanta(fee)
    state.ledger.transfer(order.cash, market.fees, fee - share)
    state.ledger.transfer(order.cash, market.insurance, share)


def _say_tier(state: State, market: Market, order: Order) -> None:
    fee_book = order.fee_book
    assert fee_book.tier is not None, "a fill was charged"
    tier = market.tariff.schedule.tiers[fee_book.tier]
    state.events.append(
        FeeTierReached(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=order.owner.name,
            symbol=order.symbol,
            tier=fee_book.tier,
            volume_quanta=fee_book.volume.at(state.now_ns),
            maker_ppm=tier.maker_ppm,
            taker_ppm=tier.taker_ppm,
        )
    )


def _enter_position(
    market: Market,
    position: Position,
    side: Side,
    lots: int,
    value: int,
    now_ns: int,
    trade_id: int,
) -> int:
    """Add a fill to a position."""
    if market.inverse:
        value = -value
    if side is BUY:
        return position.fill(lots, value, now_ns, trade_id)
    return position.fill(-lots, -value, now_ns, trade_id)


def _sell_owned(position: Position, lots: int, value: int) -> int:
    """Sell more than was bought here: that is never short, so the rest is no position of it."""
    held = position.lots
    return position.fill(-held, -(value * held // lots)) if held else 0


def _fill_shown(state: State, market: Market, order: BookOrder, lots: int, value: int) -> None:
    """The market participant's share: a position that balances ours, no fee, no events."""
    position = market.shown_position
    realised = _enter_position(market, position, order.side, lots, value, state.now_ns, 0)
    state.ledger.transfer(market.clearing, market.shown_cash, realised)
