"""What happens to instruments and accounts as a whole, one row an event."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.core.events import (
    AccountOpened,
    AllCancelled,
    BasketAccepted,
    BasketDone,
    CommandArrived,
    CommandRejected,
    CommandSent,
    CurrencySet,
    Event,
    FeesSet,
    FeeTierReached,
    Flattened,
    FundingSet,
    HaltCause,
    InstrumentHalted,
    InstrumentResumed,
    KillEngaged,
    KillReleased,
    LeverageSet,
    LimitsSet,
    MarginChanged,
    MarginModeSet,
    MarketBreakerSet,
    MirrorConfigured,
    OracleChanged,
    OracleSet,
    OracleStatus,
    PortfolioArchived,
    PortfolioConfigured,
    PortfolioReset,
    Reversed,
    SessionsSet,
)
from engine.core.instruments import Instrument
from engine.core.units import Scale, decimal_text, quanta_decimal
from engine.journal.rows import VenueEventRow

Markets = Mapping[str, tuple[Instrument, Scale]]

_HALTED = {
    HaltCause.REQUESTED: "it was asked for",
    HaltCause.MOVED: "its price moved too far too fast",
    HaltCause.MARKET: "the whole market fell too far",
    HaltCause.CASCADE: "one command fired too many waiting orders",
}
_ORACLE = {
    OracleStatus.OK: "the mark is what it is meant to be",
    OracleStatus.FALLBACK: "what the mark is made of is too old: the middle of the book stands in",
    OracleStatus.LOST: "there is no mark: nothing is liquidated",
}


def venue_row(event: Event, n: int, command: str, markets: Markets) -> VenueEventRow:
    """The row of an event of `VENUE_EVENTS`."""
    row = VenueEventRow(
        seq=event.seq,
        n=n,
        ts=event.ts_ns,
        kind="",
        command=command,
        account=getattr(event, "account", None) or None,
        symbol=getattr(event, "symbol", None),
        text="",
    )
    row.kind, fill = VENUE_EVENTS[type(event)]
    fill(row, event, markets)
    return row


def _account(row: VenueEventRow, event: AccountOpened, markets: Markets) -> None:
    row.text = "the account was opened"


def _halted(row: VenueEventRow, event: InstrumentHalted, markets: Markets) -> None:
    row.cause = event.cause.value
    row.until = event.until_ns
    row.text = f"trading stopped: {_HALTED[event.cause]}"


def _resumed(row: VenueEventRow, event: InstrumentResumed, markets: Markets) -> None:
    row.text = "trading resumed"


def _sessions(row: VenueEventRow, event: SessionsSet, markets: Markets) -> None:
    row.until = event.until_ns
    many = "session is" if event.sessions == 1 else "sessions are"
    row.text = f"{event.sessions} {many} known" if event.sessions else "it trades at all times"


def _fees(row: VenueEventRow, event: FeesSet, markets: Markets) -> None:
    row.text = f"fills cost what the schedule {event.schedule} says"


def _fee_tier(row: VenueEventRow, event: FeeTierReached, markets: Markets) -> None:
    row.tier = event.tier
    row.volume = quanta_decimal(event.volume_quanta)
    row.maker_fee_ppm = event.maker_ppm
    row.taker_fee_ppm = event.taker_ppm
    row.text = f"the next fills cost {event.maker_ppm} ppm as maker, {event.taker_ppm} ppm as taker"


def _market_breaker(row: VenueEventRow, event: MarketBreakerSet, markets: Markets) -> None:
    row.price = markets[event.symbol][1].price_decimal(event.reference_ticks)
    row.price_ticks = event.reference_ticks
    row.text = f"a fall from {decimal_text(row.price)} halts every instrument"


def _mirror(row: VenueEventRow, event: MirrorConfigured, markets: Markets) -> None:
    row.text = (
        f"displayed quantity falls {event.queue_model.value}; what was taken of it stays taken"
        f" for {event.taken_hold_ns // 1_000_000} ms"
    )


def _all_cancelled(row: VenueEventRow, event: AllCancelled, markets: Markets) -> None:
    row.orders = event.orders
    labelled = f" labelled {event.tag}" if event.tag is not None else ""
    row.text = f"{_count(event.orders, 'order')}{labelled} cancelled"


def _flattened(row: VenueEventRow, event: Flattened, markets: Markets) -> None:
    _swept(row, event.cancelled_orders, event.open_positions)


def _kill_engaged(row: VenueEventRow, event: KillEngaged, markets: Markets) -> None:
    _swept(row, event.cancelled_orders, event.open_positions)
    row.text = f"no new risk is taken; {row.text}"


def _kill_released(row: VenueEventRow, event: KillReleased, markets: Markets) -> None:
    row.text = "the account may trade again"


def _reversed(row: VenueEventRow, event: Reversed, markets: Markets) -> None:
    row.lots = event.lots
    row.size = markets[event.symbol][1].size_decimal(event.lots)
    row.text = f"the position is {decimal_text(row.size)} now"


def _basket(row: VenueEventRow, event: BasketAccepted, markets: Markets) -> None:
    row.group_id = event.basket_id
    row.orders = event.legs
    row.share_ppm = event.share_ppm
    row.text = f"{_count(event.legs, 'leg')}, of each {event.share_ppm} ppm trade"


def _basket_done(row: VenueEventRow, event: BasketDone, markets: Markets) -> None:
    row.group_id = event.basket_id
    row.text = "every leg has ended"


def _sent(row: VenueEventRow, event: CommandSent, markets: Markets) -> None:
    row.until = event.arrives_ns
    row.text = f"command {event.sent_id} is on its way"


def _arrived(row: VenueEventRow, event: CommandArrived, markets: Markets) -> None:
    row.text = f"command {event.sent_id} has arrived"


def _refused(row: VenueEventRow, event: CommandRejected, markets: Markets) -> None:
    row.cause = event.reason.value
    row.text = event.text


def _portfolio(row: VenueEventRow, event: PortfolioConfigured, markets: Markets) -> None:
    profile = event.profile
    row.cause = profile.lot_method.value
    row.text = (
        f"its books are in {profile.base_currency}, its lots {profile.lot_method.value}, its"
        f" collateral {profile.collateral.value}"
    )


def _reset(row: VenueEventRow, event: PortfolioReset, markets: Markets) -> None:
    row.amount = quanta_decimal(event.starting_quanta)
    row.currency = event.currency
    row.orders = event.cancelled_orders
    row.text = (
        f"began anew with {decimal_text(row.amount)} {event.currency}:"
        f" {_count(event.cancelled_orders, 'order')} cancelled,"
        f" {_count(event.closed_positions, 'position')} closed"
    )


def _archived(row: VenueEventRow, event: PortfolioArchived, markets: Markets) -> None:
    row.kind = "archived" if event.archived else "unarchived"
    row.text = "put away: it takes no orders" if event.archived else "taken out again"


def _limits(row: VenueEventRow, event: LimitsSet, markets: Markets) -> None:
    row.text = "what the portfolio may do at most was set"


def _margin_mode(row: VenueEventRow, event: MarginModeSet, markets: Markets) -> None:
    row.cause = event.mode.value
    row.text = f"pays by {event.mode.value}"


def _leverage(row: VenueEventRow, event: LeverageSet, markets: Markets) -> None:
    row.amount = quanta_decimal(event.held_quanta)
    row.currency = markets[event.symbol][0].settlement
    row.text = f"leverage {event.leverage}, {decimal_text(row.amount)} {row.currency} held"


def _margin(row: VenueEventRow, event: MarginChanged, markets: Markets) -> None:
    row.amount = quanta_decimal(event.amount_quanta)
    row.currency = markets[event.symbol][0].settlement
    left = decimal_text(quanta_decimal(event.margin_quanta))
    row.text = f"{left} {row.currency} stand behind the position now"


def _oracle(row: VenueEventRow, event: OracleSet, markets: Markets) -> None:
    row.cause = event.mark.value
    row.text = f"the mark is {event.mark.value}, the index has {_count(event.sources, 'source')}"


def _oracle_status(row: VenueEventRow, event: OracleChanged, markets: Markets) -> None:
    row.cause = event.status.value
    row.text = _ORACLE[event.status]
    if event.mark_ticks is not None:
        row.price = markets[event.symbol][1].price_decimal(event.mark_ticks)
        row.price_ticks = event.mark_ticks


def _funding(row: VenueEventRow, event: FundingSet, markets: Markets) -> None:
    row.cause = event.model.value
    row.until = event.next_ns
    row.text = f"funding is {event.model.value}, paid every {event.interval_ns // 10**9} s"


def _currency(row: VenueEventRow, event: CurrencySet, markets: Markets) -> None:
    row.currency = event.currency
    row.share_ppm = event.haircut_ppm
    pegged = f", at the value of {event.pegged_to}" if event.pegged_to else ""
    row.text = f"counts as collateral less {event.haircut_ppm} ppm{pegged}"


def _swept(row: VenueEventRow, orders: int, positions: int) -> None:
    row.orders = orders
    row.open_positions = positions
    left = f"{_count(positions, 'position')} open" if positions else "no position open"
    row.text = f"{_count(orders, 'order')} cancelled, {left}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


VENUE_EVENTS: dict[type, tuple[str, Callable[[VenueEventRow, Any, Markets], None]]] = {
    AccountOpened: ("account", _account),
    InstrumentHalted: ("halted", _halted),
    InstrumentResumed: ("resumed", _resumed),
    SessionsSet: ("sessions", _sessions),
    FeesSet: ("fees", _fees),
    FeeTierReached: ("fee_tier", _fee_tier),
    MarketBreakerSet: ("market_breaker", _market_breaker),
    MirrorConfigured: ("mirror", _mirror),
    AllCancelled: ("all_cancelled", _all_cancelled),
    Flattened: ("flattened", _flattened),
    KillEngaged: ("kill_engaged", _kill_engaged),
    KillReleased: ("kill_released", _kill_released),
    Reversed: ("reversed", _reversed),
    BasketAccepted: ("basket", _basket),
    BasketDone: ("basket_done", _basket_done),
    CommandSent: ("sent", _sent),
    CommandArrived: ("arrived", _arrived),
    PortfolioConfigured: ("portfolio", _portfolio),
    PortfolioReset: ("reset", _reset),
    PortfolioArchived: ("archived", _archived),
    LimitsSet: ("limits", _limits),
    MarginModeSet: ("margin_mode", _margin_mode),
    LeverageSet: ("leverage", _leverage),
    MarginChanged: ("margin", _margin),
    OracleSet: ("oracle", _oracle),
    OracleChanged: ("oracle_status", _oracle_status),
    FundingSet: ("funding", _funding),
    CurrencySet: ("currency", _currency),
    CommandRejected: ("refused", _refused),
}
"""Kinds by event. A refusal stands here only where it names no account."""
