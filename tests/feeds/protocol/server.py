"""A venue over loopback: a WebSocket and a REST address that speak as a speaker says, and misbehave
on request.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from urllib.parse import urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from tests.feeds.protocol.rest_server import RestServer
from tests.feeds.protocol.speaker import Speaker


class VenueServer:
    """One server; `changed` is called whenever a test may want to look again.

    Attributes:
        received: Every frame that clients sent, in order.
        requests: How often each REST path was asked for.
        refusing: Subscriptions are refused.
        mute: Nothing is sent over WebSockets, though they stay open.
        rest_status: Other than 200, what REST answers instead of serving.
        cut_frame: Abort the connection in the middle of the longest frame of the next reply.
    """

    def __init__(self, speaker: Speaker, changed: Callable[[], None]) -> None:
        self.speaker = speaker
        self.received: list[str] = []
        self.requests: Counter[str] = Counter()
        self.refusing = False
        self.mute = False
        self.rest_status = 200
        self.cut_frame = False
        self.rest = RestServer(self._answer)
        self._changed = changed
        self._server: Server | None = None
        self._turn = asyncio.Lock()
        self._open: dict[ServerConnection, bool] = {}
        """Whether the client has said something on it."""

    async def __aenter__(self) -> "VenueServer":
        await self.rest.__aenter__()
        self._server = await serve(self._talk, "127.0.0.1", 0, ping_interval=None, compression=None)
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
        await self.rest.__aexit__(kind, error, trace)

    @property
    def url(self) -> str:
        assert self._server is not None
        host, port = next(iter(self._server.sockets)).getsockname()[:2]
        return f"ws://{host}:{port}"

    @property
    def connections(self) -> int:
        return len(self._open)

    @property
    def asked(self) -> int:
        """How often clients asked for anything."""
        return len(self.received) + self.requests.total()

    async def say(self, speak: Callable[[], Iterable[str]]) -> None:
        """Send what is spoken to those whom it concerns; nothing comes in between."""
        async with self._turn:
            for frame in speak():
                await self._broadcast(frame)

    async def say_slowly(self, speak: Callable[[], Iterable[str]]) -> None:
        """The same, byte by byte."""
        async with self._turn:
            for frame in speak():
                raw = Frame(Opcode.TEXT, frame.encode()).serialize(mask=False)
                for connection in self._hearers(frame):
                    for number in range(len(raw)):
                        connection.transport.write(raw[number : number + 1])
                        await asyncio.sleep(0)

    def abort(self, path: str = "") -> None:
        """Cut every connection, or those to this path, without a word."""
        for connection in tuple(self._open):
            if path in ("", _path(connection)):
                connection.transport.abort()

    async def close(self, code: int, reason: str) -> None:
        """Close every connection as WebSockets are closed."""
        for connection in tuple(self._open):
            await connection.close(code, reason)

    async def _talk(self, connection: ServerConnection) -> None:
        self._open[connection] = False
        self._changed()
        try:
            await self._send(connection, self.speaker.greeting)
            async for raw in connection:
                assert isinstance(raw, str)
                await self._take(connection, raw)
        except ConnectionClosed:
            pass
        finally:
            del self._open[connection]
            self._changed()

    async def _take(self, connection: ServerConnection, raw: str) -> None:
        self.received.append(raw)
        self._open[connection] = True
        speak = self.speaker.refuse if self.refusing else self.speaker.reply
        await self._send(connection, lambda: speak(raw))
        self._changed()

    async def _send(self, connection: ServerConnection, speak: Callable[[], list[str]]) -> None:
        async with self._turn:
            frames = speak()
            if self.mute:
                return
            if frames and self.cut_frame:
                self._send_half(connection, max(frames, key=len))
            for frame in frames:
                await connection.send(frame)

    def _send_half(self, connection: ServerConnection, frame: str) -> None:
        self.cut_frame = False
        raw = Frame(Opcode.TEXT, frame.encode()).serialize(mask=False)
        connection.transport.write(raw[: len(raw) // 2])
        connection.transport.close()

    async def _broadcast(self, frame: str) -> None:
        if not self.mute:
            for connection in self._hearers(frame):
                await connection.send(frame)

    def _hearers(self, frame: str) -> list[ServerConnection]:
        path = self.speaker.path_of(frame)
        return [
            connection
            for connection, spoken in self._open.items()
            if spoken and path in ("", _path(connection))
        ]

    def _answer(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        self.requests[path] += 1
        self._changed()
        if self.rest_status != 200:
            return self.rest_status, "<html>"
        return self.speaker.rest(method, path, query, body)


def _path(connection: ServerConnection) -> str:
    assert connection.request is not None
    return urlsplit(connection.request.path).path
