"""The exchange: commands in, events out, nothing else.

`Exchange.apply` finds what a command is about, hands it to the module that knows the rule, and
returns the events. A refusal anywhere becomes one reject event; nothing is left half done, because
every check of a rule comes before its first change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core import aftermath, due, listing, sending
from engine.core.accounts import Account, leverage, modes
from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    ArchivePortfolio,
    CancelAll,
    CancelOrder,
    ChangeMargin,
    Command,
    ConfigureCurrency,
    ConfigureFees,
    ConfigureFunding,
    ConfigureMarketBreaker,
    ConfigureMirror,
    ConfigureOracle,
    ConfigurePortfolio,
    Deposit,
    EngageKill,
    Flatten,
    HaltInstrument,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    OpenAccount,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReleaseKill,
    ReplaceOrder,
    ResetPortfolio,
    ResumeInstrument,
    Reverse,
    SendCommand,
    SetFundingRate,
    SetIndexSource,
    SetLeverage,
    SetLimits,
    SetMarginMode,
    SetPrice,
    SetSessions,
)
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.halts import halting, market_breaker
from engine.core.market import Market
from engine.core.mirror import depth, prints, synthetic
from engine.core.orders import (
    amending,
    basket,
    cancelling,
    covering,
    flattening,
    kill_switch,
    oco,
    placing,
    position_exits,
    replacing,
)
from engine.core.perps import funding, oracle, watching
from engine.core.portfolios import archiving, configuring, resetting
from engine.core.reading import Reading
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.triggers import prices


class Exchange(Reading):
    """A deterministic exchange over one state.

    The same commands with the same times give the same events, byte for byte, on any machine.
    """

    __slots__ = ()

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        """Apply one command at a time that never runs backwards.

        Args:
            ts_ns: Unix time in nanoseconds; an earlier one than before counts as the same.
        """
        state = self.state
        state.seq += 1
        if ts_ns > state.now_ns:
            state.now_ns = ts_ns
        state.events = []
        if state.due_ns <= state.now_ns:
            due.run(state, _arrive, _settle)
        try:
            APPLY[type(command)](state, command)
        except Refusal as refusal:
            state.events.append(_reject(state, command, refusal))
        if (
            state.moves
            or state.restless
            or state.grown
            or state.exposed
            or state.shrunk
            or state.touched
        ):
            _settle(state)
        events = tuple(state.events)
        state.events = []
        return events


def _settle(state: State) -> None:
    """All that follows from what a command has done."""
    while True:
        aftermath.settle(state)
        covering.cover_all(state)
        if not state.touched:
            return
        watching.watch(state)


def _arrive(state: State) -> None:
    """The command that arrives first is carried out, with all that follows from it."""
    command = sending.take_arrival(state)
    try:
        APPLY[type(command)](state, command)
    except Refusal as refusal:
        state.events.append(_reject(state, command, refusal))
    _settle(state)


def _reject(state: State, command: Command, refusal: Refusal) -> Event:
    if isinstance(command, PlaceOrder):
        return OrderRejected(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=command.account,
            symbol=command.symbol,
            side=command.side,
            lots=command.lots,
            price_ticks=command.price_ticks,
            client_id=command.client_id,
            reason=refusal.reason,
            text=refusal.text,
        )
    return CommandRejected(
        seq=state.seq,
        ts_ns=state.now_ns,
        account=getattr(command, "account", ""),
        order_id=getattr(command, "order_id", None),
        reason=refusal.reason,
        text=refusal.text,
    )


def _account(state: State, name: str) -> Account:
    account = state.accounts.get(name)
    if account is None:
        raise Refusal(Reason.UNKNOWN_ACCOUNT, f"there is no account {name!r}: open it first")
    return account


def _unarchived(account: Account) -> Account:
    if account.archived:
        raise archiving.archived(account)
    return account


def _market(state: State, symbol: str) -> Market:
    market = state.markets.get(symbol)
    if market is None:
        listed = ", ".join(state.markets) or "none"
        raise Refusal(Reason.UNKNOWN_INSTRUMENT, f"{symbol} is not listed; listed: {listed}")
    return market


def _place(state: State, command: PlaceOrder) -> None:
    account = state.accounts.get(command.account) or _account(state, command.account)
    market = state.markets.get(command.symbol) or _market(state, command.symbol)
    if account.archived:
        raise archiving.archived(account)
    placing.place(state, market, account, command)


def _oco(state: State, command: PlaceOco) -> None:
    account = _account(state, command.account)
    _market(state, command.second.symbol)
    market = _market(state, command.first.symbol)
    oco.place(state, market, _unarchived(account), command)


def _basket(state: State, command: PlaceBasket) -> None:
    basket.place(state, _unarchived(_account(state, command.account)), command)


def _protect(state: State, command: ProtectPosition) -> None:
    account = _account(state, command.account)
    position_exits.protect(state, _market(state, command.symbol), account, command)


def _replace(state: State, command: ReplaceOrder) -> None:
    account = _account(state, command.account)
    market = _market(state, command.order.symbol)
    replacing.replace(state, market, _unarchived(account), command)


def _cancel(state: State, command: CancelOrder) -> None:
    cancelling.cancel(state, _account(state, command.account), command)


def _amend(state: State, command: AmendOrder) -> None:
    account = _account(state, command.account)
    order = state.orders.get(command.order_id)
    if order is not None:
        depth.release_due(state, state.markets[order.symbol])
    amending.amend(state, account, command)


def _cancel_all(state: State, command: CancelAll) -> None:
    account = _account(state, command.account)
    if command.symbol is not None:
        _market(state, command.symbol)
    cancelling.cancel_all(state, account, command)


def _flatten(state: State, command: Flatten) -> None:
    account = _account(state, command.account)
    if command.symbol is not None:
        _market(state, command.symbol)
    flattening.flatten(state, account, command)


def _reverse(state: State, command: Reverse) -> None:
    account = _account(state, command.account)
    market = _market(state, command.symbol)
    flattening.reverse(state, market, _unarchived(account), command)


def _kill(state: State, command: EngageKill) -> None:
    kill_switch.engage(state, _account(state, command.account), command)


def _release(state: State, command: ReleaseKill) -> None:
    kill_switch.release(state, _account(state, command.account))


def _send(state: State, command: SendCommand) -> None:
    sending.send(state, _account(state, command.account), command)
    if state.due_ns <= state.now_ns:
        due.run(state, _arrive, _settle)


def _portfolio(state: State, command: ConfigurePortfolio) -> None:
    configuring.configure(state, _account(state, command.account), command)


def _reset(state: State, command: ResetPortfolio) -> None:
    resetting.reset(state, _account(state, command.account), command)


def _archive(state: State, command: ArchivePortfolio) -> None:
    archiving.archive(state, _account(state, command.account), command)


def _limits(state: State, command: SetLimits) -> None:
    configuring.set_limits(state, _account(state, command.account), command)


def _mode(state: State, command: SetMarginMode) -> None:
    account = _account(state, command.account)
    modes.set_mode(state, _market(state, command.symbol), account, command)


def _leverage(state: State, command: SetLeverage) -> None:
    account = _account(state, command.account)
    leverage.set_leverage(state, _market(state, command.symbol), account, command)


def _margin(state: State, command: ChangeMargin) -> None:
    account = _account(state, command.account)
    leverage.change_margin(state, _market(state, command.symbol), account, command)


def _set_price(state: State, command: SetPrice) -> None:
    prices.set_price(state, _market(state, command.symbol), command)


def _oracle(state: State, command: ConfigureOracle) -> None:
    oracle.configure(state, _market(state, command.symbol), command)


def _index_source(state: State, command: SetIndexSource) -> None:
    oracle.set_source(state, _market(state, command.symbol), command)


def _funding(state: State, command: ConfigureFunding) -> None:
    funding.configure(state, _market(state, command.symbol), command)


def _funding_rate(state: State, command: SetFundingRate) -> None:
    funding.set_rate(_market(state, command.symbol), command)


def _set_sessions(state: State, command: SetSessions) -> None:
    halting.set_sessions(state, _market(state, command.symbol), command)


def _halt(state: State, command: HaltInstrument) -> None:
    halting.halt_on_request(state, _market(state, command.symbol), command)


def _resume(state: State, command: ResumeInstrument) -> None:
    halting.resume_on_request(state, _market(state, command.symbol))


def _market_breaker(state: State, command: ConfigureMarketBreaker) -> None:
    market_breaker.configure(state, _market(state, command.symbol), command)


def _fees(state: State, command: ConfigureFees) -> None:
    listing.configure_fees(state, _market(state, command.symbol), command)


def _mirror_depth(state: State, command: MirrorDepth) -> None:
    depth.apply_depth(state, _market(state, command.symbol), command)


def _mirror_trade(state: State, command: MirrorTrade) -> None:
    prints.apply_print(state, _market(state, command.symbol), command)


def _mirror_quote(state: State, command: MirrorQuote) -> None:
    synthetic.apply_quote(state, _market(state, command.symbol), command)


def _mirror_down(state: State, command: MirrorDown) -> None:
    depth.apply_down(state, _market(state, command.symbol), command)


def _configure_mirror(state: State, command: ConfigureMirror) -> None:
    depth.configure(state, _market(state, command.symbol), command)


def _advance_time(state: State, command: AdvanceTime) -> None:
    del command
    for market in state.markets.values():
        depth.release_due(state, market)


APPLY: dict[type, Callable[[State, Any], None]] = {
    PlaceOrder: _place,
    PlaceOco: _oco,
    PlaceBasket: _basket,
    ProtectPosition: _protect,
    CancelOrder: _cancel,
    AmendOrder: _amend,
    ReplaceOrder: _replace,
    CancelAll: _cancel_all,
    Flatten: _flatten,
    Reverse: _reverse,
    EngageKill: _kill,
    ReleaseKill: _release,
    SendCommand: _send,
    ConfigurePortfolio: _portfolio,
    ResetPortfolio: _reset,
    ArchivePortfolio: _archive,
    SetLimits: _limits,
    ConfigureCurrency: configuring.configure_currency,
    SetMarginMode: _mode,
    SetLeverage: _leverage,
    ChangeMargin: _margin,
    SetPrice: _set_price,
    ConfigureOracle: _oracle,
    SetIndexSource: _index_source,
    ConfigureFunding: _funding,
    SetFundingRate: _funding_rate,
    SetSessions: _set_sessions,
    HaltInstrument: _halt,
    ResumeInstrument: _resume,
    ConfigureMarketBreaker: _market_breaker,
    ConfigureFees: _fees,
    MirrorDepth: _mirror_depth,
    MirrorTrade: _mirror_trade,
    MirrorQuote: _mirror_quote,
    MirrorDown: _mirror_down,
    ConfigureMirror: _configure_mirror,
    AdvanceTime: _advance_time,
    ListInstrument: listing.list_instrument,
    OpenAccount: listing.open_account,
    Deposit: listing.deposit,
}
