"""An exchange with one mirrored instrument, and what a venue says to it."""

from decimal import Decimal

from engine.core.commands import (
    Command,
    ConfigureMirror,
    Deposit,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    QueueModel,
    Side,
)
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.invariants import check

SYMBOL = "BTC-USDT"
PRICE = 100


class Venue:
    """Bids at one price, and buyers of ours among them."""

    def __init__(self, model: QueueModel) -> None:
        self.exchange = Exchange()
        terms = Instrument(
            symbol=SYMBOL,
            venue="local",
            asset_class=AssetClass.SPOT,
            base="BTC",
            quote="USDT",
            settlement="USDT",
            tick_size=Decimal(1),
            lot_size=Decimal(1),
        )
        self.apply(ListInstrument(instrument=terms))
        self.apply(OpenAccount(account="ann"))
        self.apply(Deposit(account="ann", currency="USDT", amount_quanta=10**24))
        self.apply(ConfigureMirror(symbol=SYMBOL, queue_model=model))

    def apply(self, command: Command) -> tuple[Event, ...]:
        """What the exchange says; it must be sound afterwards."""
        events = self.exchange.apply(command, 0)
        check(self.exchange)
        return events

    def displays(self, lots: int, venue_ns: int = 1, *, snapshot: bool = False) -> None:
        """So many lots are bid; nobody of us is filled by that."""
        depth = MirrorDepth(
            symbol=SYMBOL, bids=((PRICE, lots),), asks=(), snapshot=snapshot, venue_ns=venue_ns
        )
        assert not self.apply(depth)

    def says_nothing(self, venue_ns: int) -> None:
        """Depth of this time has come, in which the bids are not mentioned."""
        assert not self.apply(MirrorDepth(symbol=SYMBOL, bids=(), asks=(), venue_ns=venue_ns))

    def buys(self, lots: int) -> None:
        """An order of ours joins the bids."""
        order = PlaceOrder(
            account="ann",
            symbol=SYMBOL,
            side=Side.BUY,
            order_type=OrderType.LIMIT,
            lots=lots,
            price_ticks=PRICE,
        )
        self.apply(order)

    def prints(self, lots: int, venue_ns: int) -> None:
        """So many lots were sold to the bids."""
        self.apply(
            MirrorTrade(
                symbol=SYMBOL, side=Side.SELL, price_ticks=PRICE, lots=lots, venue_ns=venue_ns
            )
        )

    def goes_down(self) -> None:
        """The line to the venue is lost."""
        assert not self.apply(MirrorDown(symbol=SYMBOL))

    def queue(self) -> list[tuple[str, int, int]]:
        """(account, number, lots) of the bids, in order."""
        found = self.exchange.queue_at(SYMBOL, Side.BUY, PRICE)
        return [(account, max(order_id, 0), lots) for account, order_id, lots in found]

    def displayed_lots(self) -> int:
        """What the venue displays, as far as the exchange knows."""
        return sum(lots for account, _, lots in self.queue() if account == "market")
