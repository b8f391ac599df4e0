"""Hyperliquid's frames to normalised messages. No socket, clock or book.

A frame is `{"channel": …, "data": …}`; answers of the info endpoint are told by their keys. Each
`l2Book` is the whole book as far as it is shown, 20 levels a side, and its id is its time, that of
a block. Contexts name no time, so that theirs is when they arrived. Source: Hyperliquid Docs,
*Websocket: Subscriptions*.

Trades of a snapshot are history. What a subscription to trades sends first is history as well,
without saying so, but for its times, by which the pipeline knows.
"""

from collections.abc import Callable, Iterator

import msgspec
from msgspec import UNSET, Raw

from engine.core.commands import Side
from feeds.errors import MalformedFrame, UnknownMessage, UnknownSymbol
from feeds.exact_text import NUMBERS
from feeds.hyperliquid import numbers, payloads
from feeds.hyperliquid.symbols import Names
from feeds.hyperliquid.terms import perpetual_terms, spot_terms
from feeds.messages import (
    BookSnapshot,
    Candle,
    Facts,
    FundingRate,
    Heartbeat,
    IndexPrice,
    Levels,
    MarkPrice,
    OpenInterest,
    Quote,
    Refused,
    Trade,
    VenueMessage,
)
from feeds.plain_text import shown

Body = bytes | str | Raw
Mapped = tuple[VenueMessage, ...]

NS_PER_MS = 1_000_000
MINUTE_NS = 60_000 * NS_PER_MS
HOUR_NS = 60 * MINUTE_NS
TEXT_MAX = 200
GREETING = "Websocket connection established."
"""What old servers wrote upon connection, in plain text."""
ALREADY = ("Already subscribed", "Already unsubscribed")
"""How errors begin that change nothing."""
BOOK, TRADES = "l2Book", "trades"
SIDES = {"B": Side.BUY, "A": Side.SELL}
IGNORED = frozenset(
    {
        *("subscriptionResponse", "allMids", "notification", "webData2", "webData3", "post"),
        *("user", "userEvents", "userFills", "userFundings", "userNonFundingLedgerUpdates"),
        *("orderUpdates", "activeAssetData", "userTwapSliceFills", "userTwapHistory", "twapStates"),
        *("clearinghouseState", "openOrders", "spotState", "allDexsClearinghouseState"),
        *("allDexsAssetCtxs", "explorerBlock", "explorerTxs", "spotAssetCtxs", "assetCtxs"),
    }
)
"""Channels that are known and of no use here."""

_probe = msgspec.json.Decoder(payloads.Probe).decode
_coins = msgspec.json.Decoder(list[payloads.CoinProbe] | payloads.CoinProbe).decode
_book = msgspec.json.Decoder(payloads.Book).decode
_quote = msgspec.json.Decoder(payloads.BestQuote).decode
_prints = msgspec.json.Decoder(tuple[payloads.Print, ...] | payloads.TradeHistory).decode
_context = msgspec.json.Decoder(payloads.ActiveContext).decode
_bars = msgspec.json.Decoder(tuple[payloads.Bar, ...] | payloads.Bar).decode
_perp_meta = msgspec.json.Decoder(payloads.PerpMeta).decode
_spot_meta = msgspec.json.Decoder(payloads.SpotMeta).decode
_request = msgspec.json.Decoder(payloads.Request).decode
_text = msgspec.json.Decoder(str).decode
_any = msgspec.json.Decoder(list[Raw]).decode


