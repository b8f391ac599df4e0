"""When a venue is asked again for what it does not stream."""

from feeds.venue import Poll, RestRequest

NS_PER_S = 1_000_000_000


class PollTimes:
    """Keeps the next time of each poll."""

    def __init__(self) -> None:
        self._due: dict[tuple[str, int], tuple[int, Poll]] = {}

    def add(self, symbol: str, polls: tuple[Poll, ...], now_ns: int) -> None:
        """Ask these for a market, at once and then at their intervals."""
        for number, poll in enumerate(polls):
            self._due[symbol, number] = (now_ns, poll)

    def drop(self, symbol: str) -> None:
        """Ask for a market no more."""
        for key in [key for key in self._due if key[0] == symbol]:
            del self._due[key]

    def due(self, now_ns: int) -> list[RestRequest]:
        """What to ask now."""
        requests = []
        for key, (at_ns, poll) in self._due.items():
            if at_ns <= now_ns:
                self._due[key] = (now_ns + int(poll.interval_s * NS_PER_S), poll)
                requests.append(poll.request)
        return requests
