"""Where market messages enter: each becomes commands for the exchange, or news for the trader."""

from collections.abc import Callable
from decimal import Decimal

from engine.core.commands import (
    Command,
    ConfigureFees,
    ConfigureMirror,
    ListInstrument,
    MirrorDown,
    QueueModel,
)
from engine.core.exchange import Exchange
from engine.core.fees import flat
from engine.core.fees.presets import PRESETS
from engine.core.instruments import AssetClass, Instrument
from engine.core.mirror.mirror import MirrorState
from engine.core.units import PPM
from feeds.bridge import Assumed, Bridge, Repeating
from feeds.messages import (
    BookDelta,
    BookLost,
    BookSnapshot,
    Candle,
    Facts,
    FundingRate,
    IndexPrice,
    InstrumentTerms,
    MarkPrice,
    Message,
    Notice,
    OpenInterest,
    OptionSummary,
    Quote,
    StateChanged,
    Trade,
)
from tui_exchange.funding_entry import FundingEntry
from tui_exchange.index_entry import IndexEntry
from tui_exchange.margin_entry import repeat_after_ns, same_contract, with_margin
from tui_exchange.settings import Margin, Market

NS_PER_MS = 1_000_000
Submit = Callable[[Command], object]
BASE_PPM = 100
"""What even a small order pays beyond the touch where depth is assumed: 1 basis point in liquid
markets."""
BASE_ILLIQUID_PPM = 500
IMPACT_PPM = 50_000
"""What taking all that is available costs more: 5% in stocks and currencies."""
IMPACT_CRYPTO_PPM = 100_000
LIQUID_DAY = Decimal(1_000_000)
"""Units traded in a day from which on a market counts as liquid."""


_FACTS = (MarkPrice, IndexPrice, FundingRate, OpenInterest, Candle, OptionSummary)
_BOOKS = (BookDelta, BookSnapshot, Quote)
_BRIDGED = (BookDelta, BookSnapshot, Trade, BookLost, MarkPrice, IndexPrice, Quote)


