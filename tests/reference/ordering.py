"""Orders alone and in groups, out of abstract steps: mostly sensible, sometimes not."""

from dataclasses import replace
from typing import Any

from engine.core.commands import (
    Command,
    Exits,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from tests.reference.sequences import PLAIN, WAITING, Step
from tests.reference.world import ACCOUNTS, PRICE, STEP_NS, SYMBOLS

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


def side_of(step: Step) -> Side:
    return Side.SELL if step.sell else Side.BUY


def any_kind(step: Step) -> str:
    kinds = (*PLAIN[:-1], *WAITING)
    return kinds[(step.twist + step.choice) % len(kinds)]


def changed(order: PlaceOrder, **fields: Any) -> PlaceOrder:
    present = {name: getattr(order, name) for name in order.__struct_fields__}
    return PlaceOrder(**{**present, **fields})


# Orders


def place(step: Step, now_ns: int, kind: str | None = None) -> PlaceOrder:
    """One order of this kind, with the terms that it needs and now and then one too many."""
    kind = step.kind if kind is None else kind
    fields: dict[str, Any] = {
        "account": ACCOUNTS[step.who],
        "symbol": SYMBOLS[step.where],
        "side": side_of(step),
        "order_type": TYPES.get(kind, OrderType.LIMIT),
        "lots": step.size + (4 if step.choice and kind != "close" else 0),
        "time_in_force": LIVES.get(kind, TimeInForce.GTC),
        "self_trade": list(SelfTrade)[step.twist % 5],
        "reduce_only": kind == "reduce-only" or step.twist % 32 == 31,
        "tag": "swarm" if step.choice else "",
        "client_id": f"c{step.choice}" if step.size % 8 == 7 and step.sell else "",
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
    if kind == "close":
        at_once: dict[str, Any] = {"order_type": OrderType.MARKET}
        return (
            at_once if step.choice % 3 == 0 else {"price_ticks": PRICE + (3 if step.sell else -3)}
        )
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
        {"account": "nobody"},
        {"symbol": "NONE"},
    )
    chosen = odd[step.twist % len(odd)]
    kind = list(OrderType)[(step.twist // 7 + step.choice) % len(OrderType)]
    fields: dict[str, Any] = {"order_type": kind if step.choice % 2 else OrderType.LIMIT}
    if fields["order_type"] is OrderType.MARKET:
        fields["price_ticks"] = None
    return {**fields, **chosen}


# Groups


def group(step: Step, now_ns: int) -> Command:
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
    profit = None if step.choice == 6 else center + sign * (1 + step.choice)
    loss = None if step.choice == 7 else center - sign * (1 + step.twist % 7)
    return profit, loss


def _bracket(step: Step, now_ns: int) -> PlaceOrder:
    kinds = ("limit", "limit", "limit", "iceberg", "market", "stop limit", "ioc", "stop")
    profit, loss = _around(step if step.where else replace(step, sell=False))
    limited = loss is not None and step.twist % 5 == 4
    exits = Exits(
        take_profit_ticks=profit,
        stop_loss_ticks=loss,
        stop_limit_ticks=loss if limited else None,
        trigger_on=SOURCES[step.twist // 16],
    )
    order = place(step, now_ns, kind=kinds[step.twist % 8])
    sell = step.sell and step.where == 1
    return changed(
        order,
        exits=exits,
        reduce_only=False,
        side=Side.SELL if sell else Side.BUY,
        lots=order.lots * 2,
    )


def _oco(step: Step, now_ns: int) -> PlaceOco:
    """A limit order on the far side of the price and something else on the near one, mostly."""
    kinds = (*WAITING, "limit", "iceberg", "gtd")
    first = place(step, now_ns, kind=("limit", "iceberg", "gtd", "limit")[step.choice % 4])
    kind = kinds[step.twist % len(kinds)] if step.size % 8 else any_kind(step)
    second = place(step, now_ns, kind=kind)
    if step.choice < 5:
        first = changed(first, price_ticks=PRICE + (2 if step.sell else -2) * (step.choice % 3))
    return PlaceOco(
        account=ACCOUNTS[step.who],
        first=changed(first, client_id=""),
        second=changed(second, client_id=""),
    )


def _basket(step: Step, now_ns: int) -> PlaceBasket:
    first = place(step, now_ns, kind=("limit", "market", "ioc", "fok")[step.choice % 4])
    second = place(step, now_ns, kind=("market", "ioc", "limit")[step.size % 3])
    if first.price_ticks is not None and step.twist % 4:
        first = changed(first, price_ticks=PRICE - 3 if step.sell else PRICE + 3)
    other = SYMBOLS[1 - step.where] if step.twist % 16 else SYMBOLS[step.where]
    lots = 4 + step.size // 2
    side = first.side if step.twist % 2 else first.side.opposite
    if second.price_ticks is not None:
        second = changed(second, price_ticks=PRICE + 3 if side is Side.BUY else PRICE - 3)
    legs: tuple[PlaceOrder, ...] = (
        changed(first, client_id=""),
        changed(second, symbol=other, lots=lots, side=side, client_id=""),
    )
    if step.twist % 32 == 31:
        legs = legs[:1]
    return PlaceBasket(account=ACCOUNTS[step.who], legs=legs, all_or_none=step.choice < 3)
