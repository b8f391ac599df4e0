"""What panes, traders and tests may ask of the exchange. Nothing here changes anything."""

from engine.core.accounts import InFlight, Position
from engine.core.accounts.rates import Equity, Rate, equity, rate
from engine.core.book import Level
from engine.core.commands import (
    ConfigureCurrency,
    DepositKind,
    PlaceOrder,
    Profile,
    Side,
    TriggerSource,
)
from engine.core.fees import FeeBook, FeeStanding, TrailingSum
from engine.core.instruments import FeeSchedule, Instrument
from engine.core.margin_terms import Limits, MarginMode
from engine.core.market import Halt, Market
from engine.core.mirror.mirror import MirrorState
from engine.core.mirror.queue_position import QueuePosition, position
from engine.core.orders.foresight import order_refusal
from engine.core.orders.order import Order
from engine.core.perps import foresight, standing
from engine.core.perps.deleveraging import ranked
from engine.core.perps.foresight import PoolStanding, Stake, WhatIf
from engine.core.perps.standing import FundingStanding, OracleStanding
from engine.core.reasons import Refusal
from engine.core.state import State
from engine.core.units import Scale


class Reading:
    """Questions about one state."""

    __slots__ = ("state",)

    def __init__(self, state: State | None = None) -> None:
        self.state = State() if state is None else state

    @property
    def seq(self) -> int:
        """How many commands have been applied."""
        return self.state.seq

    @property
    def now_ns(self) -> int:
        """The time of the last command."""
        return self.state.now_ns

    def symbols(self) -> list[str]:
        """Every instrument, in the order of listing."""
        return list(self.state.markets)

    def instrument(self, symbol: str) -> Instrument:
        """The terms of an instrument; KeyError when it is not listed."""
        return self.state.markets[symbol].instrument

    def scale(self, symbol: str) -> Scale:
        """The conversions of an instrument; KeyError when it is not listed."""
        return self.state.markets[symbol].scale

    def accounts(self) -> list[str]:
        """Every trader's account, in the order of opening."""
        return list(self.state.accounts)

    def best_bid(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots) of the highest bid."""
        return _touch(self.state.markets[symbol], Side.BUY)

    def best_ask(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots) of the lowest ask."""
        return _touch(self.state.markets[symbol], Side.SELL)

    def depth(
        self, symbol: str, side: Side, levels: int | None = None
    ) -> list[tuple[int, int, int]]:
        """(price_ticks, lots, orders) of each level, best first."""
        book_side = self.state.markets[symbol].book.side(side)
        found: list[tuple[int, int, int]] = []
        for level in book_side.best_first():
            if len(found) == levels:
                break
            found.append((level.rank * book_side.sign, level.lots, level.orders))
        return found

    def level(self, symbol: str, side: Side, price_ticks: int) -> tuple[int, int]:
        """(lots, orders) at a price; (0, 0) when nobody stands there."""
        level = _level(self.state.markets[symbol], side, price_ticks)
        return (0, 0) if level is None else (level.lots, level.orders)

    def displayed(self, symbol: str, side: Side, levels: int) -> list[tuple[int, int]]:
        """(price_ticks, lots) that a mirrored venue displays, best first, at most so many."""
        found: list[tuple[int, int]] = []
        book_side = self.state.markets[symbol].book.side(side)
        for level in book_side.best_first():
            if len(found) == levels:
                break
            lots = sum(order.open_lots for order in level if order.displayed)
            if lots:
                found.append((level.rank * book_side.sign, lots))
        return found

    def queue_at(self, symbol: str, side: Side, price_ticks: int) -> list[tuple[str, int, int]]:
        """(account, order_id, open_lots) at a price, in priority order."""
        level = _level(self.state.markets[symbol], side, price_ticks)
        return [] if level is None else [(owner_of(o), o.order_id, o.open_lots) for o in level]

    def last_trade(self, symbol: str) -> tuple[int, Side] | None:
        """(price_ticks, aggressor) of the last trade or venue print."""
        market = self.state.markets[symbol]
        if market.last_ticks is None or market.last_side is None:
            return None
        return market.last_ticks, market.last_side

    def mirror_state(self, symbol: str) -> MirrorState:
        """Whether a venue's depth stands in the book."""
        return self.state.markets[symbol].mirror.state

    def order(self, order_id: int) -> Order | None:
        """A live order of a trader; None when it has ended or never was."""
        return self.state.orders.get(order_id)

    def latest_order_id(self) -> int:
        """The highest number that was given to an order or a basket; 0 before the first."""
        return self.state.next_order_id - 1

    def open_orders(self, account: str, symbol: str | None = None) -> list[Order]:
        """An account's live orders, oldest first."""
        orders = self.state.accounts[account].orders.values()
        return [order for order in orders if symbol in (None, order.symbol)]

    def queue_ahead(self, order_id: int) -> int:
        """Lots in front of a resting order; KeyError when it does not rest."""
        order = self.state.orders[order_id]
        return 0 if order.level is None else order.level.ahead_of(order)

    def on_the_way(self, account: str) -> tuple[InFlight, ...]:
        """An account's commands that have not reached the venue, in the order of their arrival."""
        return tuple(self.state.accounts[account].line)

    def next_due_ns(self) -> int:
        """When something happens by itself: an order expires, a halt ends, a command arrives.

        A time at or before it; `NEVER_NS` when there is nothing to come. Letting time pass to it
        does what is due, and says what comes next.
        """
        return self.state.due_ns

    def queue(self, order_id: int) -> QueuePosition | None:
        """An order's place in its queue and how it has come there; None when it does not rest."""
        order = self.state.orders.get(order_id)
        return None if order is None else position(order)

    def balance(self, account: str, currency: str) -> tuple[int, int]:
        """(balance_quanta, held_quanta) of one currency."""
        found = self.state.ledger.accounts.get((account, currency))
        return (0, 0) if found is None else (found.balance_quanta, found.held_quanta)

    def balances(self, account: str) -> dict[str, tuple[int, int]]:
        """(balance_quanta, held_quanta) by currency, in the order of first use."""
        return {
            currency: (entry.balance_quanta, entry.held_quanta)
            for currency, entry in self.state.ledger.of_owner.get(account, {}).items()
        }

    def position(self, account: str, symbol: str) -> Position | None:
        """A position, flat ones that were traded included; None when never traded."""
        return self.state.accounts[account].positions.get(symbol)

    def positions(self, account: str) -> dict[str, Position]:
        """Every position of an account that was ever traded, by symbol."""
        return dict(self.state.accounts[account].positions)

    def ledger_totals(self) -> dict[str, int]:
        """The sum of all balances per currency: zero, always."""
        return self.state.ledger.totals()

    def price(self, symbol: str, source: TriggerSource) -> int | None:
        """A price of an instrument; the last one stands in for a mark or index never stated."""
        return self.state.markets[symbol].price(source)

    def oracle(self, symbol: str) -> OracleStanding:
        """Where an instrument's mark and index come from, and how old they are."""
        return standing.oracle(self.state, self.state.markets[symbol])

    def funding(self, symbol: str) -> FundingStanding | None:
        """The funding of the present interval; None for an instrument without funding."""
        return standing.funding(self.state, self.state.markets[symbol])

    def funding_expected(self, account: str, symbol: str) -> int | None:
        """What a position would pay if the interval ended now; negative: it would receive.

        None: nothing is known, or there is no position.
        """
        return standing.funding_expected(self.state, self.state.markets[symbol], account)

    def margin_mode(self, account: str, symbol: str) -> MarginMode:
        """How an account pays in an instrument."""
        position = self.state.accounts[account].positions.get(symbol)
        return foresight.mode_of(self.state.markets[symbol], position)

    def leverage_ppm(self, account: str, symbol: str) -> int:
        """The leverage at which an account opens positions: 10,000,000 is 10x."""
        return foresight.leverage_ppm(self.state.markets[symbol], self.state.accounts[account])

    def leverage_max(self, account: str, symbol: str) -> int:
        """The highest leverage that its present position may have."""
        return foresight.leverage_max(self.state.markets[symbol], self.state.accounts[account])

    def pool(self, account: str, currency: str) -> PoolStanding:
        """Where the cross positions of an account that settle in a currency stand."""
        return foresight.pool_standing(self.state, self.state.accounts[account], currency)

    def stake(self, account: str, symbol: str) -> Stake | None:
        """An open position on margin; None when there is none."""
        market = self.state.markets[symbol]
        return foresight.stake(self.state, market, self.state.accounts[account])

    def liquidation_ticks(self, account: str, symbol: str) -> int | None:
        """The mark at which a position is liquidated; None: at none, or none is on margin."""
        market = self.state.markets[symbol]
        return foresight.liquidation_ticks(self.state, market, self.state.accounts[account])

    def what_if(self, account: str, symbol: str, side: Side, lots: int, price_ticks: int) -> WhatIf:
        """Where an account would stand once so many lots were filled at a price."""
        owner, market = self.state.accounts[account], self.state.markets[symbol]
        return foresight.what_if(self.state, market, owner, side, lots, price_ticks)

    def fund(self, currency: str) -> int:
        """What the insurance fund has of a currency."""
        return self.balance(self.state.fund.name, currency)[0]

    def fund_positions(self) -> dict[str, Position]:
        """What the insurance fund has taken over and not closed yet, by symbol."""
        return {s: held for s, held in self.state.fund.positions.items() if held.lots}

    def adl_line(self, symbol: str, *, long: bool) -> list[tuple[str, int, int]]:
        """(account, lots, score) of one side's holders, the first to be deleveraged first."""
        line = ranked(self.state, self.state.markets[symbol], long=long)
        return [(account.name, held.lots, points) for points, account, held in line]

    def halt(self, symbol: str) -> Halt | None:
        """Why an instrument is halted; None when it is not."""
        return self.state.markets[symbol].halt

    def market_breaker(self) -> str | None:
        """The instrument whose fall halts every instrument; None when none does."""
        breaker = self.state.market_breaker
        return None if breaker is None else breaker.symbol

    def is_open(self, symbol: str) -> bool:
        """Whether an instrument is inside one of its sessions."""
        return self.state.markets[symbol].hours.is_open(self.state.now_ns)

    def opens_ns(self, symbol: str) -> int | None:
        """When the next session opens that has not begun; None when none is known."""
        return self.state.markets[symbol].hours.opens_ns(self.state.now_ns)

    def killed(self, account: str) -> bool:
        """Whether an account's kill switch is engaged."""
        return self.state.accounts[account].killed

    def profile(self, account: str) -> Profile:
        """What a portfolio is called and how it keeps its books."""
        return self.state.accounts[account].profile

    def archived(self, account: str) -> bool:
        """Whether a portfolio was put away."""
        return self.state.accounts[account].archived

    def limits(self, account: str) -> Limits:
        """What a portfolio may do at most."""
        return self.state.accounts[account].limits

    def order_refusal(self, account: str, order: PlaceOrder) -> Refusal | None:
        """Why an order would be refused if it were sent now; None where nothing is in its way."""
        owner, market = self.state.accounts[account], self.state.markets[order.symbol]
        return order_refusal(self.state, market, owner, order)

    def deposited(self, account: str) -> dict[tuple[str, DepositKind], int]:
        """Paper money given since the start or the last reset, in quanta by currency and why.

        What was lent is none of it.
        """
        given = self.state.accounts[account].deposited
        return {what: quanta for what, quanta in given.items() if what[1] is not DepositKind.LENT}

    def lent(self, account: str) -> dict[str, int]:
        """What a portfolio was lent to trade with in other currencies, in quanta by currency."""
        given = self.state.accounts[account].deposited
        return {what[0]: quanta for what, quanta in given.items() if what[1] is DepositKind.LENT}

    def collateral(self) -> dict[str, ConfigureCurrency]:
        """The currencies that count as collateral, and how, in the order of first mention."""
        return dict(self.state.currencies)

    def equity(self, account: str) -> Equity:
        """All that a portfolio has, in its base currency."""
        return equity(self.state, self.state.accounts[account])

    def rate(self, source: str, target: str) -> Rate | None:
        """What one currency is worth in another; None when no listed market says so."""
        return rate(self.state, source, target)

    def fee_schedule(self, symbol: str) -> FeeSchedule:
        """What an instrument's fills are charged by now."""
        return self.state.markets[symbol].tariff.schedule

    def fee_standing(self, account: str, symbol: str) -> FeeStanding:
        """What an account's fills in an instrument cost now, and what is missing for less."""
        owner, market = self.state.accounts[account], self.state.markets[symbol]
        purses = owner.purses.get(symbol)
        if purses is not None:
            return purses[2].standing(market.tariff, self.state.now_ns)
        terms = market.instrument
        volume = owner.volumes.get((terms.asset_class, terms.quote), TrailingSum())
        return FeeBook(volume).standing(market.tariff, self.state.now_ns)


def owner_of(order: object) -> str:
    """The account that an order in a queue belongs to."""
    return order.owner.name if isinstance(order, Order) else "market"


def _level(market: Market, side: Side, price_ticks: int) -> Level | None:
    book_side = market.book.side(side)
    return book_side.levels.get(price_ticks * book_side.sign)


def _touch(market: Market, side: Side) -> tuple[int, int] | None:
    book_side = market.book.side(side)
    if not book_side.ranks:
        return None
    rank = book_side.ranks[-1]
    return rank * book_side.sign, book_side.levels[rank].lots