class MarketEntry:
    """Turns the messages of a feed into commands, in the order in which they come.

    Args:
        margin: What is filled in of margin where a venue says nothing.
        submit: Takes each command.
        news: Is told what a trader should read once.
        changed: Is told that a subscription's state changed.
        listed: Is told that an instrument can be traded now.
        fees: The fee preset that an instrument begins with; empty for what its terms state.
        facts: Is told what venues say of a market besides its book and its tape.
        live: Whether a symbol is a market of now, no replay and no simulation.
        now_ns: The time by which commands are stamped.
    """

    def __init__(
        self,
        exchange: Exchange,
        settings: Market,
        margin: Margin,
        submit: Submit,
        news: Callable[[str], None],
        changed: Callable[[StateChanged], None],
        listed: Callable[[], None],
        fees: Callable[[str], str],
        facts: Callable[[Facts], None],
        live: Callable[[str], bool],
        now_ns: Callable[[], int],
    ) -> None:
        self._exchange = exchange
        self._settings = settings
        self._margin = margin
        self._submit = submit
        self._news = news
        self._changed = changed
        self._listed = listed
        self._fees = fees
        self._facts = facts
        self._bridges: dict[str, Bridge] = {}
        self._repeating = Repeating(repeat_after_ns(margin), now_ns)
        self._funding = FundingEntry(exchange, submit)
        self._index = IndexEntry(exchange, margin, submit, live, now_ns)

    def take(self, message: Message) -> None:
        """Take one message.

        Raises:
            SequencerError: The log takes no command now; the message had no effect.
        """
        if isinstance(message, InstrumentTerms):
            self._list(message)
        elif isinstance(message, _BRIDGED):
            bridge = self._bridges.get(message.symbol)
            if bridge is not None:
                for command in bridge.commands(message):
                    self._submit(command)
                if isinstance(message, _BOOKS):
                    self._index.moved(message.symbol)
        if isinstance(message, _FACTS):
            self._facts(message)
            if isinstance(message, FundingRate):
                self._funding.take(message)
        elif isinstance(message, StateChanged):
            self._changed(message)
        elif isinstance(message, Notice):
            self._news(message.text)

    def withdraw(self, submit: Submit) -> None:
        """Take every displayed depth out of the books: what was recovered is not the market now.

        Args:
            submit: Takes each command before anything that has fallen due since then, such as an
                order that was on its way: it must not meet a market of long ago.
        """
        for symbol in self._exchange.symbols():
            if self._exchange.mirror_state(symbol) is not MirrorState.DOWN:
                submit(MirrorDown(symbol=symbol))

    def _list(self, terms: InstrumentTerms) -> None:
        """Make an instrument tradable on its venue's terms, if it is not already."""
        instrument = with_margin(terms, self._margin)
        symbol = instrument.symbol
        if symbol not in self._exchange.symbols():
            self._submit(ListInstrument(instrument=instrument))
        elif self._exchange.instrument(symbol) != instrument:
            self._replace(instrument)
        if symbol not in self._exchange.symbols():
            self._news(
                f"{symbol!r} cannot be traded: {instrument.venue} states terms for it that no"
                " exchange could use; look for it under another name or on another venue"
            )
            return
        self._configure(symbol)
        if self._exchange.mirror_state(symbol) is MirrorState.NONE:
            # Until its first snapshot comes, nobody knows at what price an order would be foolish.
            self._submit(MirrorDown(symbol=symbol))
        self._funding.listed(symbol)
        self._index.listed(symbol)
        listed_as = self._exchange.instrument(symbol)
        self._bridges[symbol] = Bridge(listed_as, self._assumed(terms), self._repeating)
        for each, bridge in self._bridges.items():
            bridge.index_source = self._index.own_source(each)
        self._listed()

    def _replace(self, instrument: Instrument) -> None:
        """Let other terms apply; what a trader chose to be charged stays."""
        symbol = instrument.symbol
        before, schedule = self._exchange.instrument(symbol), self._exchange.fee_schedule(symbol)
        self._submit(ListInstrument(instrument=instrument))
        if self._exchange.instrument(symbol) == instrument:
            if schedule != flat(before):
                self._submit(ConfigureFees(symbol=symbol, schedule=schedule))
        elif same_contract(before, instrument):
            self._news(
                f"{symbol} keeps its margin tiers and borrow fee, because orders or positions of it"
                " are open; those of the settings apply once they are closed and it is listed anew"
            )
        else:
            self._news(
                f"{symbol} keeps the terms it had, because orders or positions of it are open; the"
                f" terms that {instrument.venue} states now apply once they are closed"
            )

    def _assumed(self, terms: InstrumentTerms) -> Assumed | None:
        """What depth is made of where the venue publishes none."""
        if terms.day_volume is None:
            return None
        volume = Decimal(terms.day_volume)
        known = volume * self._settings.day_share_ppm / PPM
        liquid = volume >= LIQUID_DAY or terms.instrument.asset_class is AssetClass.FX
        crypto = terms.instrument.asset_class not in (AssetClass.STOCK, AssetClass.FX)
        return Assumed(
            liquidity=f"{known or self._settings.assumed_liquidity:f}",
            base_ppm=BASE_PPM if liquid else BASE_ILLIQUID_PPM,
            impact_ppm=IMPACT_CRYPTO_PPM if crypto else IMPACT_PPM,
        )

    def _configure(self, symbol: str) -> None:
        model = QueueModel(self._settings.queue_model)
        hold_ns = self._settings.taken_hold_ms * NS_PER_MS
        self._submit(ConfigureMirror(symbol=symbol, queue_model=model, taken_hold_ns=hold_ns))
        preset = self._fees(symbol)
        stated = flat(self._exchange.instrument(symbol))
        # A schedule that was chosen since then stays.
        if preset and self._exchange.fee_schedule(symbol) == stated:
            self._submit(ConfigureFees(symbol=symbol, schedule=PRESETS[preset]))
