"""One instrument at run time: its terms, its book, its mirror, its prices, its halts."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import msgspec

from engine.core.accounts import chart
from engine.core.accounts.ledger import Ledger
from engine.core.accounts.position import Position
from engine.core.accounts.requirements import Tiers
from engine.core.book import OrderBook
from engine.core.commands import MARKET, Side, TriggerSource
from engine.core.events import HaltCause
from engine.core.fees import Tariff, flat
from engine.core.halts.hours import Hours
from engine.core.halts.window import Window
from engine.core.instruments import Instrument
from engine.core.mirror.mirror import NEVER_NS, Mirror
from engine.core.triggers import TriggerBook
from engine.core.units import Scale

if TYPE_CHECKING:
    from engine.core.orders.order import Order
    from engine.core.perps.funding_rate import Funding
    from engine.core.perps.mark import Oracle

LAST = TriggerSource.LAST
MARK = TriggerSource.MARK
INDEX = TriggerSource.INDEX
LAST_ALONE = (LAST,)
LAST_AND_MARK = (LAST, MARK)
LAST_AND_INDEX = (LAST, INDEX)
LAST_FOR_ALL = (LAST, MARK, INDEX)


class Halt(msgspec.Struct, frozen=True, gc=False):
    """Why an instrument does not trade, and until when."""

    cause: HaltCause
    until_ns: int | None
    """None: until it is resumed."""


class Market:
    """Everything that the orders of one instrument share.

    Attributes:
        spot: Trades make the buyer own the base.
        tariff: What fills are charged by.
        tradable: Orders are taken; otherwise it can only be watched.
        inverse: Its worth is no multiple of the price, and falls when the price rises.
        tiers: Its margin tiers.
        clearing_asset: The base asset that clearing holds for margined longs, or owes for shorts.
        shown_position: What the market participant has traded with us in a derivative: longs equal
            shorts.
        default_source: The price that waiting orders watch when they do not say.
        triggers: The orders that wait for a price.
        firing: Orders whose price was reached, with that price, in the order in which they fire.
        watched: Whether a breaker, its own or the market's, asks for every price.
        mark_ticks: None while no mark was ever stated.
        index_ticks: None while no index was ever stated.
        window: The recent extremes, for the breaker.
        oracle: How mark and index come about; None: they are what was stated last.
        funding: How funding comes about; None: there is none.
        next_sample_ns: When the book, ages and the premium are looked at next.
        next_funding_ns: When funding is paid next.
        next_borrow_ns: When shorts next pay for what they borrow.
    """

    __slots__ = (
        "book",
        "clearing",
        "clearing_asset",
        "default_source",
        "fees",
        "firing",
        "funding",
        "halt",
        "hours",
        "index_ticks",
        "instrument",
        "insurance",
        "inverse",
        "last_side",
        "last_ticks",
        "mark_ticks",
        "mirror",
        "next_borrow_ns",
        "next_funding_ns",
        "next_sample_ns",
        "oracle",
        "scale",
        "shown_asset",
        "shown_cash",
        "shown_position",
        "spot",
        "tariff",
        "tiers",
        "tradable",
        "triggers",
        "watched",
        "window",
    )

    def __init__(self, instrument: Instrument, ledger: Ledger) -> None:
        self.instrument = instrument
        self.scale = Scale(instrument)
        self.spot = instrument.asset_class.owned
        self.tradable = instrument.asset_class.tradable
        self.inverse = self.scale.inverse
        self.tiers = Tiers(instrument)
        self.tariff = Tariff(flat(instrument))
        self.book = OrderBook()
        self.mirror = Mirror()
        self.last_ticks: int | None = None
        self.last_side: Side | None = None
        self.mark_ticks: int | None = None
        self.index_ticks: int | None = None
        self.default_source = LAST if self.spot else MARK
        self.triggers = TriggerBook()
        self.firing: deque[tuple[Order, TriggerSource, int]] = deque()
        self.halt: Halt | None = None
        self.hours = Hours()
        self.window = Window()
        self.oracle: Oracle | None = None
        self.funding: Funding | None = None
        self.next_sample_ns = NEVER_NS
        self.next_funding_ns = NEVER_NS
        self.next_borrow_ns = NEVER_NS
        self.watched = instrument.breaker is not None
        self.insurance = ledger.account(chart.INSURANCE, instrument.settlement)
        self.fees = ledger.account(chart.FEES, instrument.settlement)
        self.clearing = ledger.account(chart.clearing(instrument.symbol), instrument.settlement)
        self.clearing_asset = ledger.account(chart.clearing(instrument.symbol), instrument.base)
        self.shown_cash = ledger.account(MARKET, instrument.settlement)
        self.shown_asset = ledger.account(MARKET, instrument.base)
        self.shown_position = Position()

    def price(self, source: TriggerSource) -> int | None:
        """A price of the instrument; the last one stands in for a mark or index never stated."""
        if source is MARK and self.mark_ticks is not None:
            return self.mark_ticks
        if source is INDEX and self.index_ticks is not None:
            return self.index_ticks
        return self.last_ticks

    def trades(self, now_ns: int) -> bool:
        """Whether it is neither halted nor outside its sessions."""
        return self.halt is None and self.hours.is_open(now_ns)

    def counts_for(self, source: TriggerSource) -> tuple[TriggerSource, ...]:
        """The sources for which a price of this one counts: the last also where others lack."""
        if source is not LAST:
            return (source,)
        if self.mark_ticks is not None:
            return LAST_ALONE if self.index_ticks is not None else LAST_AND_INDEX
        return LAST_AND_MARK if self.index_ticks is not None else LAST_FOR_ALL
