"""How venues write that send whole books, chains of changes, or quotes alone.

Formats: Hyperliquid *Websocket*; Deribit *API v2*; Alpaca *Real-time Stock Data*; Finnhub *Trades*.
"""

from tui_exchange.bench.venue_book import Changes, Level, MadeUpBook, Print
from tui_exchange.bench.venue_formats import Writer, moment

WHOLE_LEVELS = 20
QUOTED_MS = 1_700_000_000_000


class HyperliquidFrames(Writer):
    """`l2Book`, `trades`, `bbo`; the market's best levels are sent whole."""

    whole = WHOLE_LEVELS

    def book(self, told: Changes) -> str:
        """An update."""
        sides = f"[{self._levels(told.bids)}],[{self._levels(told.asks)}]"
        return self._framed("l2Book", f'{{"coin":"BTC","time":{told.time_ms},"levels":[{sides}]}}')

    def trade(self, told: Print) -> str:
        """A trade."""
        paid = f'"side":"{"B" if told.bought else "A"}","px":"{told.price}","sz":"{told.size}"'
        ids = f'"time":{told.time_ms},"hash":"0x{told.number:064x}","tid":{told.number}'
        users = f'"users":["0x{7:040x}","0x{9:040x}"]'
        return self._framed("trades", f'[{{"coin":"BTC",{paid},{ids},{users}}}]')

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        sides = f"{self._levels([(bid, bid_size)])},{self._levels([(ask, ask_size)])}"
        return self._framed("bbo", f'{{"coin":"BTC","time":{QUOTED_MS},"bbo":[{sides}]}}')

    @staticmethod
    def _levels(levels: list[Level]) -> str:
        return ",".join(f'{{"px":"{price}","sz":"{size}","n":3}}' for price, size in levels)

    @staticmethod
    def _framed(channel: str, data: str) -> str:
        return f'{{"channel":"{channel}","data":{data}}}'


class DeribitFrames(Writer):
    """`book…100ms`, `trades…100ms`, `quote`; numbers are JSON numbers."""

    name = "BTC-PERPETUAL"

    def book(self, told: Changes) -> str:
        """An update."""
        ids = f'"type":"change","prev_change_id":{told.number - 1},"change_id":{told.number}'
        sides = f'"bids":[{self._changes(told.bids)}],"asks":[{self._changes(told.asks)}]'
        data = f'{{"timestamp":{told.time_ms},"instrument_name":"{self.name}",{ids},{sides}}}'
        return self._framed(f"book.{self.name}.100ms", data)

    def trade(self, told: Print) -> str:
        """A trade."""
        ids = f'"trade_seq":{told.number},"trade_id":"{told.number}","timestamp":{told.time_ms}'
        paid = f'"price":{told.price},"amount":{told.size},"tick_direction":0'
        prices = f'"mark_price":{told.price},"index_price":{told.price}'
        side = f'"direction":"{"buy" if told.bought else "sell"}"'
        data = f'[{{{ids},{paid},{prices},"instrument_name":"{self.name}",{side}}}]'
        return self._framed(f"trades.{self.name}.100ms", data)

    def quote(self, book: MadeUpBook) -> str:
        """The best quotes."""
        bid, bid_size, ask, ask_size = book.touch()
        bids = f'"best_bid_price":{bid},"best_bid_amount":{bid_size}'
        asks = f'"best_ask_price":{ask},"best_ask_amount":{ask_size}'
        data = f'{{"timestamp":{QUOTED_MS},"instrument_name":"{self.name}",{bids},{asks}}}'
        return self._framed(f"quote.{self.name}", data)

    @staticmethod
    def _changes(levels: list[Level]) -> str:
        return ",".join(
            f'["delete",{price},0.0]' if size == "0" else f'["change",{price},{size}]'
            for price, size in levels
        )

    @staticmethod
    def _framed(channel: str, data: str) -> str:
        params = f'{{"channel":"{channel}","data":{data}}}'
        return f'{{"jsonrpc":"2.0","method":"subscription","params":{params}}}'


class AlpacaFrames(Writer):
    """Quotes and prints of a stock; numbers are JSON numbers."""

    def book(self, told: Changes) -> str:
        """Quotes take the place of updates: one a frame."""
        (bid, bid_size), (ask, ask_size) = _shown(told.bids), _shown(told.asks)
        sides = f'"bp":{bid},"bs":{bid_size},"ap":{ask},"as":{ask_size}'
        told_of = f'"bx":"V","ax":"V",{sides},"c":["R"],"z":"C","t":"{moment(told.time_ms)}"'
        return f'[{{"T":"q","S":"AAPL",{told_of}}}]'

    def trade(self, told: Print) -> str:
        """A trade."""
        paid = f'"p":{told.price},"s":{told.size},"c":["@"],"z":"C","t":"{moment(told.time_ms)}"'
        return f'[{{"T":"t","S":"AAPL","i":{told.number},"x":"V",{paid}}}]'


class FinnhubFrames(Writer):
    """Prints, several a frame."""

    def book(self, told: Changes) -> str:
        """Prints take the place of updates."""
        shown = [level for level in told.bids if level[1] != "0"] or [_shown(told.bids)]
        prints = ",".join(
            f'{{"c":["1","12"],"p":{price},"s":"AAPL","t":{told.time_ms},"v":{size}}}'
            for price, size in shown[:4]
        )
        return f'{{"data":[{prints}],"type":"trade"}}'

    def trade(self, told: Print) -> str:
        """A trade."""
        paid = f'"p":{told.price},"s":"AAPL","t":{told.time_ms},"v":{told.size}'
        return f'{{"data":[{{"c":["1"],{paid}}}],"type":"trade"}}'


def _shown(levels: list[Level]) -> Level:
    """The first level that is not removed; of those that are, the first all the same."""
    return next((level for level in levels if level[1] != "0"), (levels[0][0], "1"))
