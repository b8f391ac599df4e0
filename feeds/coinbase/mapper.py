"""Coinbase Advanced Trade frames to normalised messages. No socket, clock or book.

`sequence_num` counts every frame of a connection, acknowledgements and heartbeats too, so that each
frame maps at least to its number. What a subscription to `market_trades` sends first are trades of
the past; they are no prints of now and are left out. A trade's side is the maker's there, and the
aggressor's here.

REST bodies (products, errors) are told by their keys. Source: Coinbase Advanced Trade API,
*WebSocket Channels*; that a public trade's side is the maker's: Coinbase Exchange, *Get product
trades*, whose matching engine this is.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from engine.core.commands import Side
from feeds.coinbase import payloads
from feeds.coinbase.levels import Touch, check_levels, check_traded, quote_of
from feeds.coinbase.products import Product, instrument_terms, listed_terms
from feeds.coinbase.refusals import refusal
from feeds.coinbase.symbols import frame_symbol
from feeds.errors import ForeignFrame, FrameError, MalformedFrame, UnknownMessage
from feeds.exact_text import NUMBERS
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    FrameNumber,
    Heartbeat,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.plain_text import shown
from feeds.rfc3339 import stated_ns, unix_ns

Mapped = tuple[VenueMessage, ...]

VENUE, OLDER_FEED = "coinbase", "coinbase-exchange"
OLDER_TYPES = frozenset({"snapshot", "l2update", "match", "last_match", "ticker", "heartbeat"})
"""What frames of the older feed name their kind in, which have no channel."""
TEXT_MAX = 200
SECOND_NS = 10**9
BUCKET_NS = 300 * SECOND_NS
"""Candles are of five minutes; no other length is offered."""
START_DIGITS_MAX = 10
AGGRESSOR = {"BUY": Side.SELL, "SELL": Side.BUY}
"""By the maker's side."""
BOOKS = "l2_data"
"""The channel that is subscribed to as `level2`."""
_KNOWN = frozenset({BOOKS, "market_trades", "ticker", "candles", "heartbeats", "status"})

_frame = msgspec.json.Decoder(payloads.Known).decode
_probe = msgspec.json.Decoder(payloads.Probe).decode
_product = msgspec.json.Decoder(Product).decode
_products = msgspec.json.Decoder(payloads.ProductsBody).decode
_event_time = attrgetter("venue_ns")


