"""A small HTTP server over loopback: one request a connection, any method."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit

CONTENT_LENGTH = "content-length"

Answer = tuple[int, str]
Answering = Callable[[str, str, dict[str, str], str], Answer]


class RestServer:
    """Answers (method, path, query, body) with a status and a body.

    Attributes:
        answer: Makes the answers.
        cut: Close in the middle of the next answer to a path that contains this; empty for never.
    """

    def __init__(self, answer: Answering) -> None:
        self.answer = answer
        self.cut = ""
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "RestServer":
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

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            method, target, body = await _request(reader)
            url = urlsplit(target)
            status, text = self.answer(method, url.path, dict(parse_qsl(url.query)), body)
            raw = _response(status, text.encode())
            if self.cut and self.cut in url.path:
                self.cut = ""
                raw = raw[: len(raw) // 2]
            writer.write(raw)
            await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()


async def _request(reader: asyncio.StreamReader) -> tuple[str, str, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
    line, *headers = head.split("\r\n")
    method, target, _ = line.split(" ")
    length = 0
    for name, _, value in (header.partition(":") for header in headers):
        if name.lower() == CONTENT_LENGTH:
            length = int(value)
    return method, target, (await reader.readexactly(length)).decode()


def _response(status: int, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
