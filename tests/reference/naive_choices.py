"""What an owner chooses about margin: the mode, the leverage, the money behind a position."""

from collections.abc import Iterator

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import Side
from engine.core.margin_terms import MarginMode
from engine.core.reasons import Reason
from tests.reference import naive_margin
from tests.reference.naive_means import (
    available,
    held_in,
    initial,
    position_size,
    resting_size,
    spendable,
    unrealised,
)
from tests.reference.naive_settling import isolated
from tests.reference.naive_state import NaiveState

Reasons = Iterator[Reason]

# Mode


def mode_reasons(x: NaiveState, command: c.SetMarginMode) -> Reasons:
    account, symbol = command.account, command.symbol
    if command.mode is MarginMode.CASH and not x.is_owned(symbol):
        yield Reason.INVALID_TERMS
    if command.mode is x.mode(account, symbol):
        return
    on_the_way = any(
        symbol in _named(sent.command) for sent in x.on_the_way if sent.command.account == account
    )
    if x.position_lots(account, symbol) or x.orders_of(account, symbol) or on_the_way:
        yield Reason.MODE_IN_USE


def _named(command: object) -> list[str]:
    """The instruments that a command is about."""
    parts = [getattr(command, name, None) for name in ("first", "second", "order")]
    parts += [command, *getattr(command, "legs", ())]
    symbols = [getattr(part, "symbol", None) for part in parts]
    return [symbol for symbol in symbols if symbol is not None]


def set_mode(x: NaiveState, command: c.SetMarginMode) -> None:
    x.modes[command.account, command.symbol] = command.mode
    x.say(e.MarginModeSet, account=command.account, symbol=command.symbol, mode=command.mode)


# Leverage


def leverage_reasons(x: NaiveState, command: c.SetLeverage) -> Reasons:
    account, symbol, terms = command.account, command.symbol, x.instruments[command.symbol]
    if not x.margined(account, symbol):
        yield Reason.FLAGS_CONFLICT
    if not 1 <= command.leverage <= naive_margin.leverage_max(terms, 0):
        yield Reason.LEVERAGE_INVALID
        return
    size = position_size(x, account, symbol)
    size += max(resting_size(x, account, symbol, side) for side in Side)
    if command.leverage > naive_margin.leverage_max(terms, size):
        yield Reason.LEVERAGE_TOO_HIGH
    held, moved = _rise(x, command)
    cross = x.mode(account, symbol) is MarginMode.CROSS
    left = (available if cross else spendable)(x, account, terms.settlement)
    if held + moved > max(0, left):
        yield Reason.INSUFFICIENT_FUNDS


def _rise(x: NaiveState, command: c.SetLeverage) -> tuple[int, int]:
    """How much more is held with a new leverage, and how much goes behind the position."""
    account, symbol = command.account, command.symbol
    place = account, symbol
    before, chosen = held_in(x, account, symbol), x.leverages.get(place)
    x.leverages[place] = command.leverage
    rise = held_in(x, account, symbol) - before, _missing(x, account, symbol)
    if chosen is None:
        del x.leverages[place]
    else:
        x.leverages[place] = chosen
    return rise


def _missing(x: NaiveState, account: str, symbol: str) -> int:
    """What an isolated position's margin lacks of its initial margin."""
    position = x.money.position(account, symbol)
    if x.mode(account, symbol) is not MarginMode.ISOLATED or position is None or not position.lots:
        return 0
    there = x.money.balance(isolated(account, symbol), x.instruments[symbol].settlement)
    return max(0, initial(x, account, symbol, abs(position.cost)) - there)


def set_leverage(x: NaiveState, command: c.SetLeverage) -> None:
    account, symbol = command.account, command.symbol
    moved = _rise(x, command)[1]
    x.leverages[account, symbol] = command.leverage
    x.money.move(account, isolated(account, symbol), x.instruments[symbol].settlement, moved)
    x.touch(account, symbol)
    x.say(
        e.LeverageSet,
        account=account,
        symbol=symbol,
        leverage=command.leverage,
        held_quanta=held_in(x, account, symbol),
    )


# The money behind one position


def change_reasons(x: NaiveState, command: c.ChangeMargin) -> Reasons:
    account, symbol, amount = command.account, command.symbol, command.amount_quanta
    if amount == 0:
        yield Reason.AMOUNT_NOT_POSITIVE
    if x.mode(account, symbol) is not MarginMode.ISOLATED:
        yield Reason.FLAGS_CONFLICT
        return
    position, currency = x.money.position(account, symbol), x.instruments[symbol].settlement
    if position is None or not position.lots:
        yield Reason.NO_POSITION
        return
    there = x.money.balance(isolated(account, symbol), currency)
    there += min(0, unrealised(x, account, symbol))
    if -amount > max(0, there - initial(x, account, symbol, abs(position.cost))):
        yield Reason.MARGIN_NOT_FREE
    if amount > max(0, spendable(x, account, currency)):
        yield Reason.INSUFFICIENT_FUNDS


def change_margin(x: NaiveState, command: c.ChangeMargin) -> None:
    account, symbol, amount = command.account, command.symbol, command.amount_quanta
    currency, own = x.instruments[symbol].settlement, isolated(account, symbol)
    x.money.move(account, own, currency, amount)
    x.touch(account, symbol)
    x.say(
        e.MarginChanged,
        account=account,
        symbol=symbol,
        amount_quanta=amount,
        margin_quanta=x.money.balance(own, currency),
    )
