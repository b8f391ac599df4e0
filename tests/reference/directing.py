"""Steps become commands: mostly sensible ones for the orders that there are, sometimes not."""

from collections.abc import Iterable
from typing import Any

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureFees,
    ConfigureMarketBreaker,
    ConfigureMirror,
    Deposit,
    EngageKill,
    Exits,
    Flatten,
    HaltInstrument,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    QueueModel,
    ReleaseKill,
    ReplaceOrder,
    ResumeInstrument,
    Reverse,
    SelfTrade,
    SetPrice,
    SetSessions,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.events import Event, OrderAccepted, OrderDone
from engine.core.units import QUANTA_PER_UNIT
from tests.reference.sequences import CHANGES, GROUPS, MASS, PLAIN, VENUE, WAITING, Step
from tests.reference.world import ACCOUNTS, LEVELS, PRICE, STEP_NS, SYMBOLS, World, instruments
from tests.reference.world import schedule as fee_schedule

TYPES = {
    "market": OrderType.MARKET,
    "iceberg": OrderType.ICEBERG,
    "stop": OrderType.STOP,
    "take profit": OrderType.TAKE_PROFIT,
    "stop limit": OrderType.STOP_LIMIT,
    "take profit limit": OrderType.TAKE_PROFIT_LIMIT,
    "trail": OrderType.TRAILING_STOP,
    "trail limit": OrderType.TRAILING_STOP_LIMIT,
}
LIVES = {
    "ioc": TimeInForce.IOC,
    "fok": TimeInForce.FOK,
    "gtd": TimeInForce.GTD,
    "day": TimeInForce.DAY,
}
SOURCES = (None, TriggerSource.LAST, TriggerSource.MARK, TriggerSource.INDEX)


class Director:
    """Turns steps into commands, knowing the ids of the orders that were accepted."""

    def __init__(self, on: World) -> None:
        self.world = on
        self.owners: dict[int, str] = {}
        """Who sent each live order, and a few ended ones, so that these are named too."""
        self.sent: dict[int, PlaceOrder] = {}

    def learn(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, OrderAccepted):
                self.owners[event.order_id] = event.account
                self.sent[event.order_id] = event.order
            elif isinstance(event, OrderDone) and event.order_id % 16:
                del self.owners[event.order_id]

    def command(self, step: Step, now_ns: int) -> Command:
        if step.kind in PLAIN or step.kind in WAITING:
            return place(step, now_ns)
        if step.kind in GROUPS:
            return _group(step, now_ns)
        if step.kind in CHANGES:
            return self._change(step, now_ns)
        if step.kind in MASS:
            return _mass(step)
        if step.kind in VENUE:
            return _venue(step)
        if step.kind in ("wait", "sleep", "deposit", "relist"):
            return self._other(step)
        return _market(step, now_ns)

    def _change(self, step: Step, now_ns: int) -> Command:
        order_id = self._order_id(step)
        account = ACCOUNTS[step.who] if step.size == 30 else self.owners.get(order_id, "ann")
        if step.kind == "cancel":
            return CancelOrder(account=account, order_id=order_id)
        if step.kind == "reduce":
            return AmendOrder(account=account, order_id=order_id, lots=step.size)
        if step.kind == "terms":
            return _new_terms(step, account, order_id, now_ns)
        if step.kind == "replace":
            return self._replace(step, account, order_id, now_ns)
        price = PRICE + step.price if step.choice else None
        lots = step.size if step.choice % 3 else None
        return AmendOrder(account=account, order_id=order_id, lots=lots, price_ticks=price)

    def _replace(self, step: Step, account: str, order_id: int, now_ns: int) -> Command:
        old = self.sent.get(order_id)
        order = place(step, now_ns, kind=_any_kind(step))
        fields: dict[str, Any] = {"account": account if step.choice else ACCOUNTS[step.who]}
        if old is not None and step.twist % 4:
            fields |= {"symbol": old.symbol, "side": old.side}
        return ReplaceOrder(account=account, order_id=order_id, order=_changed(order, **fields))

    def _order_id(self, step: Step) -> int:
        known = list(self.owners)
        return known[(step.choice * 31 + step.size) % len(known)] if known else step.size

    def _other(self, step: Step) -> Command:
        if step.kind == "deposit":
            quanta = step.price * QUANTA_PER_UNIT // 100
            return Deposit(account=ACCOUNTS[step.who], currency="USDT", amount_quanta=quanta)
        if step.kind == "relist":
            return ListInstrument(instrument=instruments(self.world)[step.where])
        return AdvanceTime()


def _side(step: Step) -> Side:
    return Side.SELL if step.sell else Side.BUY


def _any_kind(step: Step) -> str:
    kinds = (*PLAIN[:-1], *WAITING)
    return kinds[(step.twist + step.choice) % len(kinds)]


def _changed(order: PlaceOrder, **fields: Any) -> PlaceOrder:
    present = {name: getattr(order, name) for name in order.__struct_fields__}
    return PlaceOrder(**{**present, **fields})


