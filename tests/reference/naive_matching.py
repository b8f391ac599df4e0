"""One order against the book: what it would find, what it meets, what each trade does."""

from engine.core import events as e
from engine.core.commands import OrderType, SelfTrade, Side, TriggerSource
from engine.core.events import EndCause, Liquidity, ResizeCause
from engine.core.instruments import Instrument
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end, follow_fill, resize
from tests.reference.naive_margin import notional, worth
from tests.reference.naive_money import share
from tests.reference.naive_queue import note_printed, note_traded
from tests.reference.naive_reach import own
from tests.reference.naive_settling import settle_fill
from tests.reference.naive_state import NaiveState, PriceChange


def market_limit(x: NaiveState, order: NaiveOrder) -> int | None:
    """How far an order at market may walk: its protection or the band, whichever is nearer."""
    facing = x.book.side(order.symbol, order.side.opposite)
    limits = []
    ppm, band = order.sent.protection_ppm, x.band(order.symbol)
    buys = order.side is Side.BUY
    if ppm is not None and facing:
        touch = facing[0].price
        up, down = touch * (1_000_000 + ppm), touch * (1_000_000 - ppm)
        limits.append(up // 1_000_000 if buys else -(-down // 1_000_000))
    if band is not None:
        limits.append(band[1] if buys else band[0])
    if not limits:
        return None
    return min(limits) if buys else max(limits)


def match(x: NaiveState, incoming: NaiveOrder, limit: int | None, most: int | None = None) -> bool:
    """Trade with everything in reach, best first; whether the incoming order is still alive.

    `most` is how much of it may trade at all; None for everything.
    """
    wanted = incoming.open if most is None else most
    while wanted:
        facing = x.book.facing(incoming.symbol, incoming.side, limit)
        if not facing:
            break
        if own(x, facing[0], incoming):
            before = incoming.open
            if not prevent(x, facing[0], incoming, wanted):
                return False
            wanted -= before - incoming.open
            continue
        part = min(facing[0].shown, wanted)
        wanted -= part
        trade(x, facing[0], incoming, part)
    return True


def prevent(x: NaiveState, resting: NaiveOrder, incoming: NaiveOrder, wanted: int) -> bool:
    """Two orders of one group met; whether the incoming one, which wants so much, goes on."""
    mode = incoming.sent.self_trade
    lots = min(resting.open, wanted)
    x.say(
        e.SelfTradePrevented,
        symbol=resting.symbol,
        mode=mode,
        resting_order_id=resting.order_id,
        incoming_order_id=incoming.order_id,
        price_ticks=resting.price,
        lots=lots,
    )
    if mode is SelfTrade.DECREMENT_BOTH:
        _decrement(x, resting, lots)
        return _decrement(x, incoming, lots)
    resting_goes = mode in (SelfTrade.CANCEL_RESTING, SelfTrade.CANCEL_BOTH)
    incoming_goes = mode in (SelfTrade.CANCEL_INCOMING, SelfTrade.CANCEL_BOTH)
    if mode is SelfTrade.CANCEL_SMALLEST:
        resting_goes = resting.open <= wanted
        incoming_goes = not resting_goes
    if resting_goes:
        end(x, resting, EndCause.SELF_TRADE)
    if incoming_goes:
        end(x, incoming, EndCause.SELF_TRADE)
    return not incoming_goes


def _decrement(x: NaiveState, order: NaiveOrder, lots: int) -> bool:
    """Whether anything of the order is left."""
    if order.open == lots:
        end(x, order, EndCause.SELF_TRADE)
        return False
    order.lose(lots)
    resize(x, order, ResizeCause.SELF_TRADE)
    return True


def trade(x: NaiveState, resting: NaiveOrder, incoming: NaiveOrder, lots: int) -> None:
    """One execution at the resting order's price."""
    price, symbol = resting.price, resting.symbol
    note_traded(x, resting, lots)
    if not (incoming.displayed and incoming.command and incoming.price == price):
        note_printed(x, symbol, price, lots)
    x.book.take(resting, lots)
    incoming.open -= lots
    note_last(x, symbol, price, incoming.side)
    trade_id = x.next_trade
    x.next_trade += 1
    x.say(
        e.Traded,
        trade_id=trade_id,
        symbol=symbol,
        price_ticks=price,
        lots=lots,
        aggressor=incoming.side,
        resting_order_id=resting.order_id,
        incoming_order_id=incoming.order_id,
    )
    _fill(x, resting, trade_id, price, lots, Liquidity.MAKER)
    _fill(x, incoming, trade_id, price, lots, Liquidity.TAKER)
    for order in (resting, incoming):
        if order.displayed and order.command is None:
            x.mirrors[symbol].note_taken((order.side, order.price), lots, x.now_ns)
    if resting.displayed:
        return
    if resting.open == 0:
        end(x, resting, EndCause.FILLED)
    elif resting.display is not None and resting.slice == 0:
        _refill(x, resting)


def note_last(x: NaiveState, symbol: str, price: int, side: Side) -> None:
    x.last[symbol] = (price, side)
    unset = [s for s in (TriggerSource.MARK, TriggerSource.INDEX) if (symbol, s) not in x.stated]
    sources = [TriggerSource.LAST, *unset]
    x.prices.append(PriceChange(symbol, sources, price, traded=True, next_id=x.next_id))


def _refill(x: NaiveState, order: NaiveOrder) -> None:
    order.show_slice()
    x.book.remove(order)
    x.book.rest(order, x.now_ns)
    x.say(
        e.OrderRefilled,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        shown_lots=order.slice,
        hidden_lots=order.open - order.slice,
    )


def _fill(
    x: NaiveState, order: NaiveOrder, trade_id: int, price: int, lots: int, liquidity: Liquidity
) -> None:
    terms = x.instruments[order.symbol]
    value = worth(terms, price, lots)
    sign = 1 if order.side is Side.BUY else -1
    free = order.displayed or order.by_exchange
    rate = 0 if free else x.fees.rate_ppm(order.account, terms, liquidity, x.now_ns)
    fee = share(value, rate)
    realised = settle_fill(x, order.account, order.symbol, sign * lots, value, fee, trade_id)
    closed = min(order.closing, lots)
    if order.displayed:
        return
    order.closing -= closed
    if order.closing or x.counted(order.account, order.symbol):
        x.shrunk.append((order.account, order.symbol))
    x.say(
        e.OrderFilled,
        trade_id=trade_id,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        side=order.side,
        price_ticks=price,
        lots=lots,
        open_lots=order.open,
        liquidity=liquidity,
        fee_quanta=fee,
    )
    _say_position(x, order, realised)
    _climb(x, order, terms, notional(terms, lots, value))
    x.changed.append((order.account, order.symbol))
    if order.sent.exits is not None and order not in x.grown:
        x.grown.append(order)
    follow_fill(x, order, lots)


def _say_position(x: NaiveState, order: NaiveOrder, realised: int) -> None:
    position = x.money.position(order.account, order.symbol)
    assert position is not None
    x.say(
        e.PositionChanged,
        account=order.account,
        symbol=order.symbol,
        lots=position.lots,
        cost_quanta=position.cost,
        realised_quanta=realised,
    )


def _climb(x: NaiveState, order: NaiveOrder, terms: Instrument, value: int) -> None:
    """The fill's notional may bring another fee tier, unless the exchange filled it for nothing."""
    if order.by_exchange:
        return
    key = order.account, order.symbol
    charged = x.fees.tier(order.account, terms, x.now_ns)
    before = x.fees.last_tier.get(key, charged)
    x.fees.add(order.account, terms, value, x.now_ns)
    tier = x.fees.last_tier[key] = x.fees.tier(order.account, terms, x.now_ns)
    if tier != before:
        rates = x.fees.tiers(terms)[tier]
        x.say(
            e.FeeTierReached,
            account=order.account,
            symbol=order.symbol,
            tier=tier,
            volume_quanta=x.fees.volume(order.account, terms, x.now_ns),
            maker_ppm=rates.maker_ppm,
            taker_ppm=rates.taker_ppm,
        )


def at_market(order: NaiveOrder) -> bool:
    """Whether an order, once it trades, has no limit of its own."""
    return order.sent.order_type in (
        OrderType.MARKET,
        OrderType.STOP,
        OrderType.TAKE_PROFIT,
        OrderType.TRAILING_STOP,
    )
