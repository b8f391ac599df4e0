"""The one reconnecting WebSocket loop. It names no venue and reads no message."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from feeds.backoff import delays
from feeds.network_words import host_of, plain_words
from feeds.venue import Limits

Wait = Callable[[float], Awaitable[None]]

LONG_FRAME_BYTES = 2**18
"""From here on a frame takes longer to read than the screen should wait."""
CLOSE_TIMEOUT_S = 1.0
USER_AGENT = "tui-exchange"


class Receiver(Protocol):
    """Who is told what happens on a connection; a disconnect is told like anything else."""

    async def wanted(self) -> None:
        """Returns once a connection serves a purpose."""
        ...

    def opened(self) -> Iterable[str]:
        """A connection is open; returns the frames that subscribe."""
        ...

    def frame(self, raw: bytes) -> None:
        """A frame arrived."""
        ...

    async def long_frame(self, raw: bytes) -> None:
        """A frame arrived that takes long to read; no other is taken from this connection before
        it is done."""
        ...

    def closed(self, text: str) -> None:
        """The connection is gone or could not be made; a sentence says why and what comes next."""
        ...


class Connection:
    """Keeps one connection to one address until it is cancelled.

    Args:
        url: `wss://…`; a proxy of the environment is honoured, and the certificate is checked.
        limits: Pings, sizes and rates.
        receiver: Is told what happens.
        rng: Spreads the attempts.
        wait: Passes some seconds.
    """

    def __init__(
        self,
        url: str,
        limits: Limits,
        receiver: Receiver,
        *,
        rng: Random,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._url = url
        self._limits = limits
        self._receiver = receiver
        self._rng = rng
        self._wait = wait
        self._socket: ClientConnection | None = None
        self._renewal = ""
        self._unsent: deque[str] = deque()
        self._sendable = asyncio.Event()
        self._hurry = asyncio.Event()

    async def run(self) -> None:
        """Connect, receive, and connect again, until cancelled."""
        host = host_of(self._url)
        pauses = delays(self._rng, self._limits.backoff_max_s)
        while True:
            await self._receiver.wanted()
            self._hurry.clear()
            try:
                socket = await self._connect()
            except (OSError, WebSocketException) as error:
                text = f"cannot reach {host} ({plain_words(error)})"
            else:
                opened_s = asyncio.get_running_loop().time()
                text = await self._serve(socket, host)
                if asyncio.get_running_loop().time() - opened_s > self._limits.backoff_max_s:
                    pauses = delays(self._rng, self._limits.backoff_max_s)
            pause_s = next(pauses)
            self._receiver.closed(f"{text}; next try in {max(1, round(pause_s))} s")
            await self._pause(pause_s)

    def send(self, frames: Iterable[str]) -> None:
        """Send these frames, in order, no faster than the venue allows; not kept if it closes."""
        self._unsent.extend(frames)
        self._sendable.set()

    def renew(self, text: str) -> None:
        """Give this connection up and make a new one soon; `text` says why."""
        self._renewal = text
        if self._socket is None:
            self._hurry.set()
        else:
            self._socket.transport.abort()

    async def _connect(self) -> ClientConnection:
        limits = self._limits
        return await connect(
            self._url,
            open_timeout=limits.open_timeout_s,
            ping_interval=limits.ping_interval_s,
            ping_timeout=limits.ping_interval_s,
            close_timeout=CLOSE_TIMEOUT_S,
            max_size=limits.frame_bytes_max,
            user_agent_header=USER_AGENT,
        )

    async def _serve(self, socket: ClientConnection, host: str) -> str:
        """Receive until the connection closes: why it did."""
        self._socket, self._renewal = socket, ""
        self._unsent.clear()
        self.send(self._receiver.opened())
        helpers = [asyncio.create_task(self._send_paced(socket))]
        if self._limits.keepalive_frame:
            helpers.append(asyncio.create_task(self._keep_alive()))
        try:
            while True:
                try:
                    raw = await socket.recv(decode=False)
                except ConnectionClosed as error:
                    return self._renewal or f"lost {host} ({plain_words(error)})"
                if len(raw) < LONG_FRAME_BYTES:
                    self._receiver.frame(raw)
                else:
                    await self._receiver.long_frame(raw)
        finally:
            self._socket = None
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await socket.close()

    async def _send_paced(self, socket: ClientConnection) -> None:
        while True:
            await self._sendable.wait()
            self._sendable.clear()
            while self._unsent:
                try:
                    await socket.send(self._unsent.popleft())
                except ConnectionClosed:
                    return
                await self._wait(1 / self._limits.subscribes_per_s)

    async def _keep_alive(self) -> None:
        while True:
            await self._wait(self._limits.keepalive_interval_s)
            self.send((self._limits.keepalive_frame,))

    async def _pause(self, pause_s: float) -> None:
        """Wait for the next attempt; `renew` ends the wait, as after this machine has slept."""
        waits: list[asyncio.Future[object]] = [
            asyncio.ensure_future(self._wait(pause_s)),
            asyncio.ensure_future(self._hurry.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
