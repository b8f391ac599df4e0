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
    Event,
    FeesSet,
    FeeTierReached,
    Flattened,
    HaltCause,
    InstrumentHalted,
    InstrumentResumed,
    KillEngaged,
    KillReleased,
    MarketBreakerSet,
    MirrorConfigured,
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
    CommandRejected: ("refused", _refused),
}
"""Kinds by event. A refusal stands here only where it names no account."""
