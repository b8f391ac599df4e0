"""How venues write updates, trades and best quotes, with as many fields as they send.

Formats: Binance *WebSocket Streams* of spot, USD-M and COIN-M; Coinbase *Advanced Trade WebSocket*
and *Exchange WebSocket*; Kraken *Spot WebSocket v2*; OKX *API guide v5*; Bybit *API v5*.
"""

from abc import abstractmethod
from datetime import UTC, datetime
from typing import Protocol

from tui_exchange.bench.venue_book import Changes, Level, MadeUpBook, Print

COLLECTED, AT_ONCE = 18, 3
"""Levels a side in an update: of a tenth of a second, or of one moment."""


class Writer(Protocol):
    """One venue's way to tell of a market.

    Attributes:
        changed: Levels a side in an update.
        whole: Levels a side where an update is the whole book; 0 where it is what changed.
    """

    changed: int = COLLECTED
    whole: int = 0

    @abstractmethod
    def book(self, told: Changes) -> str:
        """An update."""

    @abstractmethod
    def trade(self, told: Print) -> str:
        """A trade."""

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        return self.trade(book.print())


class BinanceSpotFrames(Writer):
    """`depth@100ms`, `trade`, `bookTicker`."""

    symbol = "BTCUSDT"
    trades = "trade"

    def book(self, told: Changes) -> str:
        """An update."""
        last = 50 * told.number
        ids = f'"U":{last - 49},"u":{last}{self.more_ids(last)}'
        sides = f'"b":{pairs(told.bids)},"a":{pairs(told.asks)}'
        return self._framed("depth@100ms", f'"e":"depthUpdate",{self._said(told)},{ids},{sides}')

    def trade(self, told: Print) -> str:
        """A trade."""
        paid = f'"p":"{told.price}","q":"{told.size}","T":{told.time_ms}'
        maker = "false" if told.bought else "true"
        said = f'"e":"{self.trades}",{self._said(told)}'
        return self._framed(self.trades, f'{said},{self.ids(told.number)},{paid},"m":{maker}')

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        sides = f'"b":"{bid}","B":"{bid_size}","a":"{ask}","A":"{ask_size}"'
        return self._framed("bookTicker", f'"u":1,"s":"{self.symbol}",{sides}{self.more_times()}')

    def ids(self, number: int) -> str:
        """Of a trade."""
        return f'"t":{number}'

    def more_ids(self, last: int) -> str:
        """Of an update, besides the first and the last."""
        del last
        return ""

    def more_times(self) -> str:
        """Of a quote."""
        return ""

    def _said(self, told: Changes | Print) -> str:
        return f'"E":{told.time_ms},"s":"{self.symbol}"'

    def _framed(self, stream: str, data: str) -> str:
        return f'{{"stream":"{self.symbol.lower()}@{stream}","data":{{{data}}}}}'


class BinanceUsdmFrames(BinanceSpotFrames):
    """The same with a chain of ids and aggregate trades."""

    trades = "aggTrade"

    def ids(self, number: int) -> str:
        """Of a trade."""
        return f'"a":{number},"f":{2 * number},"l":{2 * number + 1}'

    def more_ids(self, last: int) -> str:
        """The id of the update before."""
        return f',"pu":{last - 50}'

    def more_times(self) -> str:
        """When it was made and sent."""
        return ',"e":"bookTicker","T":1700000000000,"E":1700000000001'


class BinanceCoinmFrames(BinanceUsdmFrames):
    """The same for a contract of dollars."""

    symbol = "BTCUSD_PERP"


