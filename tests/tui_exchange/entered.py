"""An exchange that a test tells of markets by hand, where the messages of feeds enter."""

from decimal import Decimal

from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.instruments import SECOND_NS, AssetClass, Instrument
from feeds.messages import BookLost, BookSnapshot, InstrumentTerms, Message
from tui_exchange.mark_news import MarkNews
from tui_exchange.market_entry import MarketEntry
from tui_exchange.settings import Margin, Settings

START_NS = 1_800_000_000 * SECOND_NS


def instrument(symbol: str, venue: str = "one", **terms: object) -> Instrument:
    """A spot market, or a perpetual where the symbol says so; ticks of 0.1, lots of 0.001."""
    base, quote = symbol.partition(".")[0].split("-")[:2]
    kind = AssetClass.PERPETUAL if "-PERP" in symbol else AssetClass.SPOT
    usual: dict[str, object] = {
        "asset_class": kind,
        "settlement": quote,
        "tick_size": Decimal("0.1"),
        "lot_size": Decimal("0.001"),
        "maker_fee_ppm": 0,
        "taker_fee_ppm": 0,
    }
    return Instrument(symbol=symbol, venue=venue, base=base, quote=quote, **{**usual, **terms})  # type: ignore[arg-type]


class Entered:
    """An exchange, the entry before it, and all that happened; time passes as a test says."""

    def __init__(self, margin: Margin | None = None, *, live: bool = True) -> None:
        self.exchange = Exchange()
        self.now_ns = START_NS
        self.commands: list[Command] = []
        self.events: list[Event] = []
        self.news: list[str] = []
        self._marks = MarkNews(self.exchange, self.news.append)
        self.entry = MarketEntry(
            self.exchange,
            Settings().market,
            margin or Margin(),
            self.submit,
            news=self.news.append,
            changed=lambda _: None,
            listed=lambda: None,
            fees=lambda _: "",
            facts=lambda _: None,
            live=lambda _: live,
            now_ns=lambda: self.now_ns,
        )

    def submit(self, command: Command) -> tuple[Event, ...]:
        """Apply a command now."""
        events = self.exchange.apply(command, self.now_ns)
        self.commands.append(command)
        self.events += events
        self._marks(command, self.now_ns, events)
        return events

    def take(self, *messages: Message) -> None:
        """Messages of a feed arrive."""
        for message in messages:
            self.entry.take(message)

    def list(self, terms: Instrument, *, leverage_stated: bool = False) -> Instrument:
        """A venue states terms; those that came into force."""
        self.take(
            InstrumentTerms(
                received_ns=self.now_ns,
                instrument=terms,
                venue_symbol=terms.symbol,
                leverage_stated=leverage_stated,
            )
        )
        return self.exchange.instrument(terms.symbol)

    def book(self, symbol: str, bid: str, ask: str) -> None:
        """A venue shows ten on each side."""
        bids, asks = ((bid, "10"),), ((ask, "10"),)
        self.take(
            BookSnapshot(received_ns=self.now_ns, symbol=symbol, update_id=1, bids=bids, asks=asks)
        )

    def lose(self, symbol: str) -> None:
        """The book is not known any more."""
        self.take(BookLost(received_ns=self.now_ns, symbol=symbol, text="cut"))