class CoinbaseMapper:
    """Maps frames; remembers nothing but how symbols are spelled."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._by_frame: dict[type, Callable[[Any, int], list[VenueMessage]]] = {
            payloads.BookFrame: self._map_books,
            payloads.TradesFrame: self._map_trades,
            payloads.TickerFrame: self._map_tickers,
            payloads.CandlesFrame: self._map_candles,
            payloads.HeartbeatsFrame: _map_heartbeats,
            payloads.StatusFrame: _map_status,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Coinbase does not document.
            MalformedFrame: Not what the documentation says; ForeignFrame where it is what that of
                the older feed says.
        """
        try:
            return self._map(raw, received_ns)
        except FrameError as error:
            error.frame_number = _number_beside_books(raw)
            raise
        except (msgspec.MsgspecError, UnicodeError) as error:
            malformed = MalformedFrame(shown(f"{error}", TEXT_MAX))
            malformed.frame_number = _number_beside_books(raw)
            raise malformed from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a REST body that names its product; None otherwise."""
        try:
            product_id = _probe(raw).product_id
            return None if isinstance(product_id, UnsetType) else self._symbol(product_id)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, MalformedFrame):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        try:
            frame = _frame(raw)
        except msgspec.ValidationError:
            probe = _probe(raw)
            if probe.channel in _KNOWN:
                raise
            return _map_other(raw, probe, received_ns)
        number = _numbered(frame.sequence_num, received_ns)
        return (*number, *self._by_frame[type(frame)](frame, received_ns))

    def _symbol(self, product_id: str) -> str:
        symbol = self._symbols.get(product_id)
        if symbol is None:
            symbol = self._symbols[product_id] = frame_symbol(product_id)
        return symbol

    def _map_books(self, frame: payloads.BookFrame, received_ns: int) -> list[VenueMessage]:
        venue_ns = stated_ns(frame.timestamp)
        return [self._map_book(event, received_ns, venue_ns) for event in frame.events]

    def _map_book(
        self, event: payloads.BookEvent, received_ns: int, venue_ns: int
    ) -> BookSnapshot | BookDelta:
        bids: list[tuple[str, str]] = []
        asks: list[tuple[str, str]] = []
        for level in event.updates or ():
            side = bids if level.side == "bid" else asks
            side.append((level.price_level, level.new_quantity))
        check_levels(bids)
        check_levels(asks)
        if event.type == "snapshot":
            return BookSnapshot(
                received_ns=received_ns,
                symbol=self._symbol(event.product_id),
                update_id=0,
                bids=tuple(bids),
                asks=tuple(asks),
                venue_ns=venue_ns or None,
            )
        return BookDelta(
            received_ns=received_ns,
            venue_ns=venue_ns,
            symbol=self._symbol(event.product_id),
            first_update_id=0,
            last_update_id=0,
            previous_update_id=None,
            bids=tuple(bids),
            asks=tuple(asks),
        )

    def _map_trades(self, frame: payloads.TradesFrame, received_ns: int) -> list[VenueMessage]:
        prints = [
            self._map_print(each, received_ns)
            for event in frame.events
            if event.type == "update"
            for each in reversed(event.trades or ())
        ]
        prints.sort(key=_event_time)
        return [*prints]

    def _map_print(self, trade: payloads.Print, received_ns: int) -> Trade:
        trade_id = shown(trade.trade_id, TEXT_MAX)
        check_traded(trade.price, trade.size, trade_id)
        return Trade(
            received_ns=received_ns,
            venue_ns=unix_ns(trade.time),
            symbol=self._symbol(trade.product_id),
            trade_id=trade_id,
            side=AGGRESSOR[trade.side],
            price=trade.price,
            size=trade.size,
        )

    def _map_tickers(self, frame: payloads.TickerFrame, received_ns: int) -> list[VenueMessage]:
        venue_ns = stated_ns(frame.timestamp)
        return [
            quote_of(_touch(ticker), self._symbol(ticker.product_id), received_ns, venue_ns)
            for event in frame.events
            for ticker in event.tickers or ()
            if ticker.best_bid or ticker.best_ask
        ]

    def _map_candles(self, frame: payloads.CandlesFrame, received_ns: int) -> list[VenueMessage]:
        now_ns = stated_ns(frame.timestamp) or received_ns
        candles = [
            self._map_candle(bucket, received_ns, now_ns)
            for event in frame.events
            for bucket in event.candles or ()
        ]
        candles.sort(key=attrgetter("open_ns"))
        return [*candles]

    def _map_candle(self, bucket: payloads.Bucket, received_ns: int, now_ns: int) -> Candle:
        start = bucket.start
        if not (start.isascii() and start.isdigit() and len(start) <= START_DIGITS_MAX):
            raise MalformedFrame(f"{start[:24]!r} is no start of a candle in Unix seconds")
        for text in (bucket.open, bucket.high, bucket.low, bucket.close, bucket.volume):
            NUMBERS[text]
        open_ns = int(start) * SECOND_NS
        return Candle(
            received_ns=received_ns,
            symbol=self._symbol(bucket.product_id),
            interval_ns=BUCKET_NS,
            open_ns=open_ns,
            open=bucket.open,
            high=bucket.high,
            low=bucket.low,
            close=bucket.close,
            volume=bucket.volume,
            closed=open_ns + BUCKET_NS <= now_ns,
        )


def _touch(ticker: payloads.Ticker) -> Touch:
    return ticker.best_bid, ticker.best_bid_quantity, ticker.best_ask, ticker.best_ask_quantity


def _numbered(number: int | UnsetType, received_ns: int) -> tuple[FrameNumber, ...]:
    if isinstance(number, UnsetType):
        return ()
    return (FrameNumber(received_ns=received_ns, number=number),)


def _number_beside_books(raw: bytes | str) -> int | None:
    """The number of a frame that cannot be used; None for one of a book, which is then lost."""
    try:
        probe = _probe(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    if probe.channel == BOOKS or isinstance(probe.sequence_num, UnsetType):
        return None
    return probe.sequence_num


def _map_heartbeats(frame: payloads.HeartbeatsFrame, received_ns: int) -> list[VenueMessage]:
    del frame
    return [Heartbeat(received_ns=received_ns)]


def _map_status(frame: payloads.StatusFrame, received_ns: int) -> list[VenueMessage]:
    products = [product for event in frame.events for product in event.products or ()]
    return [*listed_terms(products, VENUE, received_ns)]


def _map_other(raw: bytes | str, probe: payloads.Probe, received_ns: int) -> Mapped:
    """Acknowledgements and channels of no use, of which only the number counts; refusals; REST."""
    if probe.type == "error" or probe.error is not UNSET:
        words = (probe.message or (probe.error or ""), probe.reason or probe.error_details)
        return (*_numbered(probe.sequence_num, received_ns), refusal(words, received_ns))
    if probe.channel is not UNSET:
        if probe.sequence_num is UNSET:
            raise UnknownMessage(f"Coinbase channel {probe.channel[:24]!r} is not known here")
        return _numbered(probe.sequence_num, received_ns)
    if probe.type in OLDER_TYPES:
        raise ForeignFrame(VENUE, OLDER_FEED)
    if probe.products is not UNSET:
        return listed_terms(_products(raw).products, VENUE, received_ns)
    if probe.product_id is not UNSET:
        return (_described(_product(raw), received_ns),)
    if not (probe.pricebook is probe.candles is probe.trades is UNSET):
        return ()
    raise UnknownMessage("a Coinbase object without any key that is known here")


def _described(product: Product, received_ns: int) -> VenueMessage:
    """One product alone, which is the answer to a request for its terms."""
    if product.alias:
        words = f"the book of {product.name} is sent under the name {product.alias}; ask for that"
        text = f"Coinbase refused: {shown(words, TEXT_MAX)}"
        return Refused(received_ns=received_ns, text=text)
    return instrument_terms(product, VENUE, received_ns)