class CoinbaseFrames(Writer):
    """Advanced Trade: `l2_data`, `market_trades`, `ticker`."""

    def __init__(self) -> None:
        self._sent = -1

    def book(self, told: Changes) -> str:
        """An update."""
        at = moment(told.time_ms)
        sides = [("bid", level) for level in told.bids] + [("offer", level) for level in told.asks]
        updates = ",".join(
            f'{{"side":"{side}","event_time":"{at}","price_level":"{price}","new_quantity":"{size}"}}'
            for side, (price, size) in sides
        )
        event = f'"type":"update","product_id":"BTC-USD","updates":[{updates}]'
        return self._framed("l2_data", event, at)

    def trade(self, told: Print) -> str:
        """A trade."""
        at, side = moment(told.time_ms), "SELL" if told.bought else "BUY"
        named = f'"trade_id":"{told.number}","product_id":"BTC-USD"'
        paid = f'"price":"{told.price}","size":"{told.size}","side":"{side}","time":"{at}"'
        return self._framed("market_trades", f'"type":"update","trades":[{{{named},{paid}}}]', at)

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        day = '"volume_24_h":"16038.28","low_24_h":"60835.2","high_24_h":"62011.3"'
        bids = f'"best_bid":"{bid}","best_bid_quantity":"{bid_size}"'
        asks = f'"best_ask":"{ask}","best_ask_quantity":"{ask_size}"'
        ticker = f'"type":"ticker","product_id":"BTC-USD","price":"{bid}",{day},{bids},{asks}'
        at = moment(1_700_000_000_000)
        return self._framed("ticker", f'"type":"update","tickers":[{{{ticker}}}]', at)

    def _framed(self, channel: str, event: str, at: str) -> str:
        self._sent += 1
        head = f'"channel":"{channel}","client_id":"","timestamp":"{at}"'
        return f'{{{head},"sequence_num":{self._sent},"events":[{{{event}}}]}}'


class CoinbaseExchangeFrames(Writer):
    """`l2update` in batches, `match`, `ticker`."""

    def book(self, told: Changes) -> str:
        """An update."""
        sides = [("buy", level) for level in told.bids] + [("sell", level) for level in told.asks]
        rows = ",".join(f'["{side}","{price}","{size}"]' for side, (price, size) in sides)
        at = moment(told.time_ms)
        return f'{{"type":"l2update","product_id":"BTC-USD","changes":[{rows}],"time":"{at}"}}'

    def trade(self, told: Print) -> str:
        """A trade."""
        side = "sell" if told.bought else "buy"
        ids = f'"trade_id":{told.number},"sequence":{9 * told.number},"product_id":"BTC-USD"'
        orders = (
            '"maker_order_id":"ac928c66-ca53-498f-9c13-a110027a60e8",'
            '"taker_order_id":"132fb6ae-456b-4654-b4e0-d681ac05cea1"'
        )
        paid = f'"side":"{side}","size":"{told.size}","price":"{told.price}"'
        return f'{{"type":"match",{ids},{orders},{paid},"time":"{moment(told.time_ms)}"}}'

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        bids = f'"best_bid":"{bid}","best_bid_size":"{bid_size}"'
        asks = f'"best_ask":"{ask}","best_ask_size":"{ask_size}"'
        return (
            f'{{"type":"ticker","sequence":1,"product_id":"BTC-USD","price":"{bid}",{bids},{asks},'
            f'"side":"buy","time":"{moment(1_700_000_000_000)}","trade_id":1,"last_size":"0.1"}}'
        )


class KrakenFrames(Writer):
    """`book` of numbers with a checksum, `trade`, `ticker`."""

    changed = AT_ONCE

    def book(self, told: Changes) -> str:
        """An update."""
        sides = f'"bids":[{self._levels(told.bids)}],"asks":[{self._levels(told.asks)}]'
        more = f'"checksum":{told.number * 7919 % 2**32},"timestamp":"{moment(told.time_ms)}"'
        return self._framed("book", f'"symbol":"BTC/USD",{sides},{more}')

    def trade(self, told: Print) -> str:
        """A trade."""
        side, at = "buy" if told.bought else "sell", moment(told.time_ms)
        paid = f'"side":"{side}","price":{told.price},"qty":{told.size}0000,"ord_type":"market"'
        ids = f'"trade_id":{told.number},"timestamp":"{at}"'
        return self._framed("trade", f'"symbol":"BTC/USD",{paid},{ids}')

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        sides = f'"bid":{bid},"bid_qty":{bid_size}0000,"ask":{ask},"ask_qty":{ask_size}0000'
        day = '"volume":997038.98383185,"vwap":61000.1,"low":60000.1,"high":62000.3,"change":-0.1'
        return self._framed("ticker", f'"symbol":"BTC/USD",{sides},"last":{bid},{day}')

    @staticmethod
    def _levels(levels: list[Level]) -> str:
        return ",".join(
            f'{{"price":{price},"qty":{f"{size}0000" if size != "0" else "0.00000000"}}}'
            for price, size in levels
        )

    @staticmethod
    def _framed(channel: str, data: str) -> str:
        return f'{{"channel":"{channel}","type":"update","data":[{{{data}}}]}}'


