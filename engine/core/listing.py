"""Instruments, accounts and the paper money they start with."""

from engine.core.accounts import Account, chart
from engine.core.commands import MARKET, ConfigureFees, Deposit, ListInstrument, OpenAccount
from engine.core.events import AccountOpened, Deposited, FeesSet, InstrumentListed
from engine.core.fees import Tariff, check, flat
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import tiers_problem
from engine.core.market import Market
from engine.core.orders.ending import rehold
from engine.core.perps import timetable
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import PPM, UnitError


def list_instrument(state: State, command: ListInstrument) -> None:
    """Make an instrument tradable; terms may be replaced while nothing depends on them.

    Raises:
        Refusal: Terms that cannot be computed with, or an instrument in use.
    """
    instrument = command.instrument
    present = state.markets.get(instrument.symbol)
    if present is None or present.instrument != instrument:
        _check_terms(instrument)
        if present is not None and _in_use(state, present):
            raise Refusal(
                Reason.INSTRUMENT_IN_USE,
                f"{instrument.symbol} has orders or positions on its present terms:"
                " close them before its terms change",
            )
        state.markets[instrument.symbol] = Market(instrument, state.ledger)
        for account in state.accounts.values():
            account.purses.pop(instrument.symbol, None)
        timetable.arm(state, state.markets[instrument.symbol])
    state.events.append(InstrumentListed(seq=state.seq, ts_ns=state.now_ns, instrument=instrument))


def open_account(state: State, command: OpenAccount) -> None:
    """Create an account.

    Raises:
        Refusal: The name is taken, or not one that a trader may have.
    """
    name = command.account
    if name in state.accounts:
        raise Refusal(Reason.ACCOUNT_EXISTS, f"account {name!r} is open already")
    group = command.group or name
    for what, text in (("an account", name), ("a group", group)):
        if text == MARKET or not chart.is_trader_name(text):
            raise Refusal(
                Reason.RESERVED_ACCOUNT,
                f"{text!r} cannot name {what}: use printable text without spaces and colons,"
                f" other than {MARKET!r}",
            )
    state.accounts[name] = Account(name, group, state.group_id(group))
    state.events.append(AccountOpened(seq=state.seq, ts_ns=state.now_ns, account=name))


def deposit(state: State, command: Deposit) -> None:
    """Give an account paper money.

    Raises:
        Refusal: No such account, or an amount that is not positive.
    """
    if command.account not in state.accounts:
        raise Refusal(
            Reason.UNKNOWN_ACCOUNT, f"there is no account {command.account!r}: open it first"
        )
    if command.amount_quanta <= 0:
        raise Refusal(Reason.AMOUNT_NOT_POSITIVE, "a deposit must be more than nothing")
    outside = state.ledger.account(chart.OUTSIDE, command.currency)
    purse = state.ledger.account(command.account, command.currency)
    state.ledger.transfer(outside, purse, command.amount_quanta)
    deposited = state.accounts[command.account].deposited
    key = command.currency, command.kind
    deposited[key] = deposited.get(key, 0) + command.amount_quanta
    state.events.append(
        Deposited(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=command.account,
            currency=command.currency,
            amount_quanta=command.amount_quanta,
            balance_quanta=purse.balance_quanta,
            kind=command.kind,
        )
    )


def configure_fees(state: State, market: Market, command: ConfigureFees) -> None:
    """Charge fills by another schedule; what resting orders hold for fees follows at once.

    Raises:
        Refusal: A schedule that cannot be charged.
    """
    if problem := check(command.schedule):
        raise Refusal(
            Reason.INVALID_TERMS, f"{command.symbol} cannot be charged like this: {problem}"
        )
    market.tariff = Tariff(command.schedule)
    for account in state.accounts.values():
        if command.symbol in account.purses:
            account.purses[command.symbol][2].tier = None
    for order in state.orders.values():
        if order.symbol == command.symbol:
            rehold(market, order)
    state.events.append(
        FeesSet(
            seq=state.seq,
            ts_ns=state.now_ns,
            symbol=command.symbol,
            schedule=command.schedule.name,
        )
    )


def _check_terms(instrument: Instrument) -> None:
    problem = ""
    try:
        Market(instrument, State().ledger)
    except UnitError as error:
        problem = str(error)
    names = (instrument.symbol, instrument.base, instrument.quote, instrument.settlement)
    if not all(map(chart.is_name, names)):
        problem = "its symbol and its currencies must be printable text without spaces"
    if not 0 < instrument.lots_min <= instrument.lots_max:
        problem = "its smallest quantity must be positive and not above its largest"
    if not 0 < instrument.initial_margin_ppm <= PPM:
        problem = "its initial margin must lie above 0 and at most at 100%"
    if fees_problem := check(flat(instrument)):
        problem = fees_problem
    if instrument.band_ppm is not None and not 0 < instrument.band_ppm < PPM:
        problem = "its price band must lie between 0% and 100%"
    if instrument.cascade_orders_max < 1:
        problem = "it must let at least one order fire"
    breaker = instrument.breaker
    if breaker is not None and not (
        0 < breaker.move_ppm < PPM and breaker.window_ns > 0 and breaker.halt_ns > 0
    ):
        problem = "its breaker needs a move between 0% and 100%, a window and a halt"
    inverse = instrument.asset_class is AssetClass.INVERSE
    if inverse and instrument.settlement != instrument.base:
        problem = f"it must settle in {instrument.base}, its base currency"
    elif (
        instrument.asset_class.tradable
        and not inverse
        and instrument.settlement != instrument.quote
    ):
        problem = f"it must settle in {instrument.quote}, its quote currency"
    if tiers_problem(instrument.margin_tiers):
        problem = tiers_problem(instrument.margin_tiers)
    if not 0 <= instrument.borrow_ppm <= PPM or not 0 <= instrument.liquidation_fee_ppm < PPM:
        problem = "its borrow and liquidation fees must lie between 0% and 100%"
    step_ppm = instrument.liquidation_step_ppm
    if step_ppm is not None and not 0 < step_ppm <= PPM:
        problem = "its liquidation step must lie above 0% and at most at 100%"
    if instrument.asset_class.owned and instrument.base == instrument.quote:
        problem = "its base and quote currency must differ"
    if problem:
        raise Refusal(Reason.INVALID_TERMS, f"{instrument.symbol} cannot be listed: {problem}")


def _in_use(state: State, market: Market) -> bool:
    """Whether anybody has orders or a position in it: traders, the fund, the market participant."""
    symbol = market.instrument.symbol
    if market.shown_position.lots:
        return True
    for account in (*state.accounts.values(), state.fund):
        position = account.positions.get(symbol)
        if position is not None and position.lots:
            return True
        if any(order.symbol == symbol for order in account.orders.values()):
            return True
    return False
