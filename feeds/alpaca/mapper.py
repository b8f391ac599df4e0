"""Alpaca's frames to normalised messages. No socket or clock.

A frame is an array whose elements state their kind in `T`; REST bodies are objects. Prints do not
say who was the aggressor: `feeds.trade_side` infers it from the quotes. Sizes are taken as shares.

The latest quote, which is asked for now and then, tells a quiet stock from a dead stream: while it
is the one that the stream brought last, the stock is quiet; a newer one that the stream did not
bring proves nothing and is left out. It is shown when the stream has not brought any.
"""

from collections.abc import Callable

import msgspec
from msgspec import UNSET, Raw

from engine.core.units import UnitError, parse_decimal
from feeds.alpaca import payloads
from feeds.errors import MalformedFrame, UnknownMessage
from feeds.exact_text import NUMBERS
from feeds.fact_text import plain_number
from feeds.messages import (
    Candle,
    Heartbeat,
    InstrumentTerms,
    Notice,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.plain_text import shown
from feeds.rfc3339 import unix_ns
from feeds.sources import number_text
from feeds.stock_terms import stock
from feeds.trade_side import TradeSigner

Mapped = tuple[VenueMessage, ...]

VENUE = "alpaca"
TEXT_MAX = 200
NS_PER_S = 10**9
MINUTE_NS, DAY_NS = 60 * NS_PER_S, 86_400 * NS_PER_S
SYMBOL_LIMIT, CONNECTION_LIMIT, ALREADY_AUTHENTICATED = 405, 406, 403
UNUSABLE = {
    401: "the connection is not authenticated",
    402: "the key or its secret is wrong; give both anew",
    404: "the connection was not authenticated in time",
    408: "this account may not use this version of the stream",
    409: "this account's plan does not include this feed",
}
"""Codes after which nothing comes on a connection, whatever is subscribed to."""
IGNORED = frozenset({"s", "l", "c", "x", "i", "n", "z"})
"""Statuses, price limits, corrections, cancelled prints, imbalances, news, luld."""

_items = msgspec.json.Decoder(list[Raw]).decode
_kind = msgspec.json.Decoder(payloads.Kind).decode
_trade = msgspec.json.Decoder(payloads.StreamTrade).decode
_quote = msgspec.json.Decoder(payloads.StreamQuote).decode
_bar = msgspec.json.Decoder(payloads.StreamBar).decode
_subscribed = msgspec.json.Decoder(payloads.Subscribed).decode
_error = msgspec.json.Decoder(payloads.StreamError).decode
_text = msgspec.json.Decoder(dict[str, Raw]).decode
_answer = msgspec.json.Decoder(payloads.Answer).decode
_snapshots = msgspec.json.Decoder(dict[str, payloads.Snapshot | None]).decode
_SAYS_NOTHING = payloads.Snapshot()
"""What an object decodes to that has nothing of a snapshot, such as one of another kind."""


class AlpacaMapper:
    """Maps frames; remembers quotes, and which stocks are subscribed to."""

    def __init__(self) -> None:
        self._signer = TradeSigner()
        self._listed: dict[str, None] = {}
        self._subscribed: set[str] = set()
        self._quoted_ns: dict[str, int] = {}
        self._crowded = False
        self._by_kind: dict[str, Callable[[Raw, int], Mapped]] = {
            "t": self._map_trade,
            "q": self._map_quote,
            "b": lambda raw, received_ns: _candle(raw, received_ns, MINUTE_NS, True),
            "u": lambda raw, received_ns: _candle(raw, received_ns, MINUTE_NS, True),
            "d": lambda raw, received_ns: _candle(raw, received_ns, DAY_NS, False),
            "success": self._map_success,
            "subscription": self._map_subscription,
            "error": self._map_error,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """A stock is listed; both names are the ticker."""
        del venue_symbol
        self._listed[symbol] = None

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: A kind that Alpaca does not document for stocks.
            MalformedFrame: Not what the documentation says.
        """
        try:
            if raw.lstrip()[:1] in (b"[", "["):
                return self._map_frame(raw, received_ns)
            return self._map_answer(raw, received_ns)
        except (msgspec.MsgspecError, UnicodeError, UnitError) as error:
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """The stock of a frame that is about one; None otherwise."""
        try:
            first = _text(_items(raw)[0])
            return number_text(first["S"]) or None
        except (msgspec.MsgspecError, UnicodeError, RecursionError, LookupError):
            return None

    def _map_frame(self, raw: bytes | str, received_ns: int) -> Mapped:
        items = [(_kind(item).T, item) for item in _items(raw)]
        for kind, _ in items:
            if kind not in self._by_kind and kind not in IGNORED:
                raise UnknownMessage(f"Alpaca message {kind[:24]!r} is not known here")
        messages: list[VenueMessage] = []
        for kind, item in items:
            if kind not in IGNORED:
                messages.extend(self._by_kind[kind](item, received_ns))
        return tuple(messages)

    def _map_trade(self, raw: Raw, received_ns: int) -> Mapped:
        trade = _trade(raw)
        price, size = _number(trade.p), _number(trade.s)
        if not (NUMBERS[price] and NUMBERS[size]):
            raise MalformedFrame(f"trade {trade.i} has a price or size of zero")
        return (
            Trade(
                received_ns=received_ns,
                venue_ns=unix_ns(trade.t),
                symbol=trade.S,
                trade_id=f"{trade.x}{trade.i}",
                side=self._signer.side(trade.S, price),
                price=price,
                size=size,
            ),
        )

    def _map_quote(self, raw: Raw, received_ns: int) -> Mapped:
        stated = _quote(raw)
        quote = _quote_of(stated, stated.S, received_ns)
        self._know(quote)
        return (quote,)

    def _map_success(self, raw: Raw, received_ns: int) -> Mapped:
        """`connected` or `authenticated`: what an earlier connection brought counts no more."""
        del raw, received_ns
        self._subscribed.clear()
        self._quoted_ns.clear()
        return ()

    def _map_subscription(self, raw: Raw, received_ns: int) -> Mapped:
        del received_ns
        self._subscribed = set(_subscribed(raw).quotes)
        for symbol in self._quoted_ns.keys() - self._subscribed:
            del self._quoted_ns[symbol]
        return ()

    def _map_error(self, raw: Raw, received_ns: int) -> Mapped:
        error = _error(raw)
        said = shown(error.msg, TEXT_MAX)
        if error.code in UNUSABLE:
            text = f"Alpaca refuses ({said}): {UNUSABLE[error.code]}"
            return _refusals(tuple(self._listed), text, received_ns)
        if error.code == SYMBOL_LIMIT:
            waiting = tuple(each for each in self._listed if each not in self._subscribed)
            text = f"Alpaca refuses ({said}): this account's plan carries no more stocks"
            return _refusals(waiting, text, received_ns)
        if error.code == CONNECTION_LIMIT:
            return self._map_crowded(received_ns)
        if error.code == ALREADY_AUTHENTICATED:
            return ()
        return (Notice(received_ns=received_ns, text=f"Alpaca says: {said} ({error.code})"),)

    def _map_crowded(self, received_ns: int) -> Mapped:
        """Another connection uses the key; it may end, so that trying again can help."""
        if self._crowded:
            return ()
        self._crowded = True
        text = (
            "Alpaca allows one connection for each key, and another program has it;"
            " end that one: this one keeps trying"
        )
        return (Notice(received_ns=received_ns, text=text),)

    def _map_answer(self, raw: bytes | str, received_ns: int) -> Mapped:
        answer = _answer(raw)
        if answer.message is not UNSET:
            said = shown(answer.message, TEXT_MAX)
            text = f"Alpaca refuses ({said}); check its key with `tui-exchange credentials`"
            known = bool(self._listed)
            return () if known else (Refused(received_ns=received_ns, text=text),)
        if answer.quotes is UNSET:
            return self._map_snapshots(raw, received_ns)
        quotes = (answer.quotes or {}).items()
        latest = [_quote_of(quote, symbol, received_ns) for symbol, quote in quotes]
        return tuple(message for quote in latest for message in self._confirmed(quote))

    def _confirmed(self, latest: Quote) -> Mapped:
        assert latest.venue_ns is not None
        known_ns = self._quoted_ns.get(latest.symbol)
        if known_ns is None:
            self._know(latest)
            return (latest,)
        if latest.venue_ns > known_ns:
            return ()
        return (Heartbeat(received_ns=latest.received_ns, symbol=latest.symbol),)

    def _know(self, quote: Quote) -> None:
        assert quote.venue_ns is not None
        self._signer.quoted(quote.symbol, quote.bid, quote.ask)
        self._quoted_ns[quote.symbol] = max(quote.venue_ns, self._quoted_ns.get(quote.symbol, 0))

    def _map_snapshots(self, raw: bytes | str, received_ns: int) -> Mapped:
        try:
            stated = _snapshots(raw)
        except msgspec.ValidationError:
            raise UnknownMessage("an Alpaca object without any key that is known here") from None
        return tuple(
            _terms(symbol, snapshot, received_ns)
            for symbol, snapshot in stated.items()
            if snapshot is not None and snapshot != _SAYS_NOTHING
        )


def _number(token: Raw) -> str:
    """Plain digits of what is not negative."""
    text = plain_number(number_text(token))
    NUMBERS[text]
    return text


def _quote_of(
    stated: payloads.StreamQuote | payloads.RestQuote, symbol: str, received_ns: int
) -> Quote:
    bid, bid_size = _side(stated.bp, stated.bs)
    ask, ask_size = _side(stated.ap, stated.ask_size)
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=bid,
        bid_size=bid_size,
        ask=ask,
        ask_size=ask_size,
        venue_ns=unix_ns(stated.t),
    )


def _side(price: Raw, size: Raw) -> tuple[str, str]:
    text, size_text = _number(price), _number(size)
    return (text, size_text) if NUMBERS[text] else ("0", "0")


def _candle(raw: Raw, received_ns: int, interval_ns: int, closed: bool) -> Mapped:
    bar = _bar(raw)
    prices = [_number(token) for token in (bar.o, bar.h, bar.l, bar.c)]
    if not all(NUMBERS[price] for price in prices):
        raise MalformedFrame(f"a bar of {bar.S[:12]!r} has a price of zero")
    return (
        Candle(
            received_ns=received_ns,
            symbol=bar.S,
            interval_ns=interval_ns,
            open_ns=unix_ns(bar.t),
            open=prices[0],
            high=prices[1],
            low=prices[2],
            close=prices[3],
            volume=_number(bar.v),
            closed=closed,
        ),
    )


def _refusals(symbols: tuple[str, ...], text: str, received_ns: int) -> Mapped:
    if not symbols:
        return (Refused(received_ns=received_ns, text=text),)
    return tuple(Refused(received_ns=received_ns, text=text, symbol=each) for each in symbols)


def _terms(symbol: str, snapshot: payloads.Snapshot, received_ns: int) -> InstrumentTerms:
    """The volume is that of the last whole day, else of this one as far as it went."""
    whole, running = snapshot.prevDailyBar, snapshot.dailyBar
    tokens = [snapshot.latestTrade.p] if snapshot.latestTrade else []
    tokens += [bar.c for bar in (running, whole) if bar is not None]
    prices = [_number(token) for token in tokens if number_text(token)]
    volumes = [_number(bar.v) for bar in (whole, running) if bar and number_text(bar.v)]
    price = parse_decimal(prices[0]) if prices else None
    return InstrumentTerms(
        received_ns=received_ns,
        instrument=stock(symbol, VENUE, price),
        venue_symbol=symbol,
        day_volume=volumes[0] if volumes else "0",
    )
