"""Comparing the engine with its slow twin: every event, then every view."""

import msgspec

from engine.core.commands import Command, Side
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass
from engine.core.invariants import check
from tests.reference.naive_exchange import NaiveExchange
from tests.reference.sequences import ACCOUNTS, SYMBOLS

ID_FIELDS = ("order_id", "resting_order_id", "incoming_order_id")


class Pair:
    """The engine and its twin, side by side.

    Ids are names: displayed quantity may be numbered differently, as long as each number of the one
    always stands for the same number of the other.
    """

    def __init__(self) -> None:
        self.engine = Exchange()
        self.twin = NaiveExchange()
        self.names: dict[int, int] = {}

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        """Apply to both; all that they say must be the same."""
        events = self.engine.apply(command, ts_ns)
        named = command
        order_id = getattr(command, "order_id", None)
        if order_id is not None:
            named = msgspec.structs.replace(command, order_id=self.names.get(order_id, -order_id))
        expected = self.twin.apply(named, ts_ns)
        assert [type(event) for event in events] == [type(event) for event in expected]
        for event, wanted in zip(events, expected, strict=True):
            self._same_event(event, wanted)
        check(self.engine)
        return events

    def _same_event(self, event: Event, wanted: Event) -> None:
        got, want = msgspec.structs.asdict(event), msgspec.structs.asdict(wanted)
        for field in ID_FIELDS:
            ours, theirs = got.pop(field, None), want.pop(field, None)
            if ours is not None and type(event).__name__ != "CommandRejected":
                assert self.names.setdefault(ours, theirs) == theirs
        for fields in (got, want):
            fields.pop("text", None)
        assert got == want

    def same_views(self) -> None:
        """Books, queues, orders, money and positions are the same."""
        engine, twin = self.engine, self.twin
        for symbol in SYMBOLS:
            for side in (Side.BUY, Side.SELL):
                self._same_side(symbol, side)
            assert engine.last_trade(symbol) == twin.last.get(symbol)
            assert engine.mirror_state(symbol).value == twin.mirrors[symbol].state
        for account in ACCOUNTS:
            self._same_account(account)

    def _same_side(self, symbol: str, side: Side) -> None:
        wanted = twin_queues(self.twin, symbol, side)
        got = {}
        for price, lots, count in self.engine.depth(symbol, side):
            queue = self.engine.queue_at(symbol, side, price)
            got[price] = [(account, open_lots) for account, _, open_lots in queue]
            assert (lots, count) == (sum(part for _, part in got[price]), len(queue))
        assert list(got.items()) == list(wanted.items())

    def _same_account(self, account: str) -> None:
        engine, twin = self.engine, self.twin
        for currency in ("USDT", "BTC"):
            held = twin.held(account, currency)
            assert engine.balance(account, currency) == (
                twin.money.balance(account, currency),
                held,
            )
        for symbol in SYMBOLS:
            self._same_position(account, symbol)
        mine = [order for order in twin.orders() if order.account == account]
        ours = engine.open_orders(account)
        assert [(self.names[o.order_id], o.open_lots, o.lots) for o in ours] == [
            (o.order_id, o.open, o.lots) for o in mine
        ]
        for order, wanted in zip(ours, mine, strict=True):
            queue = twin.book.queue(wanted.symbol, wanted.side, wanted.price)
            ahead = sum(other.open for other in queue[: queue.index(wanted)])
            assert engine.queue_ahead(order.order_id) == ahead

    def _same_position(self, account: str, symbol: str) -> None:
        got, wanted = (
            self.engine.position(account, symbol),
            self.twin.money.position(account, symbol),
        )
        if wanted is None:
            assert got is None or got.lots == got.realised_quanta == got.fees_quanta == 0
            return
        assert got is not None
        assert (got.lots, got.cost_quanta, got.realised_quanta, got.fees_quanta) == (
            wanted.lots,
            wanted.cost,
            wanted.realised,
            wanted.fees,
        )
        assert got.margin_quanta == self.twin.margin(account, symbol)

    def spot_is_never_owed(self) -> None:
        """Nobody owes an asset, and money is never held that is not there, where no margin is."""
        for account in ACCOUNTS:
            balance, held = self.engine.balance(account, "BTC")
            assert 0 <= held <= balance
        symbols = self.engine.symbols()
        if all(self.engine.instrument(s).asset_class is AssetClass.SPOT for s in symbols):
            for account in ACCOUNTS:
                balance, held = self.engine.balance(account, "USDT")
                assert 0 <= held <= balance


def twin_queues(twin: NaiveExchange, symbol: str, side: Side) -> dict[int, list[tuple[str, int]]]:
    queues: dict[int, list[tuple[str, int]]] = {}
    for order in twin.book.side(symbol, side):
        queues.setdefault(order.price, []).append((order.account, order.open))
    return queues
