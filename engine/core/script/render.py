"""Writing commands: one command to the line that `parse_command` reads back to the same command."""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureMirror,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    PlaceOrder,
    TimeInForce,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    clock_text,
    duration_text,
    money_text,
    price_text,
    size_text,
)
from engine.core.script.terms import render_terms
from engine.core.script.words import name
from engine.core.units import Scale


def render_command(command: Command, glossary: Glossary, ts_ns: int) -> str:
    """The line of a command that was applied at `ts_ns`, which only `time` writes."""
    if isinstance(command, AdvanceTime):
        return f"time {clock_text(ts_ns)}"
    return _WRITERS[type(command)](command, glossary)


def _instrument(command: ListInstrument, _glossary: Glossary) -> str:
    return f"instrument {render_terms(command.instrument)}"


def _account(command: OpenAccount, _glossary: Glossary) -> str:
    return f"account {name(command.account)}"


def _deposit(command: Deposit, _glossary: Glossary) -> str:
    amount = money_text(command.amount_quanta)
    return f"deposit {name(command.account)} {amount} {name(command.currency)}"


def _place(command: PlaceOrder, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    words = [
        f"place {name(command.account)} {name(command.symbol)} {command.side.value}",
        f"{size_text(command.lots, scale)} {command.order_type.value}",
    ]
    if command.price_ticks is not None:
        words.append(price_text(command.price_ticks, scale))
    if command.time_in_force is not TimeInForce.GTC:
        words.append(command.time_in_force.value)
    if command.post_only:
        words.append("post-only")
    labels = {"id": command.client_id, "tag": command.tag, "note": command.note}
    words += [f"{key}={name(text)}" for key, text in labels.items() if text]
    return " ".join(words)


def _cancel(command: CancelOrder, _glossary: Glossary) -> str:
    return f"cancel {name(command.account)} {command.order_id}"


def _amend(command: AmendOrder, glossary: Glossary) -> str:
    scale = glossary.order_scale(command.order_id)
    text = f"amend {name(command.account)} {command.order_id}"
    if command.lots is not None:
        text += f" size {size_text(command.lots, scale)}"
    if command.price_ticks is not None:
        text += f" price {price_text(command.price_ticks, scale)}"
    return text


def _cancel_all(command: CancelAll, _glossary: Glossary) -> str:
    text = f"cancel-all {name(command.account)}"
    if command.symbol is not None:
        text += f" {name(command.symbol)}"
    return text if command.side is None else f"{text} {command.side.value}"


def _flatten(command: Flatten, _glossary: Glossary) -> str:
    text = f"flatten {name(command.account)}"
    return text if command.symbol is None else f"{text} {name(command.symbol)}"


def _depth(command: MirrorDepth, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    text = f"depth {name(command.symbol)}"
    if command.snapshot:
        text += " snapshot"
    if command.bids:
        text += f" bids {_levels(command.bids, scale)}"
    if command.asks:
        text += f" asks {_levels(command.asks, scale)}"
    return text


def _levels(levels: tuple[tuple[int, int], ...], scale: Scale | None) -> str:
    return ",".join(f"{price_text(at, scale)}:{size_text(lots, scale)}" for at, lots in levels)


def _print(command: MirrorTrade, glossary: Glossary) -> str:
    scale = glossary.scale(command.symbol)
    size, price = size_text(command.lots, scale), price_text(command.price_ticks, scale)
    return f"print {name(command.symbol)} {command.side.value} {size} at {price}"


def _market_down(command: MirrorDown, _glossary: Glossary) -> str:
    return f"market-down {name(command.symbol)}"


def _mirror(command: ConfigureMirror, _glossary: Glossary) -> str:
    hold = duration_text(command.taken_hold_ns)
    return f"mirror {name(command.symbol)} queue {command.queue_model.value} hold {hold}"


_WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    ListInstrument: _instrument,
    OpenAccount: _account,
    Deposit: _deposit,
    PlaceOrder: _place,
    CancelOrder: _cancel,
    AmendOrder: _amend,
    CancelAll: _cancel_all,
    Flatten: _flatten,
    MirrorDepth: _depth,
    MirrorTrade: _print,
    MirrorDown: _market_down,
    ConfigureMirror: _mirror,
}
