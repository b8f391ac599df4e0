"""Choosing how an account pays in an instrument."""

from engine.core.accounts import Account, chart
from engine.core.accounts.in_flight import InFlight
from engine.core.commands import PlaceBasket, PlaceOco, ReplaceOrder, SetMarginMode
from engine.core.events import MarginModeSet
from engine.core.margin_terms import CASH, CROSS, ISOLATED
from engine.core.market import Market
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def set_mode(state: State, market: Market, account: Account, command: SetMarginMode) -> None:
    """Pay in another way from now on.

    Raises:
        Refusal: The instrument cannot be paid for so, or the account has something there.
    """
    symbol, mode = command.symbol, command.mode
    if mode is CASH and not market.spot:
        raise Refusal(
            Reason.INVALID_TERMS, f"{symbol} is a derivative: its margin is cross or isolated"
        )
    position = account.position(symbol)
    usual = CASH if market.spot else CROSS
    present = usual if position.mode is CASH else position.mode
    if mode is not present:
        if problem := _in_use(account, symbol):
            raise Refusal(
                Reason.MODE_IN_USE,
                f"{account.title} has {problem} in {symbol}: its margin mode changes when there is"
                " none",
            )
        position.mode = mode
        settlement = market.instrument.settlement
        owner = chart.isolated(account.name, symbol)
        stake = state.ledger.account(owner, settlement) if mode is ISOLATED else None
        position.isolated = stake
        position.warned_pct = 0
    state.events.append(
        MarginModeSet(
            seq=state.seq, ts_ns=state.now_ns, account=account.name, symbol=symbol, mode=mode
        )
    )


def _in_use(account: Account, symbol: str) -> str:
    """What an account has in an instrument; empty when nothing."""
    if account.positions[symbol].lots:
        return "a position"
    if any(order.symbol == symbol for order in account.orders.values()):
        return "open orders"
    if any(symbol in _named(sent) for sent in account.line):
        return "orders on their way"
    return ""


def _named(sent: InFlight) -> tuple[str, ...]:
    """The instruments that a command on its way is about."""
    command = sent.command
    if isinstance(command, PlaceOco):
        return (command.first.symbol,)
    if isinstance(command, PlaceBasket):
        return tuple(leg.symbol for leg in command.legs)
    if isinstance(command, ReplaceOrder):
        return (command.order.symbol,)
    symbol = getattr(command, "symbol", None)
    return () if symbol is None else (symbol,)
