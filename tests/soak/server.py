"""A venue's server that can go away for a while and come back at the same address."""

from collections.abc import Callable
from contextlib import suppress

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from tests.feeds.protocol.server import VenueServer
from tests.feeds.protocol.speaker import Speaker


class RestartingServer(VenueServer):
    """The battery's server, and its restart."""

    def __init__(self, speaker: Speaker, changed: Callable[[], None]) -> None:
        super().__init__(speaker, changed)
        self._port = 0

    async def go(self) -> None:
        """Cut every connection, and accept no more."""
        assert self._server is not None
        self._port = next(iter(self._server.sockets)).getsockname()[1]
        self.abort()
        self._server.close()
        await self._server.wait_closed()

    async def come_back(self) -> None:
        """Listen again where it listened before."""
        self._server = await serve(
            self._talk, "127.0.0.1", self._port, ping_interval=None, compression=None
        )

    async def _broadcast(self, frame: str) -> None:
        """As the battery's, while connections come and go."""
        if not self.mute:
            for connection in self._hearers(frame):
                with suppress(ConnectionClosed):
                    await connection.send(frame)