class OkxFrames(Writer):
    """`books`, `trades`, `bbo-tbt`."""

    def book(self, told: Changes) -> str:
        """An update."""
        ids = f'"checksum":0,"seqId":{told.number},"prevSeqId":{told.number - 1}'
        sides = f'"asks":{self._rows(told.asks)},"bids":{self._rows(told.bids)}'
        data = f'{sides},"ts":"{told.time_ms}",{ids}'
        return self._framed("books", data, ',"action":"update"')

    def trade(self, told: Print) -> str:
        """A trade."""
        side = "buy" if told.bought else "sell"
        paid = f'"tradeId":"{told.number}","px":"{told.price}","sz":"{told.size}","side":"{side}"'
        more = f'"ts":"{told.time_ms}","count":"1","source":"0","seqId":{told.number}'
        return self._framed("trades", f'"instId":"BTC-USDT",{paid},{more}')

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        sides = f'"asks":{self._rows([(ask, ask_size)])},"bids":{self._rows([(bid, bid_size)])}'
        return self._framed("bbo-tbt", f'{sides},"ts":"1700000000000","seqId":1')

    @staticmethod
    def _rows(levels: list[Level]) -> str:
        return "[" + ",".join(f'["{price}","{size}","0","3"]' for price, size in levels) + "]"

    @staticmethod
    def _framed(channel: str, data: str, more: str = "") -> str:
        argument = f'"arg":{{"channel":"{channel}","instId":"BTC-USDT"}}'
        return f'{{{argument}{more},"data":[{{{data}}}]}}'


class BybitFrames(Writer):
    """`orderbook.200`, `publicTrade`, `tickers`."""

    def book(self, told: Changes) -> str:
        """An update."""
        ids = f'"u":{told.number},"seq":{7 * told.number}'
        data = f'{{"s":"BTCUSDT","b":{pairs(told.bids)},"a":{pairs(told.asks)},{ids}}}'
        return self._framed("orderbook.200", "delta", told.time_ms, data)

    def trade(self, told: Print) -> str:
        """A trade."""
        side = "Buy" if told.bought else "Sell"
        paid = f'"S":"{side}","v":"{told.size}","p":"{told.price}","L":"PlusTick"'
        data = f'[{{"T":{told.time_ms},"s":"BTCUSDT",{paid},"i":"20f4-{told.number}","BT":false}}]'
        return self._framed("publicTrade", "snapshot", told.time_ms, data)

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        sides = f'"bid1Price":"{bid}","bid1Size":"{bid_size}","ask1Price":"{ask}"'
        data = f'{{"symbol":"BTCUSDT",{sides},"ask1Size":"{ask_size}","markPrice":"{bid}"}}'
        return self._framed("tickers", "delta", 1_700_000_000_000, data)

    @staticmethod
    def _framed(topic: str, kind: str, time_ms: int, data: str) -> str:
        head = f'"topic":"{topic}.BTCUSDT","type":"{kind}","ts":{time_ms}'
        return f'{{{head},"data":{data},"cts":{time_ms - 1}}}'


def pairs(levels: list[Level]) -> str:
    """Levels as lists of two texts."""
    return "[" + ",".join(f'["{price}","{size}"]' for price, size in levels) + "]"


def moment(time_ms: int) -> str:
    """A time as RFC 3339 has it."""
    whole = datetime.fromtimestamp(time_ms // 1000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{time_ms % 1000:03}000Z"
