"""How often a source may still be asked, counted by the calendar and kept over restarts.

A quota is a number of requests (or credits) in each minute, day or month of UTC. What is spent is
kept through a `QuotaStore`, so that a program which is started ten times a day does not think ten
times that the day has just begun.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol

import msgspec

NS_PER_S = 1_000_000_000


class Window(Enum):
    """The stretch of the calendar, in UTC, after which a quota is full again."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"

    def bounds_ns(self, now_ns: int) -> tuple[int, int]:
        """When the stretch that contains this moment begins and when the next one does."""
        now = datetime.fromtimestamp(now_ns // NS_PER_S, UTC).replace(second=0)
        if self is Window.MINUTE:
            return _ns(now), _ns(now + timedelta(minutes=1))
        day = now.replace(hour=0, minute=0)
        if self is Window.DAY:
            return _ns(day), _ns(day + timedelta(days=1))
        first = day.replace(day=1)
        return _ns(first), _ns((first + timedelta(days=31)).replace(day=1))


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` requests in each `window`."""

    limit: int
    window: Window


Windows = dict[str, tuple[int, int]]
"""By window: (when it began, how much was spent in it)."""
Spent = dict[str, Windows]
"""By source."""


class QuotaStore(Protocol):
    """Where the counts are between two runs of the program."""

    def load(self) -> Spent:
        """What was saved last; nothing when nothing was, or when it cannot be read."""
        ...

    def save(self, source: str, windows: Windows) -> None:
        """Keep this of one source, and of the others what is there."""
        ...


class MemoryQuotas:
    """Counts that last as long as the program."""

    def load(self) -> Spent:
        """Nothing."""
        return {}

    def save(self, source: str, windows: Windows) -> None:
        """Not kept."""
        del source, windows


_spent = msgspec.json.Decoder(Spent).decode


class QuotaFile:
    """Counts in one small JSON file, replaced as a whole; several feeds may share it.

    Attributes:
        problem: Empty, or why the file could not be read or written; counting goes on without it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem = ""

    def load(self) -> Spent:
        """What the file says."""
        try:
            return _spent(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problem = f"cannot read {self._path}: {error.strerror}; quotas count from zero"
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            self.problem = f"{self._path} does not hold quotas; they count from zero"
        return {}

    def save(self, source: str, windows: Windows) -> None:
        """Write a new file and put it in the place of the old one."""
        spent = self.load() | {source: windows}
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(spent), encoding="ascii")
            draft.replace(self._path)
        except OSError as error:
            self.problem = (
                f"cannot write {self._path}: {error.strerror};"
                " what is asked of the sources is forgotten when the program ends"
            )
        else:
            self.problem = ""


class QuotaLedger:
    """What each source was asked in its current windows."""

    def __init__(self, store: QuotaStore) -> None:
        self._store = store
        self._spent = store.load()

    def remaining(self, source: str, quotas: Iterable[Quota], now_ns: int) -> int:
        """What may be spent now: the least that any quota leaves, never below zero."""
        return min(max(0, each.limit - self._used(source, each, now_ns)) for each in quotas)

    def spend(self, source: str, quotas: Iterable[Quota], cost: int, now_ns: int) -> None:
        """So much is asked now."""
        for quota in quotas:
            self._write(source, quota, self._used(source, quota, now_ns) + cost, now_ns)
        self._store.save(source, self._spent[source])

    def exhaust(self, source: str, quotas: Iterable[Quota], window: Window, now_ns: int) -> None:
        """The source says that its quota of this window is used up, whatever was counted here."""
        for quota in quotas:
            if quota.window is window:
                used = max(quota.limit, self._used(source, quota, now_ns))
                self._write(source, quota, used, now_ns)
        self._store.save(source, self._spent.get(source, {}))

    def affordable_ns(self, source: str, quotas: Iterable[Quota], cost: int, now_ns: int) -> int:
        """From when on this cost fits into every quota: now, or when the last full one refills."""
        full = [
            each.window.bounds_ns(now_ns)[1]
            for each in quotas
            if each.limit - self._used(source, each, now_ns) < cost
        ]
        return max(full, default=now_ns)

    def pause_ns(self, source: str, quotas: Iterable[Quota], cost: int, now_ns: int) -> int:
        """How long to wait between two requests of this cost, so that what is left lasts."""
        pauses = [0]
        for quota in quotas:
            left = quota.limit - self._used(source, quota, now_ns)
            until_refill_ns = quota.window.bounds_ns(now_ns)[1] - now_ns
            pauses.append(until_refill_ns * cost // left if left > 0 else until_refill_ns)
        return max(pauses)

    def _used(self, source: str, quota: Quota, now_ns: int) -> int:
        began_ns, used = self._spent.get(source, {}).get(quota.window.value, (0, 0))
        return used if began_ns == quota.window.bounds_ns(now_ns)[0] else 0

    def _write(self, source: str, quota: Quota, used: int, now_ns: int) -> None:
        windows = self._spent.setdefault(source, {})
        windows[quota.window.value] = (quota.window.bounds_ns(now_ns)[0], used)


def _ns(moment: datetime) -> int:
    return int(moment.timestamp()) * NS_PER_S