class HyperliquidMapper:
    """Maps frames; remembers nothing but how coins are spelled."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or Names()
        self._by_channel: dict[str, Callable[[Raw, int], Mapped]] = {
            BOOK: self._map_book,
            "bbo": self._map_quote,
            "activeAssetCtx": self._map_context,
            "activeSpotAssetCtx": self._map_context,
            "candle": self._map_candles,
            "error": self._map_error,
        }

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on, as the venue's metadata states it."""
        self._names.learn(venue_symbol, symbol)

    def map(self, raw: bytes | str, received_ns: int) -> Mapped:
        """The messages of one frame or answer; none for what is known and of no use.

        Raises:
            UnknownMessage: Well formed, of a kind that Hyperliquid does not document.
            MalformedFrame: Not what the documentation says.
        """
        try:
            return self._map(raw, received_ns)
        except (msgspec.MsgspecError, UnicodeError) as error:
            if raw in (GREETING, GREETING.encode()):
                return ()
            raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
        except RecursionError:
            raise MalformedFrame("nested too deeply") from None
        except UnknownSymbol as error:
            raise UnknownMessage(f"{error}") from None

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Our symbol of a frame that carries one, whatever its kind; None otherwise."""
        try:
            coin = _coin_of(_probe(raw).data)
            return None if coin is None else self._names.symbol(coin)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, UnknownSymbol):
            return None

    def _map(self, raw: bytes | str, received_ns: int) -> Mapped:
        if raw[:1] in (b"[", "["):
            _any(raw)
            return ()
        probe = _probe(raw)
        if probe.channel is UNSET:
            return self._map_answer(raw, probe, received_ns)
        if probe.channel == "pong":
            return (Heartbeat(received_ns=received_ns),)
        if probe.channel == TRADES and probe.data is not UNSET:
            return self._map_trades(probe.data, probe.isSnapshot, received_ns)
        handler = self._by_channel.get(probe.channel)
        if handler is not None and probe.data is not UNSET:
            return handler(probe.data, received_ns)
        if probe.channel in IGNORED:
            return ()
        raise UnknownMessage(f"Hyperliquid's channel {probe.channel[:24]!r} is not known here")

    def _map_answer(self, raw: Body, probe: payloads.Probe, received_ns: int) -> Mapped:
        """An answer of the info endpoint."""
        if probe.universe is not UNSET:
            if probe.tokens is not UNSET:
                return spot_terms(_spot_meta(raw), received_ns)
            return perpetual_terms(_perp_meta(raw), self._names, received_ns)
        if probe.levels is not UNSET:
            return self._map_book(raw, received_ns)
        raise UnknownMessage("a Hyperliquid object without any key that is known here")

    def _map_book(self, raw: Body, received_ns: int) -> Mapped:
        book = _book(raw)
        bids, asks = book.levels
        return (
            BookSnapshot(
                received_ns=received_ns,
                venue_ns=book.time * NS_PER_MS,
                symbol=self._names.symbol(book.coin),
                update_id=book.time,
                bids=_levels(bids),
                asks=_levels(asks),
            ),
        )

    def _map_quote(self, raw: Body, received_ns: int) -> Mapped:
        quote = _quote(raw)
        (bid, bid_size), (ask, ask_size) = map(_touch, quote.bbo)
        return (
            Quote(
                received_ns=received_ns,
                venue_ns=quote.time * NS_PER_MS,
                symbol=self._names.symbol(quote.coin),
                update_id=None,
                bid=bid,
                bid_size=bid_size,
                ask=ask,
                ask_size=ask_size,
            ),
        )

    def _map_trades(self, raw: Raw, history: bool, received_ns: int) -> Mapped:
        prints = _prints(raw)
        if isinstance(prints, payloads.TradeHistory):
            history, prints = prints.isSnapshot, prints.trades
        return tuple(
            [
                self._trade(each, _trade_id(each, place), history, received_ns)
                for place, each in enumerate(prints)
            ]
        )

    def _trade(self, each: payloads.Print, trade_id: str, history: bool, received_ns: int) -> Trade:
        side = SIDES.get(each.side)
        if side is None:
            raise MalformedFrame(
                f"trade {trade_id[:24]} has the side {each.side[:8]!r}, not B or A"
            )
        if not (NUMBERS[each.px] and NUMBERS[each.sz]):
            raise MalformedFrame(f"trade {trade_id[:24]} has a price or size of zero")
        return Trade(
            received_ns=received_ns,
            venue_ns=each.time * NS_PER_MS,
            symbol=self._names.symbol(each.coin),
            trade_id=trade_id,
            side=side,
            price=each.px,
            size=each.sz,
            history=history,
        )

    def _map_context(self, raw: Raw, received_ns: int) -> Mapped:
        body = _context(raw)
        return tuple(_facts(body.ctx, self._names.symbol(body.coin), received_ns))

    def _map_candles(self, raw: Raw, received_ns: int) -> Mapped:
        bars = _bars(raw)
        if isinstance(bars, payloads.Bar):
            bars = (bars,)
        return tuple([self._candle(bar, received_ns) for bar in bars])

    def _candle(self, bar: payloads.Bar, received_ns: int) -> Candle:
        if bar.t > bar.T:
            raise MalformedFrame(f"a candle ends at {bar.T} before it begins at {bar.t}")
        end_ns = (bar.T + 1) * NS_PER_MS
        return Candle(
            received_ns=received_ns,
            symbol=self._names.symbol(bar.s),
            interval_ns=end_ns - bar.t * NS_PER_MS,
            open_ns=bar.t * NS_PER_MS,
            open=numbers.plain(bar.o),
            high=numbers.plain(bar.h),
            low=numbers.plain(bar.l),
            close=numbers.plain(bar.c),
            volume=numbers.plain(bar.v),
            closed=received_ns >= end_ns,
        )

    def _map_error(self, raw: Raw, received_ns: int) -> Mapped:
        """A refusal; that of a book is one of its market."""
        words = _text(raw)
        if words.startswith(ALREADY):
            return ()
        asked = _asked(words)
        symbol = self._names.symbol(asked.coin) if asked.type == BOOK and asked.coin else None
        text = f"Hyperliquid refused: {shown(words, TEXT_MAX)}"
        return (Refused(received_ns=received_ns, text=text, symbol=symbol),)


def _trade_id(each: payloads.Print, place: int) -> str:
    """The venue's; without one, the hash of the order and the place in the frame tell prints
    apart."""
    return f"{each.hash}:{place}" if each.tid is None else str(each.tid)


def _facts(ctx: payloads.Context, symbol: str, now_ns: int) -> Iterator[Facts]:
    if numbers.stated(ctx.markPx):
        price = numbers.plain(ctx.markPx)
        yield MarkPrice(received_ns=now_ns, venue_ns=now_ns, symbol=symbol, price=price)
    if numbers.stated(ctx.oraclePx):
        price = numbers.plain(ctx.oraclePx)
        yield IndexPrice(received_ns=now_ns, venue_ns=now_ns, symbol=symbol, price=price)
    if numbers.stated(ctx.funding):
        yield _funding(numbers.signed(ctx.funding), symbol, now_ns)
    if numbers.stated(ctx.openInterest):
        size = numbers.plain(ctx.openInterest)
        yield OpenInterest(received_ns=now_ns, venue_ns=now_ns, symbol=symbol, size=size)


def _funding(rate: str, symbol: str, received_ns: int) -> FundingRate:
    """Funding is paid at each full hour."""
    return FundingRate(
        received_ns=received_ns,
        venue_ns=received_ns,
        symbol=symbol,
        rate=rate,
        next_ns=(received_ns // HOUR_NS + 1) * HOUR_NS,
        interval_ns=HOUR_NS,
    )


def _levels(levels: tuple[payloads.Level, ...]) -> Levels:
    """Refuse the whole frame for one bad number, before any of it reaches a book."""
    known = NUMBERS
    for level in levels:
        if not (known[level.px] and known[level.sz]):
            raise MalformedFrame("a level has a price or size of zero")
    return tuple([(level.px, level.sz) for level in levels])


def _touch(level: payloads.Level | None) -> tuple[str, str]:
    return ("0", "0") if level is None else (_plain(level.px), _plain(level.sz))


def _plain(text: str) -> str:
    NUMBERS[text]
    return text


def _asked(words: str) -> payloads.Request:
    """The subscription that an error repeats; an empty one where it repeats none."""
    _, brace, rest = words.partition("{")
    try:
        request = _request(brace + rest)
    except (msgspec.MsgspecError, RecursionError):
        return payloads.Request()
    return request.subscription or request


def _coin_of(data: Raw | msgspec.UnsetType) -> str | None:
    if data is UNSET:
        return None
    probes = _coins(data)
    for probe in [probes] if isinstance(probes, payloads.CoinProbe) else probes:
        if probe.coin is not UNSET:
            return probe.coin
        if probe.s is not UNSET:
            return probe.s
    return None
