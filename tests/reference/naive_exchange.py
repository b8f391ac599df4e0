"""A slow, obvious exchange: the same commands must give the same events.

It shares the messages and unit conversions with the engine and nothing else. Every reason that
applies to a command is collected, and the first in order of precedence is given. Nothing is
indexed: every question is answered from lists of all orders, fills, transfers and prices.

| module | what it knows |
|---|---|
| naive_state | what is remembered, and questions that only read it |
| naive_book, naive_money, naive_mirror, naive_fees | queues, cash and positions, a venue, fees |
| naive_margin, naive_means | worth and margin by the terms; what is held, and what is left |
| naive_settling, naive_pools | what a fill does to money; what answers for positions |
| naive_choices | margin modes, leverage, money behind one position |
| naive_pricing, naive_oracle, naive_funding | marks and indexes, funding, borrowed assets |
| naive_liquidation, naive_bankruptcy, naive_deleveraging | positions that are closed |
| naive_fund, naive_deficits | who takes them over, who pays what is owed |
| naive_portfolios | how books are kept, a new beginning, the archive |
| naive_rates, naive_limits | what currencies are worth, what a portfolio may do |
| naive_terms, naive_refusals | what may be sent |
| naive_orders, naive_matching, naive_endings | one order's life |
| naive_watching, naive_firing, naive_halts | prices and triggers, hours and halts |
| naive_exits, naive_groups, naive_mass | orders that belong together |
| naive_venue, naive_prints | the mirrored venue's depth and tape |
| naive_falls, naive_kept | depth that fell for a print's sake, queues while the depth is lost |
| naive_synthetic | the depth behind a quote |
| naive_queue | where an order stands in its queue, and how it got there |
| naive_sending | commands on their way, and everything that comes due |
"""

from collections.abc import Callable
from typing import Any

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import Command, PlaceOrder
from engine.core.events import EndCause, Event
from engine.core.reasons import Reason
from tests.reference import (
    naive_choices,
    naive_exits,
    naive_funding,
    naive_groups,
    naive_halts,
    naive_limits,
    naive_mass,
    naive_oracle,
    naive_orders,
    naive_portfolios,
    naive_prints,
    naive_sending,
    naive_venue,
)
from tests.reference.naive_aftermath import conclude
from tests.reference.naive_endings import end
from tests.reference.naive_fees import Span
from tests.reference.naive_mirror import NaiveMirror
from tests.reference.naive_money import OUTSIDE
from tests.reference.naive_refusals import refusal
from tests.reference.naive_state import NaiveState


class NaiveExchange(NaiveState):
    def apply(self, command: Command, ts_ns: int) -> list[Event]:
        self.seq += 1
        _pass_time(self, max(self.now_ns, ts_ns))
        self.events = []
        naive_sending.come_due(self)
        self.carry_out(command)
        return self.events

    def carry_out(self, command: Command) -> None:
        """Do a command, or refuse it, and all that follows from it."""
        self.shrunk = []
        reason = refusal(self, command)
        if reason is not None:
            _reject(self, command, reason)
        else:
            APPLY[type(command)](self, command)
        conclude(self)


def _pass_time(x: NaiveState, now_ns: int) -> None:
    """Who quotes both sides did so until now."""
    for account in x.accounts:
        for symbol in x.instruments:
            if naive_orders.two_sided(x, account, symbol) and now_ns > x.now_ns:
                x.fees.spans.append(Span(account, symbol, x.now_ns, now_ns))
    x.now_ns = now_ns


def _reject(x: NaiveState, command: Command, reason: Reason) -> None:
    if isinstance(command, PlaceOrder):
        copied = ("account", "symbol", "side", "lots", "price_ticks", "client_id")
        fields = {name: getattr(command, name) for name in copied}
        x.say(e.OrderRejected, reason=reason, text="", **fields)
        return
    account, order_id = getattr(command, "account", ""), getattr(command, "order_id", None)
    x.say(e.CommandRejected, account=account, order_id=order_id, reason=reason, text="")


def _cancel(x: NaiveState, command: c.CancelOrder) -> None:
    order = x.find(command.order_id)
    assert order is not None
    end(x, order, EndCause.REQUESTED)


