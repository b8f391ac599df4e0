"""Comparing the engine with its slow twin: every event, then every view."""

from collections.abc import Iterator
from typing import Any

import msgspec

from engine.core import snapshot
from engine.core.commands import MARKET, AdvanceTime, Command, Side, TriggerSource
from engine.core.events import Event, OracleStatus
from engine.core.exchange import Exchange
from engine.core.invariants import check
from engine.core.orders.order import Order
from engine.core.state import NEVER_NS
from tests.reference import (
    naive_deleveraging,
    naive_funding,
    naive_means,
    naive_oracle,
    naive_pools,
    naive_rates,
)
from tests.reference.directing import Director
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_exchange import NaiveExchange
from tests.reference.naive_pools import Pool
from tests.reference.naive_queue import NaivePosition, position_of
from tests.reference.naive_sending import due, way_of
from tests.reference.naive_settling import isolated
from tests.reference.sequences import Step, waited_ns
from tests.reference.world import ACCOUNTS, STEP_NS, World, opening

SHOWN_IDS = ("resting_order_id", "incoming_order_id")
VIEWED_EVERY = 8
"""After how many commands all views are compared; events are compared after each."""
RESTARTED_EVERY = 24
"""After how many commands the engine goes on from its snapshot."""
EXCHANGE_OWN = ("exchange:outside", "exchange:fees", "exchange:insurance")


