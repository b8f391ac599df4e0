"""Stand-ins for disks that refuse, and for the exchange."""

import errno
import os
from pathlib import Path

from engine.core.commands import Command, MirrorTrade
from engine.core.events import Event, MarketTraded
from engine.journal.frames import Buffer
from engine.journal.segments import DiskSegment


class CountingEngine:
    """An exchange that only counts, and echoes prints."""

    def __init__(self, seq: int = 0, now_ns: int = 0) -> None:
        self.seq = seq
        self.now_ns = now_ns
        self.applied: list[Command] = []

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        self.seq += 1
        self.now_ns = ts_ns
        self.applied.append(command)
        if isinstance(command, MirrorTrade):
            return (
                MarketTraded(
                    seq=self.seq,
                    ts_ns=ts_ns,
                    symbol=command.symbol,
                    side=command.side,
                    price_ticks=command.price_ticks,
                    lots=command.lots,
                ),
            )
        return ()


class FullDisk:
    """Takes so many bytes and then says that it is full, having written part of the last write."""

    def __init__(self, free_bytes: int) -> None:
        self.free_bytes = free_bytes
        self.sync_failures = 0

    def open(self, path: Path) -> "FullDiskSegment":
        return FullDiskSegment(path, self)


class FullDiskSegment(DiskSegment):
    def __init__(self, path: Path, disk: FullDisk) -> None:
        super().__init__(path)
        self._disk = disk

    def write_at(self, offset: int, data: Buffer) -> int:
        if not self._disk.free_bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = super().write_at(offset, data[: self._disk.free_bytes])
        self._disk.free_bytes -= count
        return count

    def sync(self) -> None:
        if self._disk.sync_failures:
            self._disk.sync_failures -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().sync()
