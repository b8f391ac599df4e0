"""Steps become commands: mostly sensible ones for the orders that there are, sometimes not."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    ChangeMargin,
    Command,
    ConfigureFees,
    ConfigureMarketBreaker,
    Deposit,
    EngageKill,
    Flatten,
    HaltInstrument,
    ListInstrument,
    OpenAccount,
    PlaceOrder,
    ReleaseKill,
    ReplaceOrder,
    ResumeInstrument,
    Reverse,
    Sendable,
    SendCommand,
    SetLeverage,
    SetMarginMode,
    SetPrice,
    SetSessions,
    TriggerSource,
)
from engine.core.events import (
    Event,
    OrderAccepted,
    OrderDone,
    OrderFilled,
    PositionChanged,
    PositionDeleveraged,
    PositionLiquidated,
)
from engine.core.margin_terms import MarginMode
from engine.core.units import QUANTA_PER_UNIT
from tests.reference.mirroring import venues
from tests.reference.ordering import any_kind, changed, group, place, side_of
from tests.reference.pricing import portfolio_of, price_of
from tests.reference.sequences import (
    CHANGES,
    GROUPS,
    MARGIN,
    MASS,
    OTHER,
    PLAIN,
    PORTFOLIO,
    PRICING,
    VENUE,
    WAITING,
    Step,
)
from tests.reference.world import ACCOUNTS, LEVELS, PRICE, STEP_NS, SYMBOLS, World, instruments
from tests.reference.world import schedule as fee_schedule

AIMED = ("reduce-only", "close", "protect", "reverse")
"""Kinds that need a position."""
SENDABLE = (*CHANGES, *CHANGES, *PLAIN, "join", *WAITING, *GROUPS, *MASS[:3])
"""Kinds that can be on their way; changes to orders are what matters most there."""


class Director:
    """Turns steps into commands, knowing the ids of the orders that were accepted."""

    def __init__(self, on: World) -> None:
        self.world = on
        self.owners: dict[int, str] = {}
        """Who sent each live order, and a few ended ones, so that these are named too."""
        self.sent: dict[int, PlaceOrder] = {}
        self.filled: dict[int, int] = {}
        self.positions: dict[tuple[str, str], int] = {}
        self.venues = venues(on.timed)

    def learn(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, OrderAccepted):
                self.owners[event.order_id] = event.account
                self.sent[event.order_id] = event.order
            elif isinstance(event, OrderFilled):
                self.filled[event.order_id] = self.filled.get(event.order_id, 0) + event.lots
            elif isinstance(event, PositionChanged) and event.account in ACCOUNTS:
                self.positions[event.account, event.symbol] = event.lots
            elif isinstance(event, PositionLiquidated | PositionDeleveraged):
                self.positions[event.account, event.symbol] = event.lots_left
            elif isinstance(event, OrderDone) and event.order_id % 16:
                del self.owners[event.order_id]

    def command(self, step: Step, now_ns: int) -> Command:
        if step.kind in AIMED and step.twist % 8:
            step = self._aimed(step)
        if step.kind in PLAIN or step.kind in WAITING:
            return place(step, now_ns)
        if step.kind in GROUPS:
            return group(step, now_ns)
        if step.kind in CHANGES:
            return self._change(step, now_ns)
        if step.kind in MASS:
            return _mass(step)
        if step.kind in VENUE:
            return self._venue(step, now_ns)
        if step.kind == "send":
            return self._send(step, now_ns)
        if step.kind in OTHER:
            return self._other(step)
        if step.kind in MARGIN:
            return _margin(step)
        if step.kind in PRICING:
            return price_of(step, self.world)
        if step.kind in PORTFOLIO:
            return portfolio_of(step)
        return _market(step, now_ns)

    def _venue(self, step: Step, now_ns: int) -> Command:
        """What the venue says, or an order of ours that stands where it displays something."""
        symbol = SYMBOLS[step.where]
        sent = [self.sent[order_id] for order_id in self.owners]
        ours = {
            (order.side, order.price_ticks)
            for order in sent
            if order.symbol == symbol and order.price_ticks is not None
        }
        if step.kind != "join":
            return self.venues[symbol].command(step, ours)
        order = place(step, now_ns, kind="iceberg" if step.twist % 8 == 1 else "limit")
        side, price = self.venues[symbol].place(step, ours) or (order.side, order.price_ticks)
        return changed(order, side=side, price_ticks=price, lots=order.lots + 4)

    def _send(self, step: Step, now_ns: int) -> SendCommand:
        """Any command of a trader's, on its way for a while; now and then one that may not."""
        kind = SENDABLE[(step.twist + 5 * step.size) % len(SENDABLE)]
        command = self.command(replace(step, kind=kind), now_ns)
        assert isinstance(command, Sendable)
        delay_ns = (step.choice * (1 + step.twist % 2)) * STEP_NS // 2
        if step.twist == 63:
            delay_ns = (-1, 60 * 10**9 + 1, 60 * 10**9)[step.choice % 3]
        account = ACCOUNTS[step.who] if step.twist == 62 else command.account
        return SendCommand(account=account, command=command, delay_ns=delay_ns)

    def _aimed(self, step: Step) -> Step:
        """The same for an account that has a position, on the side that closes it."""
        held = [(place, lots) for place, lots in self.positions.items() if lots]
        if not held:
            return step
        (account, symbol), lots = held[step.choice % len(held)]
        who, where = ACCOUNTS.index(account), SYMBOLS.index(symbol)
        closes = (lots > 0) != (step.kind == "protect")
        size = abs(lots) if step.kind == "close" else step.size
        return replace(step, who=who, where=where, sell=closes, size=size)

    def _change(self, step: Step, now_ns: int) -> Command:
        order_id = self._order_id(step)
        account = ACCOUNTS[step.who] if step.size == 30 else self.owners.get(order_id, "ann")
        if step.kind == "cancel":
            return CancelOrder(account=account, order_id=order_id)
        if step.kind == "reduce":
            lots = self.filled.get(order_id, 0) if step.twist % 4 == 0 else step.size
            return AmendOrder(account=account, order_id=order_id, lots=lots)
        if step.kind == "terms":
            return _new_terms(step, account, order_id, now_ns)
        if step.kind == "replace":
            return self._replace(step, account, order_id, now_ns)
        price = PRICE + step.price if step.choice else None
        size = step.size if step.choice % 3 else None
        return AmendOrder(account=account, order_id=order_id, lots=size, price_ticks=price)

    def _replace(self, step: Step, account: str, order_id: int, now_ns: int) -> Command:
        old = self.sent.get(order_id)
        order = place(step, now_ns, kind=any_kind(step))
        fields: dict[str, Any] = {"account": account if step.choice else ACCOUNTS[step.who]}
        if old is not None and step.twist % 4:
            fields |= {"symbol": old.symbol, "side": old.side}
        return ReplaceOrder(account=account, order_id=order_id, order=changed(order, **fields))

    def _order_id(self, step: Step) -> int:
        known = list(self.owners)
        return known[(step.choice * 31 + step.size) % len(known)] if known else step.size

    def _other(self, step: Step) -> Command:
        if step.kind == "deposit":
            quanta = step.price * QUANTA_PER_UNIT // 100
            return Deposit(account=ACCOUNTS[step.who], currency="USDT", amount_quanta=quanta)
        if step.kind == "relist":
            return ListInstrument(instrument=instruments(self.world)[step.where])
        if step.kind == "open":
            name = ("ann", "market", "a:b", "eve")[step.choice % 4]
            return OpenAccount(account=name, group="desk" if step.sell else "")
        return AdvanceTime()


