"""Bybit's frames of before v5 to messages, so that recordings of then still replay.

| topic | what |
|---|---|
| `orderBookL2_25.*`, `orderBook_200.100ms.*` | a book of 25 or 200 levels, then changes |
| `trade.*` | trades |
| `instrument_info.100ms.*` | mark, index, funding, open interest |
| `klineV2.*`, `candle.*` | candles |

Nothing numbers the changes of a book. Numbers are texts or not; their own digits are kept.
Source: Bybit API v2 documentation, *WebSocket Data*.
"""

from decimal import Decimal

import msgspec
from msgspec import UNSET, Raw, UnsetType

from engine.core.commands import Side
from feeds.bybit import payloads
from feeds.bybit import v2_payloads as v2
from feeds.bybit.names import Names
from feeds.bybit.symbols import Category, certain_category
from feeds.deepest_book import DeepestBook
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import plain_number, unix_time
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    Candle,
    Facts,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    Trade,
)
from feeds.rfc3339 import stated_ns

NS_PER_MS = 1_000_000
NS_PER_US = 1_000
SECOND_NS = 10**9
MINUTE_NS = 60 * SECOND_NS
BOOKS = {"orderBookL2_25": 25, "orderBook_200": 200}
KLINES = ("klineV2", "candle")
SIDES = {"Buy": Side.BUY, "Sell": Side.SELL}

_whole = msgspec.json.Decoder(v2.Whole).decode
_levels = msgspec.json.Decoder(list[v2.Level]).decode
_changes = msgspec.json.Decoder(v2.Changes).decode
_prints = msgspec.json.Decoder(list[v2.Print]).decode
_facts = msgspec.json.Decoder(v2.Facts).decode
_fact_changes = msgspec.json.Decoder(v2.FactChanges).decode
_klines = msgspec.json.Decoder(list[v2.Kline]).decode
_infos = msgspec.json.Decoder(list[v2.Info]).decode
_text = msgspec.json.Decoder(str).decode

Mapped = tuple[BookSnapshot | BookDelta | Trade | Facts, ...]


class V2Frames:
    """Maps the pushes of before v5; of several books of one market it follows the deepest."""

    __slots__ = ("_deepest", "_fundings", "_names")

    def __init__(self, names: Names) -> None:
        self._names = names
        self._deepest = DeepestBook()
        self._fundings: dict[str, tuple[str, str]] = {}

    def map(
        self, topic: str, data: Raw, snapshot: bool, venue_ns: int, received_ns: int
    ) -> Mapped | None:
        """The messages of a push; None when its topic is none of these.

        Raises:
            MalformedFrame: Not what the documentation says.
        """
        kind, _, rest = topic.partition(".")
        market = rest.rpartition(".")[2]
        if kind in BOOKS:
            symbol = self._symbol(market)
            delta = None if snapshot else _delta(symbol, data, venue_ns, received_ns)
            message = delta or _snapshot(symbol, data, BOOKS[kind], venue_ns, received_ns)
            kept = self._deepest.takes(symbol, BOOKS[kind], snapshot, received_ns)
            return (message,) if kept else ()
        if kind == "trade":
            prints = _prints(data)
            return tuple([_trade(self._symbol(each.symbol), each, received_ns) for each in prints])
        if kind == "instrument_info":
            changed = [_facts(data)] if snapshot else _fact_changes(data).update
            told = [self._told(each, venue_ns, received_ns) for each in changed]
            return tuple(message for messages in told for message in messages)
        if kind in KLINES:
            minutes = rest.partition(".")[0]
            return _candles(self._symbol(market), minutes, data, received_ns)
        return None

    def _symbol(self, market: str) -> str:
        """No pair was published in this form."""
        return self._names.symbol(market, Category.LINEAR)

    def _told(self, facts: v2.Facts, venue_ns: int, received_ns: int) -> list[Facts]:
        symbol = self._symbol(facts.symbol)
        told: list[Facts] = []
        mark, index = _price(facts.mark_price_e4), _price(facts.index_price_e4)
        if mark:
            told.append(
                MarkPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=mark)
            )
        if index:
            told.append(
                IndexPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=index)
            )
        held = _scaled(facts.open_interest_e8, 8) or _scaled(facts.open_interest, 0)
        if held:
            told.append(
                OpenInterest(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, size=held)
            )
        told.extend(self._funding(symbol, facts, venue_ns, received_ns))
        return told

    def _funding(
        self, symbol: str, facts: v2.Facts, venue_ns: int, received_ns: int
    ) -> list[FundingRate]:
        """The rate and when it is paid come in different frames; both are remembered."""
        changed = _scaled(facts.funding_rate_e6, 6)
        if not (changed or facts.next_funding_time):
            return []
        rate, paid = self._fundings.get(symbol, ("", ""))
        rate, paid = changed or rate, facts.next_funding_time or paid
        next_ns = stated_ns(paid) or None
        self._fundings[symbol] = (rate, paid)
        if not rate:
            return []
        return [
            FundingRate(
                received_ns=received_ns,
                venue_ns=venue_ns,
                symbol=symbol,
                rate=rate,
                next_ns=next_ns,
            )
        ]


