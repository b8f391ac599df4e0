"""Frames of the Coinbase Exchange feed to normalised messages. No socket, clock or book.

Its books have no numbers. A match's side is the maker's there, and the aggressor's here;
`last_match` is a trade of the past and left out. Tickers from before 2022 state no sizes, so that
they are no quotes.

REST bodies (products, errors) are told by their keys. Source: Coinbase Exchange, *WebSocket
Channels*.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from engine.core.commands import Side
from feeds.coinbase import exchange_payloads as payloads
from feeds.coinbase.levels import check_levels, check_traded, quote_of
from feeds.coinbase.products import Product, instrument_terms, listed_terms
from feeds.coinbase.refusals import refusal
from feeds.coinbase.symbols import frame_symbol
from feeds.errors import ForeignFrame, MalformedFrame, UnknownMessage
from feeds.messages import BookDelta, BookSnapshot, Heartbeat, Trade, VenueMessage
from feeds.plain_text import shown
from feeds.rfc3339 import stated_ns, unix_ns

Mapped = tuple[VenueMessage, ...]

VENUE, NEWER_FEED = "coinbase-exchange", "coinbase"
TEXT_MAX = 200
AGGRESSOR = {"buy": Side.SELL, "sell": Side.BUY}
"""By the maker's side."""
IGNORED = frozenset(
    {
        *("subscriptions", "ticker_batch", "received", "open", "done", "change", "activate"),
        *("level2_batch", "auction", "rfq_match"),
    }
)
"""Types that are known and of no use here: acknowledgements, and those of other channels."""
_KNOWN = frozenset(
    {*("snapshot", "l2update", "match", "last_match", "ticker", "heartbeat", "status", "error")}
)

_frame = msgspec.json.Decoder(payloads.Known).decode
_probe = msgspec.json.Decoder(payloads.Probe).decode
_product = msgspec.json.Decoder(Product).decode
_list = msgspec.json.Decoder(list[msgspec.Raw]).decode


class CoinbaseExchangeMapper:
    """Maps frames; remembers nothing but how symbols are spelled."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._by_frame: dict[type, Callable[[Any, int], Mapped]] = {
            payloads.Snapshot: self._map_snapshot,
            payloads.Update: self._map_update,
            payloads.Match: self._map_match,
            payloads.LastMatch: lambda *_: (),
            payloads.Ticker: self._map_ticker,
            payloads.ProductHeartbeat: self._map_heartbeat,
            payloads.Status: _map_status,
            payloads.Error: _map_error,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._symbols[venue_symbol] = symbol

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Coinbase does not document.
            MalformedFrame: Not what the documentation says; ForeignFrame where it is what that of
                Advanced Trade says.
        """
        try:
            return self._map(raw, received_ns)
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a frame that carries one, whatever its type; None otherwise."""
        try:
            product_id = _probe(raw).product_id
            return None if isinstance(product_id, UnsetType) else self._symbol(product_id)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, MalformedFrame):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        try:
            frame = _frame(raw)
        except msgspec.ValidationError:
            if _is_list(raw):
                return _map_list(raw, received_ns)
            probe = _probe(raw)
            if probe.type in _KNOWN:
                raise
            return _map_other(raw, probe, received_ns)
        return self._by_frame[type(frame)](frame, received_ns)

    def _symbol(self, product_id: str) -> str:
        symbol = self._symbols.get(product_id)
        if symbol is None:
            symbol = self._symbols[product_id] = frame_symbol(product_id)
        return symbol

    def _map_snapshot(self, frame: payloads.Snapshot, received_ns: int) -> Mapped:
        check_levels(frame.bids)
        check_levels(frame.asks)
        return (
            BookSnapshot(
                received_ns=received_ns,
                symbol=self._symbol(frame.product_id),
                update_id=0,
                bids=frame.bids,
                asks=frame.asks,
                venue_ns=stated_ns(frame.time) or None,
            ),
        )

    def _map_update(self, frame: payloads.Update, received_ns: int) -> Mapped:
        bids = tuple((price, size) for side, price, size in frame.changes if side == "buy")
        asks = tuple((price, size) for side, price, size in frame.changes if side == "sell")
        check_levels(bids)
        check_levels(asks)
        return (
            BookDelta(
                received_ns=received_ns,
                venue_ns=stated_ns(frame.time),
                symbol=self._symbol(frame.product_id),
                first_update_id=0,
                last_update_id=0,
                previous_update_id=None,
                bids=bids,
                asks=asks,
            ),
        )

    def _map_match(self, frame: payloads.Match, received_ns: int) -> Mapped:
        trade_id = str(frame.trade_id)
        check_traded(frame.price, frame.size, trade_id)
        return (
            Trade(
                received_ns=received_ns,
                venue_ns=unix_ns(frame.time),
                symbol=self._symbol(frame.product_id),
                trade_id=trade_id,
                side=AGGRESSOR[frame.side],
                price=frame.price,
                size=frame.size,
            ),
        )

    def _map_ticker(self, frame: payloads.Ticker, received_ns: int) -> Mapped:
        if not (frame.best_bid_size or frame.best_ask_size):
            return ()
        touch = (frame.best_bid, frame.best_bid_size, frame.best_ask, frame.best_ask_size)
        symbol = self._symbol(frame.product_id)
        return (quote_of(touch, symbol, received_ns, stated_ns(frame.time)),)

    def _map_heartbeat(self, frame: payloads.ProductHeartbeat, received_ns: int) -> Mapped:
        return (Heartbeat(received_ns=received_ns, symbol=self._symbol(frame.product_id)),)


def _is_list(raw: bytes | str) -> bool:
    return raw.lstrip()[:1] in (b"[", "[")


def _map_list(raw: bytes | str, received_ns: int) -> Mapped:
    """The body of a REST request for all products; other lists are of no use."""
    described = [_product(each) for each in _list(raw) if _probe(each).base_increment is not UNSET]
    return listed_terms(described, VENUE, received_ns)


def _map_status(frame: payloads.Status, received_ns: int) -> Mapped:
    return listed_terms(frame.products or (), VENUE, received_ns)


def _map_error(frame: payloads.Error, received_ns: int) -> Mapped:
    return (refusal((frame.message, frame.reason), received_ns),)


def _map_other(raw: bytes | str, probe: payloads.Probe, received_ns: int) -> Mapped:
    """Types of no use, and the bodies of REST answers, which have none."""
    if probe.type is not UNSET:
        if probe.type in IGNORED:
            return ()
        raise UnknownMessage(f"Coinbase type {shown(probe.type, 24)!r} is not known here")
    if probe.channel is not UNSET and probe.events is not UNSET:
        raise ForeignFrame(VENUE, NEWER_FEED)
    if probe.base_increment is not UNSET:
        return (instrument_terms(_product(raw), VENUE, received_ns),)
    if probe.bids is not UNSET or probe.iso is not UNSET:
        return ()
    if probe.message is not UNSET:
        return (refusal((probe.message,), received_ns),)
    raise UnknownMessage("a Coinbase object without any key that is known here")