# Changes, mass actions


def _new_terms(step: Step, account: str, order_id: int, now_ns: int) -> AmendOrder:
    """An amendment of what only some orders have."""
    chosen: tuple[dict[str, Any], ...] = (
        {"display_lots": step.size % 9},
        {"trigger_ticks": PRICE + step.price},
        {"expires_ns": now_ns + step.price * STEP_NS},
        {"trigger_ticks": PRICE + step.price, "lots": step.size},
        {"display_lots": 1 + step.size % 5, "lots": step.size},
        {"display_lots": 2, "price_ticks": PRICE + step.price},
        {},
    )
    return AmendOrder(account=account, order_id=order_id, **chosen[step.twist % len(chosen)])


def _mass(step: Step) -> Command:
    account, symbol = ACCOUNTS[step.who], SYMBOLS[step.where]
    if step.kind == "cancel all":
        return CancelAll(
            account=account,
            symbol=(None, symbol)[step.size % 2],
            side=(None, side_of(step))[step.choice % 2],
            tag=(None, None, "swarm", "")[step.twist % 4],
        )
    if step.kind == "flatten":
        return Flatten(account=account, symbol=(None, symbol)[step.choice % 2])
    if step.kind == "reverse":
        return Reverse(account=account, symbol=SYMBOLS[0 if step.twist % 8 == 0 else 1])
    if step.kind == "kill":
        return EngageKill(account=account, close_positions=step.choice % 2 == 0)
    return ReleaseKill(account=account)