# Orders


def place(step: Step, now_ns: int, kind: str | None = None) -> PlaceOrder:
    """One order of this kind, with the terms that it needs and now and then one too many."""
    kind = step.kind if kind is None else kind
    fields: dict[str, Any] = {
        "account": ACCOUNTS[step.who],
        "symbol": SYMBOLS[step.where],
        "side": _side(step),
        "order_type": TYPES.get(kind, OrderType.LIMIT),
        "lots": step.size,
        "time_in_force": LIVES.get(kind, TimeInForce.GTC),
        "self_trade": list(SelfTrade)[step.twist % 5],
        "reduce_only": kind == "reduce-only" or step.twist % 11 == 10,
        "tag": "swarm" if step.choice else "",
    }
    fields |= _own_terms(step, kind, now_ns)
    if kind == "odd order":
        fields |= _odd_terms(step, now_ns)
    return PlaceOrder(**fields)


def _own_terms(step: Step, kind: str, now_ns: int) -> dict[str, Any]:
    """What belongs to a kind of order."""
    price, near = PRICE + step.price, PRICE + step.price + step.choice % 3 - 1
    if kind == "market":
        life = (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK)[step.choice % 3]
        ppm = None if step.twist % 3 else step.choice * 5_000
        return {"time_in_force": life, "protection_ppm": ppm}
    if kind == "iceberg":
        shows = max(1, step.choice)
        return {"price_ticks": price, "display_lots": shows, "post_only": step.twist % 8 == 7}
    if kind in ("stop", "take profit"):
        ppm = None if step.twist % 6 else step.choice * 5_000
        return {**_watches(step, kind), "protection_ppm": ppm}
    if kind in ("stop limit", "take profit limit"):
        return {**_watches(step, kind), "price_ticks": near}
    if kind in ("trail", "trail limit"):
        return _trails(step, kind)
    lasts = {"expires_ns": now_ns + (1 + step.twist % 9) * STEP_NS} if kind == "gtd" else {}
    reduces = step.choice % 2 and kind == "reduce-only"
    if reduces:
        return {"order_type": OrderType.MARKET}
    slides = kind == "slide"
    return {
        **lasts,
        "price_ticks": price,
        "post_only": slides or kind == "post-only",
        "slide": slides,
    }


