"""The venues of a soak in a process of their own, so that their work is not the trader's.

A request is a line of JSON on standard input, its answer a line on standard output.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

import msgspec

from tests.feeds.protocol.speakers import SPEAKERS
from tests.soak.pace import FasterPace
from tests.soak.venue_side import Activity, Address, Truth, VenueSides, as_line

LINE_BYTES_MAX = 2**26
ROOM = "tests.soak.venue_process"


class RemoteVenues:
    """What `VenueSides` does, done by another process.

    Args:
        names: Of the speakers.
        speed: How fast the market's time goes.
    """

    def __init__(self, names: list[str], seed: int, speed: float, activity: Activity) -> None:
        asked = {"names": names, "seed": seed, "speed": speed, "activity": activity}
        self._arguments = as_line(asked).decode()
        self._turn = asyncio.Lock()
        self._process: Process

    async def begin(self) -> dict[str, Address]:
        """Start the process; where its venues are."""
        command = (sys.executable, "-m", ROOM, self._arguments)
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, limit=LINE_BYTES_MAX
        )
        assert self._process.stdout is not None
        return msgspec.json.decode(await self._process.stdout.readline(), type=dict[str, Address])

    async def hold(self, name: str) -> Truth:
        """Let nothing more happen at a venue; its true book."""
        return msgspec.json.decode(await self._ask("hold", name), type=Truth)

    async def release(self, name: str) -> None:
        """Let a venue go on."""
        await self._ask("release", name)

    async def faults(self) -> dict[str, int]:
        """How many of each kind there were so far."""
        return msgspec.json.decode(await self._ask("faults"), type=dict[str, int])

    async def end(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def _ask(self, *words: str) -> bytes:
        async with self._turn:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(as_line(words))
            answer = await self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the venues' process has failed; what it wrote stands above")
        return answer


async def serve(asked: dict[str, object]) -> None:
    """Serve until standard input ends."""
    activity = msgspec.convert(asked["activity"], Activity)
    names = msgspec.convert(asked["names"], list[str])
    pace = FasterPace(msgspec.convert(asked["speed"], float))
    seed = msgspec.convert(asked["seed"], int)
    sides = VenueSides({name: SPEAKERS[name] for name in names}, seed, pace, activity)
    loop = asyncio.get_running_loop()
    requests = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(requests), sys.stdin)
    _say(await sides.begin())
    while line := await requests.readline():
        word, *about = json.loads(line)
        if word == "faults":
            _say(await sides.faults())
        elif word == "hold":
            _say(await sides.hold(*about))
        else:
            _say(await sides.release(*about))
    await sides.end()


def _say(message: object) -> None:
    sys.stdout.buffer.write(as_line(message))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(json.loads(sys.argv[1])))
