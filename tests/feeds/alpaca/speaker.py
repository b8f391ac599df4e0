"""Alpaca's side of the conversation. Source: Alpaca Market Data API, *Real-time Stock Data*."""

import json
from dataclasses import replace

from engine.core.commands import Side
from feeds.alpaca.venue import LIMITS, Alpaca
from feeds.venue import Limits, Venue
from tests.feeds.protocol.speaker import Speaker

T0_S = 1_800_000_000


def moment(number: int) -> str:
    """A time of nanoseconds, later with each number."""
    return f"2027-01-15T08:{number // 60 % 60:02}:{number % 60:02}.123456789Z"


class AlpacaSpeaker(Speaker):
    """One level a side, and a login before anything else."""

    symbol = "AAPL"
    other = "BRK.B"
    limits = LIMITS
    notices_loss = False

    def __init__(self) -> None:
        self.bids = {"100.00": "3"}
        self.asks = {"101.00": "2"}
        self._time = 0
        self._trades = 0
        self._quotes: list[str] = []
        self._changed_at = moment(0)

    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        return Alpaca(ws_url, rest_url, replace(limits), key="the-key-id", secret="the-secret")

    def greeting(self) -> list[str]:
        self._quotes = []
        return ['[{"T":"success","msg":"connected"}]']

    def reply(self, frame: str) -> list[str]:
        request = json.loads(frame)
        if request["action"] == "auth":
            return ['[{"T":"success","msg":"authenticated"}]']
        asked = request["quotes"]
        if request["action"] == "unsubscribe":
            self._quotes = [each for each in self._quotes if each not in asked]
            return [self._acknowledged()]
        self._quotes += [each for each in asked if each not in self._quotes]
        return [self._acknowledged(), *(self._quote(each) for each in asked)]

    def refuse(self, frame: str) -> list[str]:
        del frame
        return ['[{"T":"error","code":402,"msg":"auth failed"}]']

    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        symbol = query["symbols"]
        if path.endswith("/quotes/latest"):
            sides = self._sides(symbol)
            return 200, f'{{"quotes":{{"{symbol}":{{{sides},"t":"{self._changed_at}"}}}}}}'
        whole = '{"t":"2027-01-14T05:00:00Z","o":99,"h":102,"l":98.5,"c":100.5,"v":41234567}'
        return 200, f'{{"{symbol}":{{"latestTrade":{{"p":100.5}},"prevDailyBar":{whole}}}}}'

    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        for side, changes in ((self.bids, bids), (self.asks, asks)):
            stated = {price: size for price, size in changes.items() if size != "0"}
            if stated:
                side.clear()
                side.update(stated)
        self._time += 1
        self._changed_at = moment(self._time)
        return [self._quote(self.symbol)]

    def trade(self, price: str, size: str, side: Side) -> list[str]:
        self._trades += 1
        bid, ask = (price, "200") if side is Side.SELL else ("50", price)
        quote = f'{{"T":"q","S":"{self.symbol}","bp":{bid},"bs":1,"ap":{ask},"as":1'
        trade = f'{{"T":"t","S":"{self.symbol}","i":{self._trades},"x":"V","p":{price},"s":{size}'
        return [f'[{quote},"t":"{moment(0)}"}},{trade},"c":["@"],"z":"C","t":"{moment(0)}"}}]']

    def huge_snapshot(self, size_bytes: int) -> None:
        raise NotImplementedError("there are no snapshots of a book")

    def _acknowledged(self) -> str:
        lists = {"trades": self._quotes, "quotes": self._quotes, "bars": self._quotes}
        return json.dumps([{"T": "subscription", **lists, "statuses": [], "lulds": []}])

    def _quote(self, symbol: str) -> str:
        told = f'"T":"q","S":"{symbol}",{self._sides(symbol)},"t":"{self._changed_at}"'
        return f'[{{{told},"bx":"V","ax":"V","c":["R"],"z":"C"}}]'

    def _sides(self, symbol: str) -> str:
        ((bid, bid_size),) = self.bids.items() if symbol == self.symbol else (("50.5", "1"),)
        ((ask, ask_size),) = self.asks.items() if symbol == self.symbol else (("50.6", "1"),)
        return f'"bp":{bid},"bs":{bid_size},"ap":{ask},"as":{ask_size}'
