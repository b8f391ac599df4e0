"""A small exchange with a perpetual in it, and short ways to trade and price there."""

from collections.abc import Sequence
from decimal import Decimal

from engine.core.commands import (
    AdvanceTime,
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetIndexSource,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.invariants import check
from engine.core.reasons import Reason

SECOND_NS = 10**9
HOUR_NS = 3_600 * SECOND_NS
SYMBOL = "BTC-USDT-PERP"
PERP = Instrument(
    symbol=SYMBOL,
    venue="local",
    asset_class=AssetClass.PERPETUAL,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.1"),
    lot_size=Decimal("0.001"),
    maker_fee_ppm=0,
    taker_fee_ppm=0,
    initial_margin_ppm=100_000,
)
TICK_LOT_QUANTA = 10**8
"""What a lot of it is worth per tick."""


class Pit:
    """An exchange on which every command is checked for what it breaks."""

    def __init__(self, *accounts: str, instrument: Instrument = PERP, now_ns: int = 0) -> None:
        self.exchange = Exchange()
        self.symbol = instrument.symbol
        self.now_ns = now_ns
        self.do(ListInstrument(instrument=instrument))
        for account in accounts:
            self.do(OpenAccount(account=account))
            for currency in dict.fromkeys((instrument.settlement, instrument.base)):
                self.do(Deposit(account=account, currency=currency, amount_quanta=10**20))

    def do(self, command: Command, at_ns: int | None = None) -> tuple[Event, ...]:
        """Apply a command that is taken."""
        events = self.apply(command, at_ns)
        refused = [each for each in events if isinstance(each, CommandRejected | OrderRejected)]
        assert not refused, refused
        return events

    def refused(self, command: Command) -> tuple[Reason, str]:
        """Apply a command that is refused, and say why."""
        (event,) = self.apply(command)
        assert isinstance(event, CommandRejected)
        return event.reason, event.text

    def apply(self, command: Command, at_ns: int | None = None) -> tuple[Event, ...]:
        if at_ns is not None:
            self.now_ns = at_ns
        events = self.exchange.apply(command, self.now_ns)
        check(self.exchange)
        return events

    def wait(self, until_ns: int) -> tuple[Event, ...]:
        return self.do(AdvanceTime(), until_ns)

    def order(self, account: str, side: Side, lots: int, price_ticks: int) -> tuple[Event, ...]:
        return self.do(
            PlaceOrder(
                account=account,
                symbol=self.symbol,
                side=side,
                order_type=OrderType.LIMIT,
                lots=lots,
                price_ticks=price_ticks,
            )
        )

    def hold(self, lots: Sequence[tuple[str, int]], price_ticks: int = 1_000) -> None:
        """Give accounts positions, longs against shorts, by trades at one price."""
        for account, signed in lots:
            if signed:
                side = Side.BUY if signed > 0 else Side.SELL
                self.order(account, side, abs(signed), price_ticks)

    def mark(self, price_ticks: int, at_ns: int | None = None) -> tuple[Event, ...]:
        return self.do(
            SetPrice(symbol=self.symbol, source=TriggerSource.MARK, price_ticks=price_ticks), at_ns
        )

    def index(self, price_ticks: int, at_ns: int | None = None) -> tuple[Event, ...]:
        return self.do(
            SetPrice(symbol=self.symbol, source=TriggerSource.INDEX, price_ticks=price_ticks), at_ns
        )

    def source(
        self, name: str, price_ticks: int, at_ns: int | None = None, confidence_ppm: int = 0
    ) -> tuple[Event, ...]:
        return self.do(
            SetIndexSource(
                symbol=self.symbol,
                source=name,
                price_ticks=price_ticks,
                confidence_ppm=confidence_ppm,
            ),
            at_ns,
        )