class Pair:
    """The engine and its twin, side by side.

    Numbers of displayed quantity are names: they may differ, as long as each number of the one
    always stands for the same number of the other.
    """

    def __init__(self) -> None:
        self.engine = Exchange()
        self.twin = NaiveExchange()
        self.names: dict[int, int] = {}

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        """Apply to both; all that they say must be the same."""
        events = self.engine.apply(command, ts_ns)
        expected = [_told(event) for event in self.twin.apply(command, ts_ns)]
        told = [_told(event) for event in events]
        for (_, got), (_, wanted) in zip(told, expected, strict=False):
            self._rename(got, wanted)
        assert told == expected
        check(self.engine)
        return events

    def _rename(self, got: dict[str, Any], wanted: dict[str, Any]) -> None:
        """Give displayed quantity the number that the twin has for it."""
        for field in SHOWN_IDS:
            ours, theirs = got.get(field, 0), wanted.get(field, 0)
            if ours < 0 and theirs < 0:
                got[field] = self.names.setdefault(ours, theirs)

    def drift_ns(self, step: Step) -> int:
        """How much time passes before a step, whatever its kind.

        Taken liquidity comes back with time, but only some commands look for it; so while any is
        taken only those steps take time that advance it.
        """
        if any(mirror.taken for mirror in self.twin.mirrors.values()):
            return waited_ns(step)
        return waited_ns(step) + step.twist % 4 * STEP_NS // 2

    def pass_time(self, until_ns: int) -> Iterator[tuple[Event, ...]]:
        """Let time pass to just before a command's; gives what happens by itself.

        While liquidity is taken, it stops wherever a command arrives or something comes back, so
        that what an arriving command does never depends on whether it looks for that.
        """
        twin = self.twin
        while taken := [until for m in twin.mirrors.values() for _, until in m.taken.values()]:
            stops = [*taken, *(sent.arrives_ns for sent in twin.on_the_way)]
            stop_ns = min(stop for stop in stops if stop > twin.now_ns)
            if stop_ns >= until_ns:
                return
            yield self.apply(AdvanceTime(), stop_ns)

    def restart(self) -> None:
        """The engine goes on from its snapshot."""
        saved = snapshot.encode(self.engine)
        self.engine = snapshot.decode(saved)
        assert snapshot.encode(self.engine) == saved

    def same_views(self) -> None:
        """Books, queues, orders, money, positions, prices, halts and fees are the same."""
        engine, twin = self.engine, self.twin
        due_ns = [one.at_ns for one in due(twin)]
        assert twin.now_ns < engine.next_due_ns() <= min(due_ns, default=NEVER_NS)
        for symbol in engine.symbols():
            for side in (Side.BUY, Side.SELL):
                self._same_side(symbol, side)
            assert engine.last_trade(symbol) == twin.last.get(symbol)
            assert engine.mirror_state(symbol).value == twin.mirrors[symbol].state
            self._same_market(symbol)
        for account in engine.accounts():
            self._same_account(account)
        for owner in EXCHANGE_OWN:
            for currency in self._currencies():
                assert engine.balance(owner, currency)[0] == twin.money.balance(owner, currency)

    def _currencies(self) -> list[str]:
        terms = self.twin.instruments.values()
        return sorted({name for one in terms for name in (one.base, one.quote, one.settlement)})

    def _same_market(self, symbol: str) -> None:
        engine, twin = self.engine, self.twin
        for source in TriggerSource:
            assert engine.price(symbol, source) == twin.price(symbol, source)
        halt, wanted = engine.halt(symbol), twin.halts.get(symbol)
        assert (halt is None) == (wanted is None)
        if halt is not None and wanted is not None:
            assert (halt.cause, halt.until_ns) == (wanted.cause, wanted.until_ns)
        assert engine.is_open(symbol) == (twin.session(symbol) is not None)
        self._same_pricing(symbol)

    def _same_pricing(self, symbol: str) -> None:
        """Where marks and funding stand."""
        twin, got = self.twin, self.engine.oracle(symbol)
        oracle, funding = twin.oracles.get(symbol), twin.fundings.get(symbol)
        assert got.status is (OracleStatus.OK if oracle is None else oracle.status)
        assert got.mark_ticks == naive_means.mark(twin, symbol)
        assert got.index_ticks == twin.stated.get((symbol, TriggerSource.INDEX))
        if oracle is not None:
            assert got.index_stale == (naive_oracle.fresh_index(twin, symbol) is None)
        paid = self.engine.funding(symbol)
        assert (paid is None) == (funding is None)
        if paid is not None and funding is not None:
            assert paid.next_ns == funding.next_ns
            assert paid.rate_ppb == naive_funding.rate(funding, twin.now_ns)

        for long in (True, False):
            ranked = naive_deleveraging.line(twin, symbol, long=long)
            wanted = [(one.account, one.lots, one.score) for one in ranked if one.account != MARKET]
            assert self.engine.adl_line(symbol, long=long) == wanted

    def _same_pool(self, account: str, currency: str) -> None:
        """What answers for the cross positions of an account that settle in a currency."""
        got, pool = self.engine.pool(account, currency), Pool(account, None, currency)
        assert (got.equity_quanta, got.maintenance_quanta, got.warned_pct) == (
            naive_pools.equity(self.twin, pool),
            naive_pools.maintenance(self.twin, pool),
            self.twin.warned.get(pool, 0),
        )
        assert (got.available_quanta, got.spendable_quanta) == (
            naive_means.available(self.twin, account, currency),
            naive_means.spendable(self.twin, account, currency),
        )

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
        for currency in self._currencies():
            held = naive_means.held(twin, account, currency)
            assert engine.balance(account, currency) == (
                twin.money.balance(account, currency),
                held,
            )
        for currency in {terms.settlement for terms in twin.instruments.values()}:
            self._same_pool(account, currency)
        assert engine.killed(account) == (account in twin.killed)
        assert engine.equity(account).quanta == naive_rates.equity(twin, account)
        assert engine.archived(account) == (account in twin.archived)
        assert engine.profile(account) == twin.profile(account)
        given = {place[1:]: sum_ for place, sum_ in twin.deposited.items() if place[0] == account}
        assert engine.deposited(account) == given
        for symbol in engine.symbols():
            self._same_position(account, symbol)
            self._same_standing(account, symbol)
        mine = [order for order in twin.live if order.account == account]
        ours = engine.open_orders(account)
        assert [_seen(order) for order in ours] == [_wanted(order) for order in mine]
        for order in mine:
            self._same_queue(order)
        way = engine.on_the_way(account)
        wanted = way_of(twin, account)
        assert [(one.sent_id, one.arrives_ns, one.command) for one in way] == [
            (one.sent_id, one.arrives_ns, one.command) for one in wanted
        ]

    def _same_queue(self, order: NaiveOrder) -> None:
        got, wanted = self.engine.queue(order.order_id), position_of(self.twin, order)
        assert (got is None) == (wanted is None)
        if got is not None and wanted is not None:
            assert self.engine.queue_ahead(order.order_id) == wanted.ahead_lots
            assert NaivePosition(**msgspec.structs.asdict(got)) == wanted

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
        assert got.leverage == self.twin.leverages.get((account, symbol))
        if not self.twin.margined(account, symbol):
            return
        assert got.held_quanta == naive_means.held_in(self.twin, account, symbol)
        assert got.unrealised_quanta == naive_means.unrealised(self.twin, account, symbol)
        assert got.maintenance_quanta == naive_pools.maintenance_of(self.twin, account, symbol)
        own, currency = isolated(account, symbol), self.twin.instruments[symbol].settlement
        assert self.engine.balance(own, currency)[0] == self.twin.money.balance(own, currency)
        assert got.margin_quanta == naive_means.margin(self.twin, account, symbol)

    def _same_standing(self, account: str, symbol: str) -> None:
        fees, now_ns = self.twin.fees, self.twin.now_ns
        terms = self.twin.instruments[symbol]
        got = self.engine.fee_standing(account, symbol)
        tier = fees.tier(account, terms, now_ns)
        assert (got.tier, got.volume_quanta) == (tier, fees.volume(account, terms, now_ns))
        if any(t.uptime_ppm for t in fees.tiers(terms)):
            assert got.uptime_ppm == fees.uptime_ppm(account, symbol, now_ns)

    def spot_is_never_owed(self) -> None:
        """Nobody owes an asset, and money is never held that is not there, where no margin is."""
        for account in ACCOUNTS:
            balance, held = self.engine.balance(account, "BTC")
            assert 0 <= held <= balance
        symbols = self.engine.symbols()
        if all(self.engine.instrument(s).asset_class.owned for s in symbols):
            for account in ACCOUNTS:
                balance, held = self.engine.balance(account, "USDT")
                assert 0 <= held <= balance