def venue_time_ns(raw: Raw | UnsetType) -> int:
    """From microseconds, a number or a text of it; 0 where there is none."""
    return unix_time(_digits(raw)) * NS_PER_US if raw is not UNSET else 0


def instruments(result: Raw) -> list[payloads.Info]:
    """The metadata of an answer in the form that v5 gives it."""
    return [_newer(info) for info in _infos(result)]


def _snapshot(symbol: str, data: Raw, depth: int, venue_ns: int, received_ns: int) -> BookSnapshot:
    whole = _levels(data) if bytes(data).startswith(b"[") else _whole(data).order_book
    bids, asks = _sides([(level, _size(level)) for level in whole])
    return BookSnapshot(
        received_ns=received_ns,
        symbol=symbol,
        update_id=0,
        bids=bids,
        asks=asks,
        venue_ns=venue_ns,
        depth_max=depth,
    )


def _delta(symbol: str, data: Raw, venue_ns: int, received_ns: int) -> BookDelta:
    changes = _changes(data)
    deleted = [(level, "0") for level in changes.delete]
    changed = [(level, _size(level)) for level in (*changes.update, *changes.insert)]
    bids, asks = _sides(deleted + changed)
    return BookDelta(
        received_ns=received_ns,
        venue_ns=venue_ns,
        symbol=symbol,
        first_update_id=0,
        last_update_id=0,
        previous_update_id=None,
        bids=bids,
        asks=asks,
    )


def _newer(info: v2.Info) -> payloads.Info:
    inverse = certain_category(info.name) is Category.INVERSE
    lots = info.lot_size_filter
    return payloads.Info(
        symbol=info.name,
        baseCoin=info.base_currency,
        quoteCoin=info.quote_currency,
        settleCoin=info.base_currency if inverse else info.quote_currency,
        contractType="InversePerpetual" if inverse else "LinearPerpetual",
        priceFilter=payloads.PriceFilter(tickSize=_number(info.price_filter.tick_size)),
        lotSizeFilter=payloads.LotFilter(
            qtyStep=_number(lots.qty_step),
            minOrderQty=_number(lots.min_trading_qty),
            maxOrderQty=_number(lots.max_trading_qty),
        ),
    )


def _sides(
    levels: list[tuple[v2.Level, str]],
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    bids: list[tuple[str, str]] = []
    asks: list[tuple[str, str]] = []
    for level, size in levels:
        price = _number(level.price)
        if not NUMBERS[price]:
            raise MalformedFrame("a level has the price zero")
        (bids if _side(level.side) is Side.BUY else asks).append((price, size))
    return tuple(bids), tuple(asks)


def _trade(symbol: str, each: v2.Print, received_ns: int) -> Trade:
    price, size = _number(each.price), _number(each.size)
    if not (NUMBERS[price] and NUMBERS[size]):
        raise MalformedFrame(f"trade {each.trade_id[:40]} has a price or size of zero")
    return Trade(
        received_ns=received_ns,
        venue_ns=unix_time(_digits(each.trade_time_ms)) * NS_PER_MS,
        symbol=symbol,
        trade_id=each.trade_id,
        side=_side(each.side),
        price=price,
        size=size,
    )


def _candles(symbol: str, minutes: str, data: Raw, received_ns: int) -> tuple[Candle, ...]:
    if not (minutes.isascii() and minutes.isdigit()) or len(minutes) > 5:
        return ()
    return tuple(
        [
            Candle(
                received_ns=received_ns,
                symbol=symbol,
                interval_ns=int(minutes) * MINUTE_NS,
                open_ns=kline.start * SECOND_NS,
                open=_number(kline.open),
                high=_number(kline.high),
                low=_number(kline.low),
                close=_number(kline.close),
                volume=_number(kline.volume),
                closed=kline.confirm,
            )
            for kline in _klines(data)
        ]
    )


def _side(text: str) -> Side:
    side = SIDES.get(text)
    if side is None:
        raise MalformedFrame(f"{text[:24]!r} is no side of a book or trade")
    return side


def _size(level: v2.Level) -> str:
    if level.size is UNSET:
        raise MalformedFrame("a level has no size")
    return _number(level.size)


def _number(raw: Raw) -> str:
    """The digits of a number that is not negative, whether it is a text or not."""
    text = plain_number(_digits(raw))
    NUMBERS[text]
    return text


def _digits(raw: Raw) -> str:
    token = bytes(raw)
    return _text(token) if token.startswith(b'"') else token.decode()


def _price(raw: Raw | UnsetType) -> str:
    """A price in 10^-4; empty where there is none."""
    price = _scaled(raw, 4)
    if price.startswith("-"):
        raise MalformedFrame(f"{price!r} is no price")
    return price


def _scaled(raw: Raw | UnsetType, places: int) -> str:
    """A whole number of 10^-places in plain digits; empty where there is none."""
    text = _digits(raw) if raw is not UNSET else ""
    if text in ("", "null"):
        return ""
    text = plain_number(text)
    return f"{Decimal(text).scaleb(-places):f}" if places else text
