"""A slow, obvious exchange: the same commands must give the same events.

It shares the messages and unit conversions with the engine and nothing else. Every reason that
applies to a command is collected, and the first in order of precedence is given.
"""

from collections.abc import Callable
from typing import Any

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import Command, OrderType, PlaceOrder, Side, TimeInForce
from engine.core.events import EndCause, Event, Liquidity, OrderEnd
from engine.core.instruments import AssetClass, Instrument
from engine.core.reasons import Reason
from engine.core.units import Scale
from tests.reference import naive_refusals as refusals
from tests.reference.naive_book import NaiveBook, NaiveOrder
from tests.reference.naive_mirror import NaiveMirror
from tests.reference.naive_money import (
    FEES,
    OUTSIDE,
    Fill,
    NaiveMoney,
    fold,
    order_hold,
    share,
)
from tests.reference.naive_venue import PRINT, NaiveVenue


class NaiveExchange(NaiveVenue):
    def __init__(self) -> None:
        self.seq = 0
        self.now_ns = 0
        self.next_id = 1
        self.next_trade = 1
        self.instruments: dict[str, Instrument] = {}
        self.mirrors: dict[str, NaiveMirror] = {}
        self.last: dict[str, tuple[int, Side]] = {}
        self.accounts: dict[str, set[str]] = {}
        """The client ids that each account has used."""
        self.book = NaiveBook()
        self.money = NaiveMoney()
        self.events: list[Event] = []
        self.shrunk: list[tuple[str, str]] = []

    def apply(self, command: Command, ts_ns: int) -> list[Event]:
        self.seq += 1
        self.now_ns = max(self.now_ns, ts_ns)
        self.events = []
        self.shrunk = []
        reasons = refusals.reasons(self, command)
        if reasons:
            self._reject(command, min(reasons, key=list(Reason).index))
        else:
            APPLY[type(command)](self, command)
            for account, symbol in self.shrunk:
                self._cover(account, symbol)
        return self.events

    def _cover(self, account: str, symbol: str) -> None:
        """Closing orders, newest first, hold margin for what there is no position to close."""
        mine = [o for o in self.orders() if (o.account, o.symbol) == (account, symbol)]
        for order in reversed(mine):
            position = self.money.position(account, symbol)
            assert position is not None
            closable = max(0, position.lots if order.side is Side.SELL else -position.lots)
            counted = sum(o.closing for o in mine if o in self.book.resting)
            cut = min(order.closing, counted - closable)
            if cut > 0:
                order.closing -= cut
                if self.free(account, self.instruments[symbol].settlement) < 0:
                    self._withdraw(order, EndCause.MARGIN_MISSING)

    # What a test asks

    def orders(self) -> list[NaiveOrder]:
        return sorted((o for o in self.book.resting if not o.displayed), key=lambda o: o.order_id)

    def held(self, account: str, currency: str) -> int:
        total = 0
        for order in self.orders():
            where, quanta = order_hold(self.instruments[order.symbol], order)
            if order.account == account and where == currency:
                total += quanta
        for symbol, terms in self.instruments.items():
            if terms.settlement == currency:
                total += self.margin(account, symbol)
        return total

    def margin(self, account: str, symbol: str) -> int:
        terms = self.instruments[symbol]
        position = self.money.position(account, symbol)
        if position is None or terms.asset_class is not AssetClass.PERPETUAL:
            return 0
        return share(abs(position.cost), terms.initial_margin_ppm)

    def free(self, account: str, currency: str) -> int:
        return self.money.balance(account, currency) - self.held(account, currency)

    def closing(
        self, account: str, symbol: str, side: Side, lots: int, *, at_once: bool = False
    ) -> int:
        """How many lots only close a perpetual position that no other order closes first."""
        position = self.money.position(account, symbol)
        if position is None or self.instruments[symbol].asset_class is AssetClass.SPOT:
            return 0
        if position.lots == 0 or (position.lots > 0) == (side is Side.BUY):
            return 0
        mine = [o for o in self.orders() if (o.account, o.symbol) == (account, symbol)]
        counted = 0 if at_once else sum(o.closing for o in mine)
        return min(lots, max(0, abs(position.lots) - counted))

    def hold_price(self, symbol: str, side: Side, limit: int) -> int:
        """The worst price for its owner at which an order can open."""
        bids = self.book.side(symbol, Side.BUY)
        perpetual = self.instruments[symbol].asset_class is AssetClass.PERPETUAL
        if side is Side.SELL and perpetual and bids:
            return max(limit, bids[0].price)
        return limit

    # Saying what happened

    def say(self, kind: Callable[..., Event], **fields: Any) -> None:
        self.events.append(kind(seq=self.seq, ts_ns=self.now_ns, **fields))

    def _reject(self, command: Command, reason: Reason) -> None:
        if isinstance(command, PlaceOrder):
            copied = ("account", "symbol", "side", "lots", "price_ticks", "client_id")
            fields = {name: getattr(command, name) for name in copied}
            self.say(e.OrderRejected, reason=reason, text="", **fields)
            return
        account, order_id = getattr(command, "account", ""), getattr(command, "order_id", None)
        self.say(e.CommandRejected, account=account, order_id=order_id, reason=reason, text="")

    def done(self, order: NaiveOrder, cause: EndCause) -> None:
        end = OrderEnd.FILLED if cause is EndCause.FILLED else OrderEnd.CANCELLED
        self.say(
            e.OrderDone,
            order_id=order.order_id,
            account=order.account,
            symbol=order.symbol,
            end=end,
            cause=cause,
            filled_lots=order.filled,
            cancelled_lots=order.open,
        )

    # Trading

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def match(self, incoming: NaiveOrder, limit: int | None) -> None:
        """Trade with everything in reach, best first."""
        for resting in self.book.facing(incoming.symbol, incoming.side, limit):
            if incoming.open:
                self.trade(resting, incoming, min(resting.open, incoming.open))

    def trade(self, resting: NaiveOrder, incoming: NaiveOrder, lots: int) -> None:
        """One execution at the resting order's price."""
        price, symbol = resting.price, resting.symbol
        self.book.take(resting, lots)
        incoming.open -= lots
        self.last[symbol] = (price, incoming.side)
        trade_id = self.next_trade
        self.next_trade += 1
        self.say(
            e.Traded,
            trade_id=trade_id,
            symbol=symbol,
            price_ticks=price,
            lots=lots,
            aggressor=incoming.side,
            resting_order_id=resting.order_id,
            incoming_order_id=incoming.order_id,
        )
        self._fill(resting, trade_id, price, lots, Liquidity.MAKER)
        self._fill(incoming, trade_id, price, lots, Liquidity.TAKER)
        for order in (resting, incoming):
            if order.displayed and not (resting.displayed and incoming.displayed):
                self._note_taken(order, lots, printed=order.command is PRINT)
        if not resting.displayed and resting.open == 0:
            self.done(resting, EndCause.FILLED)

    def _note_taken(self, order: NaiveOrder, lots: int, *, printed: bool) -> None:
        if not printed:
            place = (order.side, order.price)
            self.mirrors[order.symbol].note_taken(place, lots, self.now_ns)

    def _fill(
        self, order: NaiveOrder, trade_id: int, price: int, lots: int, liquidity: Liquidity
    ) -> None:
        terms = self.instruments[order.symbol]
        value = Scale(terms).notional_quanta(price, lots)
        sign = 1 if order.side is Side.BUY else -1
        rate = terms.maker_fee_ppm if liquidity is Liquidity.MAKER else terms.taker_fee_ppm
        fee = 0 if order.displayed else share(value, rate)
        spot = terms.asset_class is AssetClass.SPOT
        fill = Fill(order.account, order.symbol, sign * lots, sign * value, fee, spot)
        before = self.money.position(order.account, order.symbol)
        realised = 0 if before is None else fold(before, fill)
        self.shrunk.append((order.account, order.symbol))
        self.money.fills.append(fill)
        self._pay(terms, order.account, fill, realised)
        order.closing = max(0, order.closing - lots)
        if order.displayed:
            return
        self.say(
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
        position = self.money.position(order.account, order.symbol)
        assert position is not None
        self.say(
            e.PositionChanged,
            account=order.account,
            symbol=order.symbol,
            lots=position.lots,
            cost_quanta=position.cost,
            realised_quanta=realised,
        )

    def _pay(self, terms: Instrument, account: str, fill: Fill, realised: int) -> None:
        """Each side settles with a pool that is empty again when both have."""
        pool = f"clearing:{terms.symbol}"
        self.money.move(account, FEES, terms.settlement, fill.fee)
        if terms.asset_class is AssetClass.PERPETUAL:
            self.money.move(pool, account, terms.settlement, realised)
            return
        self.money.move(account, pool, terms.quote, fill.value)
        base = fill.lots * Scale(terms).base_quanta_per_lot
        self.money.move(pool, account, terms.base, base)

    # Orders

    def _place(self, command: PlaceOrder) -> None:
        self._take_order(command)

    def _take_order(self, command: PlaceOrder) -> NaiveOrder:
        limit = command.price_ticks
        if command.client_id:
            self.accounts[command.account].add(command.client_id)
        order = NaiveOrder(
            self.new_id(),
            command.account,
            command.symbol,
            command.side,
            limit or 0,
            command.lots,
            command.lots,
            command,
        )
        if limit is not None:
            order.hold_price = self.hold_price(order.symbol, order.side, limit)
            order.closing = self.closing(order.account, order.symbol, order.side, order.lots)
        copied = ("account", "symbol", "lots", "price_ticks")
        fields = {name: getattr(command, name) for name in copied}
        unset = {"expires_ns": None, "parent_id": None, "linked_id": None}
        self.say(e.OrderAccepted, order_id=order.order_id, order=command, **fields, **unset)
        self._enter(order, limit)
        return order

    def _enter(self, order: NaiveOrder, limit: int | None) -> None:
        assert order.command is not None
        self.match(order, limit)
        if order.open == 0:
            self.done(order, EndCause.FILLED)
        elif order.command.order_type is OrderType.MARKET:
            self.done(order, EndCause.NO_LIQUIDITY)
        elif order.command.time_in_force is TimeInForce.GTC:
            self.book.resting.append(order)
        else:
            self.done(order, EndCause.IOC_REMAINDER)

    def find(self, order_id: int) -> NaiveOrder | None:
        return next((o for o in self.orders() if o.order_id == order_id), None)

    def _withdraw(self, order: NaiveOrder, cause: EndCause) -> None:
        self.book.resting.remove(order)
        self.done(order, cause)

    def _cancel(self, command: c.CancelOrder) -> None:
        order = self.find(command.order_id)
        assert order is not None
        self._withdraw(order, EndCause.REQUESTED)

    def _amend(self, command: c.AmendOrder) -> None:
        order = self.find(command.order_id)
        assert order is not None
        lots, price, open_lots = refusals.amended(order, command)
        keeps = price == order.price and lots < order.lots
        if not keeps:
            self.book.resting.remove(order)
            order.hold_price = self.hold_price(order.symbol, order.side, price)
        order.lots, order.price, order.open = lots, price, open_lots
        order.closing = min(order.closing, open_lots)
        self.say(
            e.OrderAmended,
            order_id=order.order_id,
            account=order.account,
            symbol=order.symbol,
            lots=lots,
            open_lots=open_lots,
            price_ticks=price,
            kept_priority=keeps,
            display_lots=None,
            trigger_ticks=None,
            expires_ns=None,
        )
        if open_lots == 0:
            if keeps:
                self.book.resting.remove(order)
            self.done(order, EndCause.AMENDED_TO_FILLED)
        elif not keeps:
            self._enter(order, price)

    def _withdraw_scope(
        self, account: str, symbol: str | None, side: Side | None, cause: EndCause
    ) -> int:
        scope = [
            order
            for order in self.orders()
            if order.account == account
            and symbol in (None, order.symbol)
            and side in (None, order.side)
        ]
        for order in scope:
            self._withdraw(order, cause)
        return len(scope)

    def _cancel_all(self, command: c.CancelAll) -> None:
        scope = (command.account, command.symbol, command.side)
        count = self._withdraw_scope(*scope, EndCause.REQUESTED)
        self.say(
            e.AllCancelled, account=command.account, symbol=command.symbol, tag=None, orders=count
        )

    def _flatten(self, command: c.Flatten) -> None:
        account = command.account
        count = self._withdraw_scope(account, command.symbol, None, EndCause.FLATTENED)
        still_open = 0
        for symbol in self.instruments:
            position = self.money.position(account, symbol)
            if command.symbol not in (None, symbol) or position is None or not position.lots:
                continue
            self._close(account, symbol, position.lots)
            position = self.money.position(account, symbol)
            still_open += position is not None and position.lots != 0
        self.say(
            e.Flattened,
            account=account,
            symbol=command.symbol,
            cancelled_orders=count,
            open_positions=still_open,
        )

    def _close(self, account: str, symbol: str, lots: int) -> None:
        side = Side.SELL if lots > 0 else Side.BUY
        terms = self.instruments[symbol]
        if terms.asset_class is AssetClass.SPOT:
            lots = min(lots, self.free(account, terms.base) // Scale(terms).base_quanta_per_lot)
        order = PlaceOrder(
            account=account, symbol=symbol, side=side, order_type=OrderType.MARKET, lots=abs(lots)
        )
        down = self.mirrors[symbol].state == "down"
        if self.book.side(symbol, side.opposite) and not down and lots:
            self._take_order(order)

    # Setting up

    def _list(self, command: c.ListInstrument) -> None:
        terms = command.instrument
        if self.instruments.get(terms.symbol) != terms:
            self.book.resting = [o for o in self.book.resting if o.symbol != terms.symbol]
            self.instruments[terms.symbol] = terms
            self.mirrors[terms.symbol] = NaiveMirror()
            self.last.pop(terms.symbol, None)
        self.say(e.InstrumentListed, instrument=terms)

    def _open(self, command: c.OpenAccount) -> None:
        self.accounts[command.account] = set()
        self.say(e.AccountOpened, account=command.account)

    def _deposit(self, command: c.Deposit) -> None:
        account, currency = command.account, command.currency
        self.money.move(OUTSIDE, account, currency, command.amount_quanta)
        self.say(
            e.Deposited,
            account=account,
            currency=currency,
            amount_quanta=command.amount_quanta,
            balance_quanta=self.money.balance(account, currency),
        )


APPLY: dict[type, Callable[[NaiveExchange, Any], None]] = {
    PlaceOrder: NaiveExchange._place,
    c.CancelOrder: NaiveExchange._cancel,
    c.AmendOrder: NaiveExchange._amend,
    c.CancelAll: NaiveExchange._cancel_all,
    c.Flatten: NaiveExchange._flatten,
    c.MirrorDepth: NaiveExchange._depth,
    c.MirrorTrade: NaiveExchange._print,
    c.MirrorDown: NaiveExchange._down,
    c.ConfigureMirror: NaiveExchange._configure,
    c.AdvanceTime: NaiveExchange._advance,
    c.ListInstrument: NaiveExchange._list,
    c.OpenAccount: NaiveExchange._open,
    c.Deposit: NaiveExchange._deposit,
}
