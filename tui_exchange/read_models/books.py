"""Quote and ladder of an instrument, read from the exchange when a pane asks."""

from engine.core.commands import Side
from engine.core.exchange import Exchange
from tui_exchange.read_models.tape import Tape
from tui_exchange.read_models.valuation import break_even_ticks, entry_ticks
from tui_exchange.views import (
    FeedState,
    LadderRow,
    LadderView,
    MarketView,
    OwnOrderAtPrice,
    QuoteView,
)

LADDER_ROWS_MAX = 500
_SIDES = (Side.BUY, Side.SELL)


def quote_view(exchange: Exchange, symbol: str, tape: Tape, feed: FeedState) -> QuoteView:
    """The touch and the last trade."""
    bid, ask = exchange.best_bid(symbol), exchange.best_ask(symbol)
    last = exchange.last_trade(symbol)
    return QuoteView(
        symbol=symbol,
        bid_ticks=None if bid is None else bid[0],
        bid_lots=0 if bid is None else bid[1],
        ask_ticks=None if ask is None else ask[0],
        ask_lots=0 if ask is None else ask[1],
        last_ticks=None if last is None else last[0],
        last_side=None if last is None else last[1],
        open_ticks=tape.open_ticks,
        volume_lots=tape.volume_lots,
        feed=feed,
    )


def market_view(exchange: Exchange, symbol: str) -> MarketView:
    """Whether it can be traded now, and when again."""
    halt = exchange.halt(symbol)
    return MarketView(
        symbol=symbol,
        halt=None if halt is None else halt.cause,
        resumes_ns=None if halt is None else halt.until_ns,
        is_open=exchange.is_open(symbol),
        opens_ns=exchange.opens_ns(symbol),
    )


class LadderWindow:
    """A window of the book: `rows` groups of `group_ticks`, highest first.

    A group begins at a multiple of `group_ticks`; the first row is the one that holds `top_ticks`.
    """

    def __init__(self, top_ticks: int, rows: int, group_ticks: int) -> None:
        self.group_ticks = max(1, group_ticks)
        self.rows = max(0, min(rows, LADDER_ROWS_MAX))
        self.top_ticks = top_ticks // self.group_ticks * self.group_ticks

    @property
    def end_ticks(self) -> int:
        """One tick above the window's highest price."""
        return self.top_ticks + self.group_ticks

    @property
    def low_ticks(self) -> int:
        """The lowest price of the window."""
        return self.end_ticks - self.rows * self.group_ticks

    def row_of(self, price_ticks: int) -> int | None:
        """The row that holds a price, counted from the top; None outside."""
        if not self.low_ticks <= price_ticks < self.end_ticks:
            return None
        return (self.end_ticks - 1 - price_ticks) // self.group_ticks

    def prices(self) -> list[int]:
        """The lowest price of each row, highest first."""
        return [self.top_ticks - row * self.group_ticks for row in range(self.rows)]


def ladder_view(
    exchange: Exchange, account: str, symbol: str, window: LadderWindow, tape: Tape, feed: FeedState
) -> LadderView:
    """The window with depth, own orders, what traded there, and the position's prices."""
    depth = {side: _depth_by_row(exchange, symbol, side, window) for side in _SIDES}
    own = _own_by_row(exchange, account, symbol, window)
    sold, bought = _by_row(tape.sold, window), _by_row(tape.bought, window)
    rows = []
    for row, price_ticks in enumerate(window.prices()):
        bid_lots, bid_orders = depth[Side.BUY].get(row, (0, 0))
        ask_lots, ask_orders = depth[Side.SELL].get(row, (0, 0))
        rows.append(
            LadderRow(
                price_ticks=price_ticks,
                bid_lots=bid_lots,
                bid_orders=bid_orders,
                ask_lots=ask_lots,
                ask_orders=ask_orders,
                sold_lots=sold.get(row, 0),
                bought_lots=bought.get(row, 0),
                own=tuple(own.get(row, ())),
            )
        )
    return _with_position(exchange, account, symbol, tuple(rows), feed)


def _with_position(
    exchange: Exchange, account: str, symbol: str, rows: tuple[LadderRow, ...], feed: FeedState
) -> LadderView:
    bid, ask = exchange.best_bid(symbol), exchange.best_ask(symbol)
    last = exchange.last_trade(symbol)
    position = exchange.position(account, symbol)
    lots = 0 if position is None else position.lots
    cost_quanta = 0 if position is None else position.cost_quanta
    scale = exchange.scale(symbol)
    return LadderView(
        symbol=symbol,
        rows=rows,
        bid_ticks=None if bid is None else bid[0],
        ask_ticks=None if ask is None else ask[0],
        last_ticks=None if last is None else last[0],
        position_lots=lots,
        entry_ticks=entry_ticks(scale, lots, cost_quanta),
        break_even_ticks=break_even_ticks(scale, exchange.instrument(symbol), lots, cost_quanta),
        liquidation_ticks=exchange.liquidation_ticks(account, symbol),
        feed=feed,
        market=market_view(exchange, symbol),
    )


def _depth_by_row(
    exchange: Exchange, symbol: str, side: Side, window: LadderWindow
) -> dict[int, tuple[int, int]]:
    """(lots, orders) by row: price by price in a fine window, level by level in a coarse one."""
    found: dict[int, tuple[int, int]] = {}
    if window.group_ticks == 1:
        for row, price_ticks in enumerate(window.prices()):
            level = exchange.level(symbol, side, price_ticks)
            if level[1]:
                found[row] = level
        return found
    best = exchange.best_bid(symbol) if side is Side.BUY else exchange.best_ask(symbol)
    if best is None:
        return found
    far = best[0] - window.low_ticks if side is Side.BUY else window.end_ticks - best[0]
    for price_ticks, lots, orders in exchange.depth(symbol, side, max(0, far) + 1):
        at = window.row_of(price_ticks)
        if at is not None:
            before = found.get(at, (0, 0))
            found[at] = (before[0] + lots, before[1] + orders)
    return found


def _own_by_row(
    exchange: Exchange, account: str, symbol: str, window: LadderWindow
) -> dict[int, list[OwnOrderAtPrice]]:
    """Own orders by row: those in the book at their limit, those that wait at their trigger."""
    found: dict[int, list[OwnOrderAtPrice]] = {}
    for order in exchange.open_orders(account, symbol):
        stands_ticks = order.trigger_ticks if order.waiting else order.price_ticks
        row = None if stands_ticks is None else window.row_of(stands_ticks)
        if row is not None:
            own = OwnOrderAtPrice(
                order_id=order.order_id,
                side=order.side,
                open_lots=order.unfilled_lots,
                ahead_lots=0 if order.waiting else exchange.queue_ahead(order.order_id),
                order_type=order.order_type,
                waits=order.waiting,
                attached=order.follows,
            )
            found.setdefault(row, []).append(own)
    return found


def _by_row(by_price: dict[int, int], window: LadderWindow) -> dict[int, int]:
    """Quantities by row; walks whichever is shorter, the prices of the window or those known."""
    found: dict[int, int] = {}
    span = window.end_ticks - window.low_ticks
    prices = range(window.low_ticks, window.end_ticks) if span < len(by_price) else by_price
    for price_ticks in prices:
        lots = by_price.get(price_ticks)
        row = window.row_of(price_ticks) if lots else None
        if row is not None and lots:
            found[row] = found.get(row, 0) + lots
    return found
