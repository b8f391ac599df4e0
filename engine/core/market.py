"""One instrument at run time: its terms, its book, its mirror, its last trade."""

from engine.core.accounts import chart
from engine.core.accounts.ledger import Ledger
from engine.core.accounts.position import Position
from engine.core.book import OrderBook
from engine.core.commands import MARKET, Side
from engine.core.instruments import AssetClass, Instrument
from engine.core.mirror.mirror import Mirror
from engine.core.units import Scale


class Market:
    """Everything that the orders of one instrument share.

    Attributes:
        worst_fee_ppm: The highest rate that a fill can be charged; never negative.
        shown_position: What the market participant has traded with us in a derivative: longs equal
            shorts.
    """

    __slots__ = (
        "book",
        "clearing",
        "fees",
        "instrument",
        "last_side",
        "last_ticks",
        "mirror",
        "scale",
        "shown_asset",
        "shown_cash",
        "shown_position",
        "spot",
        "worst_fee_ppm",
    )

    def __init__(self, instrument: Instrument, ledger: Ledger) -> None:
        self.instrument = instrument
        self.scale = Scale(instrument)
        self.spot = instrument.asset_class is AssetClass.SPOT
        self.worst_fee_ppm = max(instrument.maker_fee_ppm, instrument.taker_fee_ppm, 0)
        self.book = OrderBook()
        self.mirror = Mirror()
        self.last_ticks: int | None = None
        self.last_side: Side | None = None
        self.fees = ledger.account(chart.FEES, instrument.settlement)
        self.clearing = ledger.account(chart.clearing(instrument.symbol), instrument.settlement)
        self.shown_cash = ledger.account(MARKET, instrument.settlement)
        self.shown_asset = ledger.account(MARKET, instrument.base)
        self.shown_position = Position()