def _watches(step: Step, kind: str) -> dict[str, Any]:
    """A trigger, mostly on the side that the price has yet to reach."""
    up = step.sell == kind.startswith("take")
    away = 1 + (step.price + 4) // 3
    trigger = PRICE + (away if up else -away) if step.twist % 8 else PRICE + step.price
    return {"trigger_on": SOURCES[step.twist // 5 % 4], "trigger_ticks": trigger}


def _trails(step: Step, kind: str) -> dict[str, Any]:
    behind = 1 + step.choice % 3
    fields: dict[str, Any] = {
        "activation_ticks": None if step.twist % 3 else PRICE + step.price,
        "trigger_on": SOURCES[step.twist // 5 % 4],
    }
    fields |= {"trail_ppm": behind * 7_000} if step.choice > 4 else {"trail_ticks": behind}
    if kind == "trail limit":
        fields["limit_offset_ticks"] = step.size % 3
    return fields


def _odd_terms(step: Step, now_ns: int) -> dict[str, Any]:
    """Terms that mostly do not go together."""
    odd: tuple[dict[str, Any], ...] = (
        {"price_ticks": (None, 0, 10**15, 10**15 + 1)[step.choice % 4]},
        {"trigger_ticks": (0, PRICE + step.price)[step.choice % 2]},
        {"trigger_on": TriggerSource.INDEX},
        {"trail_ticks": step.price, "trail_ppm": (None, 10_000)[step.choice % 2]},
        {"display_lots": step.choice - 1},
        {"expires_ns": now_ns + step.price * STEP_NS},
        {"protection_ppm": (-1, 0, 10_000, 10**6)[step.choice % 4]},
        {"slide": True, "post_only": step.choice % 2 == 1},
        {"exits": Exits(take_profit_ticks=PRICE + step.price, stop_limit_ticks=PRICE)},
        {"time_in_force": list(TimeInForce)[step.choice % 5]},
        {"lots": step.size * 5},
        {"account": "nobody", "symbol": ("NONE", SYMBOLS[0])[step.choice % 2]},
        {"client_id": f"c{step.choice % 3}"},
    )
    chosen = odd[step.twist % len(odd)]
    kind = list(OrderType)[(step.twist // 7 + step.choice) % len(OrderType)]
    fields: dict[str, Any] = {"order_type": kind if step.choice % 2 else OrderType.LIMIT}
    if fields["order_type"] is OrderType.MARKET:
        fields["price_ticks"] = None
    return {**fields, **chosen}


# Groups


def _group(step: Step, now_ns: int) -> Command:
    if step.kind == "bracket":
        return _bracket(step, now_ns)
    if step.kind == "oco":
        return _oco(step, now_ns)
    if step.kind == "basket":
        return _basket(step, now_ns)
    profit, loss = _around(step)
    return ProtectPosition(
        account=ACCOUNTS[step.who],
        symbol=SYMBOLS[step.where],
        take_profit_ticks=profit,
        stop_loss_ticks=loss,
        trigger_on=SOURCES[step.twist // 8 % 4],
    )


def _around(step: Step) -> tuple[int | None, int | None]:
    """A take-profit and a stop-loss, mostly on the sides where they belong; either may lack."""
    sign = -1 if step.sell else 1
    center = PRICE + step.price
    profit = None if step.choice == 6 else center + sign * (1 + step.choice % 3)
    loss = None if step.choice == 7 else center - sign * (1 + step.twist % 3)
    return profit, loss


def _bracket(step: Step, now_ns: int) -> PlaceOrder:
    kinds = ("limit", "limit", "limit", "iceberg", "market", "stop limit", "ioc", "stop")
    profit, loss = _around(step)
    limited = loss is not None and step.twist % 5 == 4
    exits = Exits(
        take_profit_ticks=profit,
        stop_loss_ticks=loss,
        stop_limit_ticks=loss if limited else None,
        trigger_on=SOURCES[step.twist // 16],
    )
    order = place(step, now_ns, kind=kinds[step.twist % 8])
    return _changed(order, exits=exits, reduce_only=False)


def _oco(step: Step, now_ns: int) -> PlaceOco:
    """A limit order on the far side of the price and something else on the near one, mostly."""
    kinds = (*WAITING, "limit", "iceberg", "gtd")
    first = place(step, now_ns, kind=("limit", "iceberg", "gtd", "limit")[step.choice % 4])
    kind = kinds[step.twist % len(kinds)] if step.size % 8 else _any_kind(step)
    second = place(step, now_ns, kind=kind)
    if step.choice < 5:
        first = _changed(first, price_ticks=PRICE + (2 if step.sell else -2) * (step.choice % 3))
    return PlaceOco(account=ACCOUNTS[step.who], first=first, second=second)


def _basket(step: Step, now_ns: int) -> PlaceBasket:
    first = place(step, now_ns, kind=("limit", "market", "ioc", "fok")[step.choice % 4])
    second = place(step, now_ns, kind=("market", "limit")[step.choice % 2])
    other = SYMBOLS[1 - step.where] if step.twist % 16 else SYMBOLS[step.where]
    lots = max(2, step.size // 2)
    side = first.side if step.twist % 2 else first.side.opposite
    legs = (first, _changed(second, symbol=other, lots=lots, side=side))
    if step.twist % 32 == 31:
        legs = legs[:1]
    return PlaceBasket(account=ACCOUNTS[step.who], legs=legs, all_or_none=step.choice < 3)


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
            side=(None, _side(step))[step.choice % 2],
            tag=(None, None, "swarm", "")[step.twist % 4],
        )
    if step.kind == "flatten":
        return Flatten(account=account, symbol=(None, symbol)[step.choice % 2])
    if step.kind == "reverse":
        return Reverse(account=account, symbol=SYMBOLS[0 if step.twist % 8 == 0 else 1])
    if step.kind == "kill":
        return EngageKill(account=account, close_positions=step.choice % 2 == 0)
    return ReleaseKill(account=account)


# The venue and the operator


def _venue(step: Step) -> Command:
    symbol = SYMBOLS[step.where]
    if step.kind == "print":
        return MirrorTrade(
            symbol=symbol, side=_side(step), price_ticks=PRICE + step.price, lots=step.size
        )
    if step.kind == "down":
        return MirrorDown(symbol=symbol) if step.choice < 2 else _depth(step, symbol)
    if step.kind == "configure":
        hold_ns = step.size * 100_000_000
        model = list(QueueModel)[step.choice % 3]
        return ConfigureMirror(symbol=symbol, queue_model=model, taken_hold_ns=hold_ns)
    return _depth(step, symbol)


def _depth(step: Step, symbol: str) -> MirrorDepth:
    """A few levels on each side of a mid that wanders: now and then through our orders."""
    mid = PRICE + step.price
    bids = tuple((mid - 1 - i, (step.size + 7 * i) % 31) for i in range(step.choice % 4))
    asks = tuple((mid + i, (3 * step.size + 5 * i) % 31) for i in range(step.choice // 2))
    return MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=step.kind != "depth")


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
        symbol=symbol, reference_ticks=PRICE + step.price, levels=LEVELS[: 1 + step.choice % 3]
    )


def _sessions(step: Step, now_ns: int) -> tuple[tuple[int, int], ...]:
    """Two sessions with a pause between them, of which one is on or soon; often none at all."""
    if step.choice < 3:
        return ()
    start_ns = now_ns + step.price * STEP_NS
    pause_ns = start_ns + (2 + step.size % 8) * STEP_NS
    return (
        (start_ns, pause_ns),
        (pause_ns + step.choice * STEP_NS, pause_ns + (step.choice + 40) * STEP_NS),
    )
