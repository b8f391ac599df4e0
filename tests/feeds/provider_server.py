"""A small HTTP server over loopback that is every polled provider at once, one folder each."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[Asked], Answer]


class ProviderServer:
    """Asks `answering` by the first folder of the path, and keeps what was asked.

    A provider without an entry is down: its connections are cut.
    """

    def __init__(self, answering: dict[str, Answering]) -> None:
        self.answering = answering
        self.asked: list[tuple[str, Asked]] = []
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "ProviderServer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
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

    def url(self, provider: str) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/{provider}"

    def of(self, provider: str) -> list[Asked]:
        """What this one was asked."""
        return [asked for name, asked in self.asked if name == provider]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
            line, *lines = head.split("\r\n")
            url = urlsplit(line.split(" ")[1])
            provider, _, path = url.path.removeprefix("/").partition("/")
            pairs = (each.partition(":") for each in lines if each)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            asked = Asked(f"/{path}", dict(parse_qsl(url.query)), headers)
            self.asked.append((provider, asked))
            answering = self.answering.get(provider)
            if answering is None:
                writer.transport.abort()
            else:
                writer.write(_raw(answering(asked)))
                await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()


def _raw(answer: Answer) -> bytes:
    body = answer.body.encode()
    stated = {"Content-Length": str(len(body)), "Connection": "close", **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in stated.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
