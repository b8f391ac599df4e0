"""Counters by which a pane learns that something changed, without comparing views.

| topic | grows when |
|---|---|
| `book:SYMBOL` | depth, last trade or own orders of an instrument change: `quote` and `ladder` |
| `prints:SYMBOL` | a trade was printed |
| `orders` | a working order appears, changes, ends, or its queue may have moved |
| `fills` | one of our orders was filled |
| `positions` | a position, or the mark of one, changes |
| `account` | money, or the value of what is held, changes |
| `feeds` | a subscription's health changes; ages grow without it |
| `journal` | the log or the history moves on |
| `instruments` | the list of instruments changes |
| `risk` | new figures of risk are there, or a limit, breach or halt changed |
"""

ORDERS = "orders"
FILLS = "fills"
POSITIONS = "positions"
ACCOUNT = "account"
FEEDS = "feeds"
JOURNAL = "journal"
INSTRUMENTS = "instruments"
RISK = "risk"


def book_topic(symbol: str) -> str:
    """The topic of an instrument's quote and ladder."""
    return f"book:{symbol}"


def prints_topic(symbol: str) -> str:
    """The topic of an instrument's time and sales."""
    return f"prints:{symbol}"


class Revisions:
    """One number for each topic; a topic nobody touched is at 0.

    What changes is noted at once and becomes visible with `publish`: nobody draws what has not been
    released for drawing.
    """

    __slots__ = ("_noted", "_visible")

    def __init__(self) -> None:
        self._noted: dict[str, int] = {}
        self._visible: dict[str, int] = {}

    def bump(self, *topics: str) -> None:
        """Note that these changed."""
        noted = self._noted
        for topic in topics:
            noted[topic] = noted.get(topic, 0) + 1

    def publish(self, *topics: str) -> None:
        """Release these topics for drawing; without any, all of them."""
        if not topics:
            self._visible.update(self._noted)
        for topic in topics:
            self._visible[topic] = self._noted.get(topic, 0)

    def of(self, topic: str) -> int:
        """How often a topic had changed when it was last published."""
        return self._visible.get(topic, 0)
