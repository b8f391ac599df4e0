"""One polled source as it stands: whether it may be asked now, and of what."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random

from feeds.backoff import delays
from feeds.errors import Unreachable, VenueRefused
from feeds.quotas import QuotaLedger
from feeds.rest import Rest
from feeds.sources import KeyRefused, QuotaSpent, Source

SECOND_NS = 1_000_000_000
REFUSED_PAUSE_NS = 3600 * SECOND_NS
OLD_REMEMBERED_NS = 3600 * SECOND_NS
"""For so long a source that answered with old prices comes after those that did not."""
KEY_HIDDEN_MIN = 8
"""A shorter key is part of too many innocent words and numbers to be hidden in them."""
HIDDEN = "***"


class Standing:
    """What is known of one source.

    Attributes:
        failure: Why it was not of use last; empty when it was.
        refused: It is not asked any more.
    """

    def __init__(self, source: Source, rest: Rest, ledger: QuotaLedger, rng: Random) -> None:
        self.source = source
        self.rest = rest
        self.failure = ""
        self.refused = False
        self._ledger = ledger
        self._rng = rng
        self._rests_until_ns = 0
        self._paced_until_ns = 0
        self._paced_before_ns = 0
        self._asked: set[str] = set()
        self._old_ns: int | None = None
        self._pauses: Iterator[float] | None = None

    def rank(self, now_ns: int, count: int) -> tuple[bool, int]:
        """Its place among the sources when so many symbols are due: the least is asked first."""
        old_ns = self._old_ns
        gave_old = old_ns is not None and now_ns - old_ns < OLD_REMEMBERED_NS
        return gave_old, quota_ns(self.source, count)

    def available(self, now_ns: int) -> bool:
        """Whether it may be asked for something now."""
        return not self.refused and now_ns >= self._rests_until_ns

    def paced(self, now_ns: int) -> bool:
        """Whether its quota lasts only if it is not asked now."""
        if now_ns < self._paced_until_ns:
            return True
        self._asked.clear()
        return False

    def was_asked(self, symbol: str) -> bool:
        """Whether it was asked for this within the present pause."""
        return symbol in self._asked

    def affords(self, symbols: Sequence[str], now_ns: int) -> bool:
        """Whether its quotas leave room for one request of these."""
        source = self.source
        left = self._ledger.remaining(source.name, source.quotas, now_ns)
        return left >= source.cost(len(symbols))

    def spend(self, symbols: Sequence[str], now_ns: int) -> None:
        """These are asked for now."""
        source, cost = self.source, self.source.cost(len(symbols))
        pause_ns = self._ledger.pause_ns(source.name, source.quotas, cost, now_ns)
        self._paced_before_ns = self._paced_until_ns
        self._paced_until_ns = max(self._paced_until_ns, now_ns) + pause_ns
        self._ledger.spend(source.name, source.quotas, cost, now_ns)
        self._asked.update(symbols)

    def answered(self, now_ns: int, *, only_old: bool) -> None:
        """It answered; `only_old`: with prices that are all old."""
        self.failure = ""
        self._pauses = None
        self._old_ns = now_ns if only_old else None

    def malformed(self, text: str, now_ns: int) -> None:
        """Its answer cannot be used."""
        self.failure = hidden_text(text, self.source.key)
        self._rest(now_ns, 0.0)

    def unreachable(self, error: Unreachable, symbols: Sequence[str], now_ns: int) -> None:
        """No answer came: what was not served is not charged, and may be asked again soon."""
        source = self.source
        self._ledger.spend(source.name, source.quotas, -source.cost(len(symbols)), now_ns)
        self._asked.difference_update(symbols)
        self._paced_until_ns = self._paced_before_ns
        self.failure = hidden_text(f"{error}", source.key)
        self._rest(now_ns, error.retry_after_s)

    def spent(self, error: QuotaSpent, now_ns: int) -> None:
        """It says that no more may be asked."""
        source = self.source
        self.failure = hidden_text(f"{error}", source.key)
        self._ledger.exhaust(source.name, source.quotas, error.window, now_ns)
        self._rests_until_ns = error.window.bounds_ns(now_ns)[1]

    def turned_down(self, error: VenueRefused, now_ns: int) -> str:
        """It refuses; a sentence that says what and what comes next."""
        self.failure = hidden_text(f"{error}", self.source.key)
        self.refused = isinstance(error, KeyRefused)
        self._rests_until_ns = now_ns + REFUSED_PAUSE_NS
        what = "it is not asked any more" if self.refused else "it is asked again in an hour"
        return f"{self.source.name}: {self.failure}; {what}"

    def outlook(self, now_ns: int) -> str:
        """Why it gives nothing, and when it is asked again."""
        source = self.source
        if self.refused:
            return f"{source.name}: {self.failure}"
        cost = source.cost(1)
        refilled_ns = self._ledger.affordable_ns(source.name, source.quotas, cost, now_ns)
        at_ns = max(self._rests_until_ns, refilled_ns, self._paced_until_ns)
        why = "its quota is used up" if refilled_ns > now_ns else "it has not answered yet"
        moment = datetime.fromtimestamp(at_ns // SECOND_NS, UTC)
        when = f"; next try at {moment:%Y-%m-%d %H:%M:%S} UTC" if at_ns > now_ns else ""
        return f"{source.name}: {self.failure or why}{when}"

    def _rest(self, now_ns: int, pause_s: float) -> None:
        if self._pauses is None:
            self._pauses = delays(self._rng, self.source.limits.backoff_max_s)
        self._rests_until_ns = now_ns + int(max(pause_s, next(self._pauses)) * SECOND_NS)


def quota_ns(source: Source, count: int) -> int:
    """How long its quotas take to provide what asking once for so many symbols costs."""
    cost = max(1, source.cost(count))
    spans = [(each.limit, each.window.bounds_ns(0)) for each in source.quotas]
    return max((end - start) * cost // limit for limit, (start, end) in spans)


def hidden(body: bytes, key: str) -> bytes:
    """A body without the key, which some providers repeat in their answers."""
    return body.replace(key.encode(), HIDDEN.encode()) if len(key) >= KEY_HIDDEN_MIN else body


def hidden_text(text: str, key: str) -> str:
    """A sentence without the key."""
    return text.replace(key, HIDDEN) if len(key) >= KEY_HIDDEN_MIN else text
