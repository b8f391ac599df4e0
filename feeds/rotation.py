"""When a recording goes on in another file: after some time, or after some bytes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

NS_PER_S = 1_000_000_000
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}
_BYTES = {"MB": 10**6, "GB": 10**9}
_TEXT = re.compile(r"([1-9][0-9]{0,5})(m|h|d|MB|GB)")


@dataclass(frozen=True, slots=True)
class Rotation:
    """Bounds of one file; None for no bound of that kind."""

    duration_ns: int | None = None
    bytes_max: int | None = None
    """Of frames, before compression."""

    def is_due(self, passed_ns: int, written_bytes: int) -> bool:
        """Whether the next line belongs into a new file."""
        return (self.duration_ns is not None and passed_ns >= self.duration_ns) or (
            self.bytes_max is not None and written_bytes >= self.bytes_max
        )


def rotation_of(text: str) -> Rotation:
    """A rotation as written: `1h`, `30m`, `1d`, `500MB`, `2GB`.

    Raises:
        ValueError: None of these.
    """
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no rotation; write 30m, 1h, 1d, 500MB or 2GB")
    count, unit = int(found[1]), found[2]
    if unit in _SECONDS:
        return Rotation(duration_ns=count * _SECONDS[unit] * NS_PER_S)
    return Rotation(bytes_max=count * _BYTES[unit])


def file_name(first_ns: int, suffix: str) -> str:
    """The name of the file whose first line was received then: names sort as their times do."""
    seconds, ns = divmod(first_ns, NS_PER_S)
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y%m%dT%H%M%S}.{ns:09d}Z.jsonl{suffix}"
