"""A small Binance spot server over loopback: streams, depth and exchangeInfo on one port.

It speaks what binance-spot-api-docs describes, from its own book, and misbehaves on request.
"""

import http
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.feeds import frames


@dataclass
class Book:
    """The server's own book of one symbol."""

    update_id: int = 100
    bids: dict[str, str] = field(default_factory=lambda: dict(frames.BIDS))
    asks: dict[str, str] = field(default_factory=lambda: dict(frames.ASKS))


class BinanceServer:
    """One server; `changed` is called whenever a test may want to look again."""

    def __init__(self, changed: Callable[[], None], *symbols: str) -> None:
        self.books = {symbol: Book() for symbol in symbols}
        self.requests: Counter[str] = Counter()
        self.subscribed: list[list[str]] = []
        self.refuse_subscriptions = False
        self.rest_status: http.HTTPStatus = http.HTTPStatus.OK
        self.snapshot_lag = 0
        """How many ids the REST book is behind the stream."""
        self._changed = changed
        self._server: Server | None = None
        self._open: dict[ServerConnection, set[str]] = {}

    async def __aenter__(self) -> "BinanceServer":
        self._server = await serve(
            self._talk, "127.0.0.1", 0, process_request=self._answer, ping_interval=None
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    @property
    def address(self) -> str:
        assert self._server is not None
        host, port = next(iter(self._server.sockets)).getsockname()[:2]
        return f"{host}:{port}"

    @property
    def connections(self) -> int:
        return len(self._open)

    async def change(self, symbol: str = "BTCUSDT", lose: bool = False, **sides: object) -> None:
        """Change the book by one update, and tell the subscribers unless the update is lost."""
        book = self.books[symbol]
        book.update_id += 1
        changes: dict[str, list[tuple[str, str]]] = {"bids": [], "asks": []}
        for side, pairs in sides.items():
            assert isinstance(pairs, dict)
            for price, size in pairs.items():
                getattr(book, side).pop(price, None)
                if size != "0":
                    getattr(book, side)[price] = size
                changes[side].append((price, size))
        if not lose:
            frame = frames.depth(book.update_id, book.update_id, **changes, symbol=symbol)
            await self.send(frame, f"{symbol.lower()}@depth@100ms")

    async def send(self, raw: bytes | str, stream: str | None = None) -> None:
        """Send a frame to whoever subscribed to the stream, or to everybody."""
        text = raw.decode() if isinstance(raw, bytes) else raw
        for connection, streams in tuple(self._open.items()):
            if stream is None or stream in streams:
                await connection.send(text)

    def drop(self) -> None:
        """Cut every connection, without a word."""
        for connection in tuple(self._open):
            connection.transport.abort()

    async def _talk(self, connection: ServerConnection) -> None:
        self._open[connection] = set()
        self._changed()
        try:
            async for raw in connection:
                await self._take(connection, json.loads(raw))
        except ConnectionClosed:
            pass
        finally:
            del self._open[connection]
            self._changed()

    async def _take(self, connection: ServerConnection, request: dict[str, object]) -> None:
        streams = request["params"]
        assert isinstance(streams, list)
        if self.refuse_subscriptions:
            error = {"code": 2, "msg": "Invalid request: no such stream"}
            await connection.send(json.dumps({"error": error, "id": request["id"]}))
            return
        if request["method"] == "SUBSCRIBE":
            self.subscribed.append(streams)
            self._open[connection].update(streams)
        else:
            self._open[connection].difference_update(streams)
        await connection.send(json.dumps({"result": None, "id": request["id"]}))
        self._changed()

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        url = urlsplit(request.path)
        if url.path == "/stream":
            return None
        symbol = parse_qs(url.query)["symbol"][0]
        limit = parse_qs(url.query).get("limit", [""])[0]
        self.requests[f"{url.path.rpartition('/')[2]}{limit}"] += 1
        self._changed()
        if self.rest_status is not http.HTTPStatus.OK:
            return connection.respond(self.rest_status, "<html>")
        if symbol not in self.books:
            body = '{"code":-1121,"msg":"Invalid symbol."}'
            return connection.respond(http.HTTPStatus.BAD_REQUEST, body)
        return connection.respond(http.HTTPStatus.OK, self._body(url.path, symbol))

    def _body(self, path: str, symbol: str) -> str:
        if path.endswith("exchangeInfo"):
            info = frames.exchange_info(symbol, symbol.removesuffix("USDT"), "USDT")
            return info.decode()
        book = self.books[symbol]
        update_id = book.update_id - self.snapshot_lag
        return frames.snapshot(
            update_id, tuple(book.bids.items()), tuple(book.asks.items())
        ).decode()


@asynccontextmanager
async def binance_server(
    changed: Callable[[], None], *symbols: str
) -> AsyncIterator[BinanceServer]:
    async with BinanceServer(changed, *symbols) as server:
        yield server
