"""What an owner states about a portfolio as a whole: its books, a new beginning, its end."""

from collections.abc import Iterator

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import MARKET, DepositKind, Profile, TriggerSource
from engine.core.events import EndCause
from engine.core.margin_terms import MarginMode
from engine.core.reasons import Reason
from tests.reference.naive_endings import end
from tests.reference.naive_margin import face, signed_worth
from tests.reference.naive_money import OUTSIDE
from tests.reference.naive_settling import clearing, isolated, settle_value
from tests.reference.naive_state import NaiveState

Reasons = Iterator[Reason]

# What it is called and how it keeps its books


def configure_reasons(x: NaiveState, command: c.ConfigurePortfolio) -> Reasons:
    account, before, new = command.account, x.profile(command.account), command.profile
    if new.lot_method is not before.lot_method and any(_positions(x, account)):
        yield Reason.MODE_IN_USE
    used = [symbol for symbol in x.instruments if _margin_used(x, account, symbol)]
    if new.collateral is not before.collateral and used:
        yield Reason.MODE_IN_USE
    for symbol in used:
        kind = x.instruments[symbol].asset_class
        own = (account, symbol) in x.leverages
        if not own and new.leverages.get(kind) != before.leverages.get(kind):
            yield Reason.MODE_IN_USE


def _positions(x: NaiveState, account: str) -> list[str]:
    """Instruments in which it has something, in order of listing."""
    return [symbol for symbol in x.instruments if x.position_lots(account, symbol)]


def _margin_used(x: NaiveState, account: str, symbol: str) -> bool:
    if not x.margined(account, symbol):
        return False
    return bool(x.position_lots(account, symbol) or x.orders_of(account, symbol))


def configure(x: NaiveState, command: c.ConfigurePortfolio) -> None:
    x.profiles[command.account] = command.profile
    x.say(e.PortfolioConfigured, account=command.account, profile=command.profile)


# Put away


def archive_reasons(x: NaiveState, command: c.ArchivePortfolio) -> Reasons:
    account = command.account
    on_the_way = any(sent.command.account == account for sent in x.on_the_way)
    if command.archived and (x.orders_of(account) or _positions(x, account) or on_the_way):
        yield Reason.PORTFOLIO_IN_USE


def archive(x: NaiveState, command: c.ArchivePortfolio) -> None:
    if command.archived:
        x.archived.add(command.account)
    else:
        x.archived.discard(command.account)
    x.say(e.PortfolioArchived, account=command.account, archived=command.archived)


def archived_reasons(x: NaiveState, command: object) -> Reasons:
    """Who is put away sends no orders and does not begin anew."""
    orders = (c.PlaceOrder, c.PlaceOco, c.PlaceBasket, c.ReplaceOrder, c.Reverse)
    kinds = (*orders, c.ResetPortfolio)
    if isinstance(command, kinds) and command.account in x.archived:
        yield Reason.PORTFOLIO_ARCHIVED


# Beginning anew


def reset(x: NaiveState, command: c.ResetPortfolio) -> None:
    account, profile = command.account, x.profile(command.account)
    orders = x.orders_of(account)
    for order in orders:
        if order in x.live:
            end(x, order, EndCause.RESET)
    x.on_the_way = [sent for sent in x.on_the_way if sent.command.account != account]
    closed = _positions(x, account)
    for symbol in closed:
        _close(x, account, symbol)
    for name, symbol in list(x.money.positions):
        if name == account:
            del x.money.positions[name, symbol]
    for owner, currency in list(x.money.balances):
        if owner == account:
            x.money.move(account, OUTSIDE, currency, x.money.balance(account, currency))
    _begin(x, account, profile)
    x.say(
        e.PortfolioReset,
        account=account,
        currency=profile.base_currency,
        starting_quanta=profile.starting_quanta,
        cancelled_orders=len(orders),
        closed_positions=len(closed),
    )


def _begin(x: NaiveState, account: str, profile: Profile) -> None:
    """What was deposited before is forgotten with all else."""
    currency, amount = profile.base_currency, profile.starting_quanta
    x.deposited = {place: quanta for place, quanta in x.deposited.items() if place[0] != account}
    if amount:
        x.money.move(OUTSIDE, account, currency, amount)
        x.deposited[account, currency, DepositKind.START] = amount


def _close(x: NaiveState, account: str, symbol: str) -> None:
    """At the mark and without a trade, against the market; what is owned only goes."""
    realised, terms = 0, x.instruments[symbol]
    if x.margined(account, symbol):
        lots, at = x.position_lots(account, symbol), x.price(symbol, TriggerSource.MARK)
        assert at is not None, "where there is a position there was a trade"
        value = signed_worth(terms, at, lots)
        realised = settle_value(x, account, symbol, -lots, -value)
        if x.is_owned(symbol):
            x.money.move(OUTSIDE, clearing(symbol), terms.quote, value)
            base = face(terms, abs(lots)) * (1 if lots > 0 else -1)
            x.money.move(clearing(symbol), OUTSIDE, terms.base, base)
        else:
            settle_value(x, MARKET, symbol, lots, value)
        if x.mode(account, symbol) is MarginMode.ISOLATED:
            own = isolated(account, symbol)
            x.money.move(own, account, terms.settlement, x.money.balance(own, terms.settlement))
    x.say(
        e.PositionChanged,
        account=account,
        symbol=symbol,
        lots=0,
        cost_quanta=0,
        realised_quanta=realised,
    )
