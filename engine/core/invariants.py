"""What must hold after every command. A violation is our bug and names the command to replay."""

from collections.abc import Collection

from engine.core.accounts import Account
from engine.core.accounts.holds import worse_side
from engine.core.book import BookSide, DisplayedOrder, Level
from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.market import Market
from engine.core.mirror import soundness
from engine.core.orders.order import FIRED, WAITING, WORKING, Order
from engine.core.perps import soundness as periodic_soundness
from engine.core.perps.holders import holders, margined
from engine.core.perps.marking import assess
from engine.core.portfolios import soundness as portfolio_soundness
from engine.core.state import State


class InvariantError(AssertionError):
    """The exchange is in a state that must not exist."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"after command {seq}: {what}")
        self.seq = seq
        self.what = what


def check(exchange: Exchange, symbols: Collection[str] | None = None) -> None:
    """Check everything; costs time linear in the state.

    Args:
        symbols: The instruments whose books are looked at; None for all. What a venue says of one
            instrument changes the book of no other.

    Raises:
        InvariantError: Names the sequence number and what broke.
    """
    state = exchange.state
    rules = (
        _ledger_balances,
        _holds_agree,
        _margin_agrees,
        _orders_are_somewhere,
        _accounts_agree,
        _lines_agree,
        portfolio_soundness.problems,
        periodic_soundness.timer_problems,
    )
    for rule in rules:
        for problem in rule(state):
            raise InvariantError(state.seq, problem)
    for symbol, market in state.markets.items():
        if symbols is not None and symbol not in symbols:
            continue
        for problem in (
            *_book_is_sound(market),
            *_longs_equal_shorts(state, market),
            *soundness.problems(market),
            *periodic_soundness.problems(state, market),
        ):
            raise InvariantError(state.seq, problem)


def _ledger_balances(state: State) -> list[str]:
    return [
        f"the ledger holds {total} quanta of {currency} too many"
        for currency, total in state.ledger.totals().items()
        if total
    ]


def _holds_agree(state: State) -> list[str]:
    """What is held on an account is the sum of its orders' holds and its positions' margins."""
    expected: dict[tuple[str, str], int] = {}
    for order in state.orders.values():
        if not order.margined:
            key = (order.holding.owner, order.holding.currency)
            expected[key] = expected.get(key, 0) + order.hold_quanta
    for account in state.accounts.values():
        for symbol, position in account.positions.items():
            key = (account.name, state.markets[symbol].instrument.settlement)
            expected[key] = expected.get(key, 0) + position.held_quanta
    return [
        f"{owner} holds {entry.held_quanta} {currency} quanta, its orders and positions account"
        f" for {expected.get((owner, currency), 0)}"
        for (owner, currency), entry in state.ledger.accounts.items()
        if entry.held_quanta != expected.get((owner, currency), 0)
    ]


def _orders_are_somewhere(state: State) -> list[str]:
    """A live order rests, waits, or was reached and has not fired: exactly one of them."""
    problems = []
    fired = {
        order.order_id
        for market in state.markets.values()
        for order, _, _ in market.firing
        if order.order_id in state.orders
    }
    for order in state.orders.values():
        places = (
            order.level is not None,
            order.order_id in state.markets[order.symbol].triggers.orders,
            order.order_id in fired,
        )
        stages = (order.stage is WORKING, order.stage is WAITING, order.stage is FIRED)
        if places != stages:
            problems.append(f"order {order.order_id} is {order.stage.value} and elsewhere")
        if not 0 < order.open_lots <= order.unfilled_lots <= order.lots:
            problems.append(f"order {order.order_id} is alive and has nothing open")
        problems += _ties_are_sound(state, order)
    return problems


def _ties_are_sound(state: State, order: Order) -> list[str]:
    problems = []
    other = order.linked
    if other is not None and (other.linked is not order or other.order_id not in state.orders):
        problems.append(f"order {order.order_id} is linked to one that is not linked to it")
    if order.waiting and order.hold_quanta:
        problems.append(f"order {order.order_id} holds money while it waits")
    if order.reduce_only and not order.follows:
        position = order.owner.position(order.symbol)
        if order.unfilled_lots > position.closable(order.side):
            problems.append(f"order {order.order_id} could do more than reduce its position")
        if position.reducing.get(order.order_id) is not order:
            problems.append(f"order {order.order_id} is not cut with its position")
    return problems


def _accounts_agree(state: State) -> list[str]:
    """Accounts and the order index name the same orders, positions the same closing lots."""
    problems = []
    indexed = sorted(id_ for account in state.accounts.values() for id_ in account.orders)
    if indexed != sorted(state.orders):
        problems.append("the accounts' orders differ from the order index")
    for account in state.accounts.values():
        problems += _closing_agrees(account)
    return problems


def _lines_agree(state: State) -> list[str]:
    """What is on its way is scheduled, and nothing of an account overtakes what it sent before."""
    problems = []
    lines = sorted(
        (sent.arrives_ns, sent.sent_id, account.name)
        for account in state.accounts.values()
        for sent in account.line
    )
    if lines != sorted(state.arrivals):
        problems.append("the commands on their way differ from those that will arrive")
    for account in state.accounts.values():
        order = [(sent.arrives_ns, sent.sent_id) for sent in account.line]
        if order != sorted(order):
            problems.append(f"a command of {account.name} overtakes another")
    if lines and (lines[0][0] <= state.now_ns or state.due_ns > lines[0][0]):
        problems.append("a command is late")
    return problems


def _closing_agrees(account: Account) -> list[str]:
    closing: dict[str, int] = {}
    for order in account.orders.values():
        closing[order.symbol] = closing.get(order.symbol, 0) + order.closing_lots
    problems = [
        f"{account.name} counts {position.closing_lots} lots of {symbol} as closing,"
        f" its orders {closing.get(symbol, 0)}"
        for symbol, position in account.positions.items()
        if position.closing_lots != closing.get(symbol, 0)
    ]
    problems += [
        f"{account.name} closes more of {symbol} than there is"
        for symbol, position in account.positions.items()
        if position.closing_lots > abs(position.lots)
    ]
    return problems


def _book_is_sound(market: Market) -> list[str]:
    book = market.book
    problems = [*_side_is_sound(book.bids), *_side_is_sound(book.asks)]
    bid, ask = book.bids.best_ticks(), book.asks.best_ticks()
    if bid is not None and ask is not None and bid >= ask:
        problems.append(f"{market.instrument.symbol} is crossed: bid {bid}, ask {ask}")
    return problems


def _side_is_sound(side: BookSide) -> list[str]:
    problems = []
    if side.ranks != sorted(side.levels):
        problems.append(f"the {side.side.value} ranks differ from the levels")
    for level in side.levels.values():
        if not _is_one_sound_run(side, level):
            problems += _level_is_sound(side, level)
    return problems


def _is_one_sound_run(side: BookSide, level: Level) -> bool:
    """Whether a level is nothing but what a venue displays: most are, and are through at once."""
    run = level.head
    return (
        type(run) is DisplayedOrder
        and run is level.tail
        and run.after is None
        and run.level is level
        and run.side is side.side
        and 0 < run.open_lots == level.lots
        and level.orders == 1
        and run.price_ticks * side.sign == level.rank
    )


def _level_is_sound(side: BookSide, level: Level) -> list[str]:
    orders = list(level)
    problems = []
    if not orders or level.tail is not orders[-1]:
        problems.append(f"level {level.rank} has a broken queue")
    if sum(order.open_lots for order in orders) != level.lots or len(orders) != level.orders:
        problems.append(f"level {level.rank} does not add up")
    for order in orders:
        if order.level is not level or order.side is not side.side or order.open_lots <= 0:
            problems.append(f"order {order.order_id} does not belong where it rests")
        if order.price_ticks * side.sign != level.rank:
            problems.append(f"order {order.order_id} rests at another price than its own")
        if isinstance(order, Order) and order.order_id not in order.owner.orders:
            problems.append(f"order {order.order_id} rests but is not alive")
    return problems


def _longs_equal_shorts(state: State, market: Market) -> list[str]:
    """Of a derivative; of an asset, clearing holds what positions on margin are long of it."""
    symbol = market.instrument.symbol
    positions = [position for _, position in holders(state, market)]
    positions.append(market.shown_position)
    lots = sum(position.lots for position in positions)
    if market.spot:
        lots -= market.shown_position.lots
        lots -= market.clearing_asset.balance_quanta // market.scale.base_quanta_per_lot
        positions.pop()
    problems = [f"{symbol}: longs and shorts differ by {lots}"] if lots else []
    cost = sum(position.cost_quanta for position in positions)
    if market.clearing.balance_quanta + cost:
        problems.append(f"{symbol}: clearing does not match what open positions cost")
    return problems


def _margin_agrees(state: State) -> list[str]:
    """What is held, counted and needed on margin is what positions and orders account for."""
    problems = []
    for account in (*state.accounts.values(), state.fund):
        sums: dict[str, list[int]] = {}
        for symbol, position in account.positions.items():
            market = state.markets[symbol]
            if not margined(market, position):
                continue
            orders = [order for order in account.orders.values() if order.symbol == symbol]
            buys = sum(order.hold_quanta for order in orders if order.side is Side.BUY)
            sells = sum(order.hold_quanta for order in orders if order.side is Side.SELL)
            if (buys, sells) != (position.buy_hold_quanta, position.sell_hold_quanta):
                problems.append(f"{account.name}'s orders in {symbol} hold something else")
            if position.held_quanta != worse_side(position, buys, sells):
                problems.append(f"{account.name} does not hold the worse side in {symbol}")
            if position.isolated is None:
                total = sums.setdefault(market.instrument.settlement, [0, 0])
                total[0] += position.unrealised_quanta
                total[1] += position.maintenance_quanta
            if (position.unrealised_quanta, position.maintenance_quanta) != assess(
                market, position
            ):
                problems.append(f"{account.name}'s {symbol} is not valued at its mark")
            if not position.lots and position.isolated and position.isolated.balance_quanta:
                problems.append(f"{account.name} left money behind in {symbol}")
        for currency, pool in account.pools.items():
            if sums.get(currency, [0, 0]) != [pool.unrealised_quanta, pool.maintenance_quanta]:
                problems.append(f"{account.name}'s {currency} pool is not the sum of its positions")
    return problems