def _replace(x: NaiveState, command: c.ReplaceOrder) -> None:
    order = x.find(command.order_id)
    assert order is not None
    end(x, order, EndCause.REPLACED)
    naive_orders.place(x, command.order)


def _list(x: NaiveState, command: c.ListInstrument) -> None:
    terms = command.instrument
    if x.instruments.get(terms.symbol) != terms:
        x.book.resting = [o for o in x.book.resting if o.symbol != terms.symbol]
        x.instruments[terms.symbol] = terms
        x.mirrors[terms.symbol] = NaiveMirror()
        x.last.pop(terms.symbol, None)
        x.oracles.pop(terms.symbol, None)
        x.fundings.pop(terms.symbol, None)
        x.lent[terms.symbol] = x.now_ns
    x.say(e.InstrumentListed, instrument=terms)


def _open(x: NaiveState, command: c.OpenAccount) -> None:
    x.accounts[command.account] = set()
    x.groups[command.account] = command.group
    x.say(e.AccountOpened, account=command.account)


def _deposit(x: NaiveState, command: c.Deposit) -> None:
    account, currency = command.account, command.currency
    x.money.move(OUTSIDE, account, currency, command.amount_quanta)
    place = account, currency, command.kind
    x.deposited[place] = x.deposited.get(place, 0) + command.amount_quanta
    x.say(
        e.Deposited,
        account=account,
        currency=currency,
        amount_quanta=command.amount_quanta,
        balance_quanta=x.money.balance(account, currency),
        kind=command.kind,
    )


def _set_currency(x: NaiveState, command: c.ConfigureCurrency) -> None:
    x.currencies[command.currency] = command
    x.say(
        e.CurrencySet,
        currency=command.currency,
        haircut_ppm=command.haircut_ppm,
        pegged_to=command.pegged_to,
    )


def _set_fees(x: NaiveState, command: c.ConfigureFees) -> None:
    x.fees.configure(command.symbol, command.schedule)
    x.say(e.FeesSet, symbol=command.symbol, schedule=command.schedule.name)


APPLY: dict[type, Callable[[NaiveState, Any], None]] = {
    PlaceOrder: naive_orders.place,
    c.PlaceOco: naive_groups.place_oco,
    c.PlaceBasket: naive_groups.place_basket,
    c.ProtectPosition: naive_exits.protect,
    c.CancelOrder: _cancel,
    c.AmendOrder: naive_orders.amend,
    c.ReplaceOrder: _replace,
    c.CancelAll: naive_mass.cancel_all,
    c.Flatten: naive_mass.flatten,
    c.Reverse: naive_mass.reverse,
    c.EngageKill: naive_mass.engage_kill,
    c.ReleaseKill: naive_mass.release_kill,
    c.SetMarginMode: naive_choices.set_mode,
    c.SetLeverage: naive_choices.set_leverage,
    c.ChangeMargin: naive_choices.change_margin,
    c.ConfigurePortfolio: naive_portfolios.configure,
    c.ResetPortfolio: naive_portfolios.reset,
    c.ArchivePortfolio: naive_portfolios.archive,
    c.SetLimits: naive_limits.set_limits,
    c.ConfigureCurrency: _set_currency,
    c.SendCommand: naive_sending.send,
    c.SetPrice: naive_oracle.set_price,
    c.SetIndexSource: naive_oracle.set_source,
    c.ConfigureOracle: naive_oracle.configure,
    c.ConfigureFunding: naive_funding.configure,
    c.SetFundingRate: naive_funding.set_rate,
    c.SetSessions: naive_halts.set_sessions,
    c.HaltInstrument: naive_halts.halt_requested,
    c.ResumeInstrument: naive_halts.resume_requested,
    c.ConfigureMarketBreaker: naive_halts.set_market_breaker,
    c.ConfigureFees: _set_fees,
    c.MirrorDepth: naive_venue.apply_depth,
    c.MirrorTrade: naive_prints.apply_print,
    c.MirrorQuote: naive_venue.apply_quote,
    c.MirrorDown: naive_venue.apply_down,
    c.ConfigureMirror: naive_venue.configure,
    c.AdvanceTime: naive_venue.advance,
    c.ListInstrument: _list,
    c.OpenAccount: _open,
    c.Deposit: _deposit,
}