def _margin(step: Step) -> Command:
    """How an account pays, and what stands behind its positions."""
    place: dict[str, Any] = {"account": ACCOUNTS[step.who], "symbol": SYMBOLS[step.where]}
    if step.kind == "mode":
        return SetMarginMode(**place, mode=list(MarginMode)[step.choice % 3])
    if step.kind == "leverage":
        chosen = (1, 2, 3, 4, 6, 8, 10, 25) if step.twist % 8 else (0, 101, 100, 50, -1, 5, 9, 20)
        return SetLeverage(**place, leverage=chosen[step.choice])
    amount = step.price * (1 + step.size) * QUANTA_PER_UNIT // (200 if step.choice else 1)
    return ChangeMargin(**place, amount_quanta=amount // (50 if step.twist % 2 else 1))


# The operator


def _market(step: Step, now_ns: int) -> Command:
    symbol = SYMBOLS[step.where]
    if step.kind in ("mark", "index"):
        source = TriggerSource.MARK if step.kind == "mark" else TriggerSource.INDEX
        price = PRICE + step.price if step.twist else 0
        return SetPrice(symbol=symbol, source=source, price_ticks=price)
    if step.kind == "halt":
        until_ns = now_ns + step.choice * STEP_NS if step.twist % 4 else None
        cancels = step.twist % 3 == 0
        return HaltInstrument(symbol=symbol, until_ns=until_ns, cancel_orders=cancels)
    if step.kind == "resume":
        return ResumeInstrument(symbol=symbol)
    if step.kind == "sessions":
        return SetSessions(symbol=symbol, sessions=_sessions(step, now_ns))
    if step.kind == "fees":
        return ConfigureFees(symbol=symbol, schedule=fee_schedule(symbol, step.choice))
    return ConfigureMarketBreaker(
        symbol=symbol,
        reference_ticks=PRICE + step.price // 2 if step.twist else 0,
        levels=LEVELS[: 1 + step.choice % 3] if step.twist % 16 else LEVELS[::-1],
    )


def _sessions(step: Step, now_ns: int) -> tuple[tuple[int, int], ...]:
    """Two sessions with a pause between them, of which one is on or soon; often none at all."""
    if step.choice < 3:
        return ()
    start_ns = now_ns + step.price * STEP_NS
    pause_ns = start_ns + (2 + step.size % 8) * STEP_NS
    if step.twist % 16 == 15:
        return (start_ns, pause_ns), (start_ns, pause_ns)
    return (
        (start_ns, pause_ns),
        (pause_ns + step.choice * STEP_NS, pause_ns + (step.choice + 40) * STEP_NS),
    )