def run_both(on: World, steps: list[Step]) -> Pair:
    """One swarm through both, compared event for event and now and then view for view."""
    pair, director, now_ns = Pair(), Director(on), 0
    for command in opening(on):
        pair.apply(command, now_ns)
    for count, step in enumerate(steps):
        now_ns += pair.drift_ns(step)
        for events in pair.pass_time(now_ns):
            director.learn(events)
        director.learn(pair.apply(director.command(step, now_ns), now_ns))
        if not on.margined:
            pair.spot_is_never_owed()
        if count % VIEWED_EVERY == 0:
            pair.same_views()
        if count % RESTARTED_EVERY == 0:
            pair.restart()
    pair.same_views()
    return pair


def twin_queues(twin: NaiveExchange, symbol: str, side: Side) -> dict[int, list[tuple[str, int]]]:
    queues: dict[int, list[tuple[str, int]]] = {}
    for order in twin.book.side(symbol, side):
        queues.setdefault(order.price, []).append((order.account, order.shown))
    return queues


def _told(event: Event) -> tuple[str, dict[str, Any]]:
    """What an event says, its sentence for people apart."""
    fields = msgspec.structs.asdict(event)
    fields.pop("text", None)
    return type(event).__name__, fields


def _seen(order: Order) -> tuple[Any, ...]:
    rests = order.level is not None
    return (
        order.order_id,
        order.lots,
        order.unfilled_lots,
        order.open_lots if rests else None,
        order.price_ticks,
        order.waiting,
        order.trigger_ticks,
        order.best_ticks,
        order.expires_ns,
        order.linked_id,
        order.parent_id,
        order.display_lots,
    )


def _wanted(order: NaiveOrder) -> tuple[Any, ...]:
    return (
        order.order_id,
        order.lots,
        order.open,
        None if order.waiting else order.shown,
        order.price,
        order.waiting,
        order.trigger,
        order.best,
        order.expires,
        None if order.linked is None else order.linked.order_id,
        order.parent_id,
        order.display,
    )
