"""Does the book agree with the quotes that the venue publishes beside it?

A quote states the touch from its update id until the next quote's. So the touch of the book at an
update id must be that of the latest quote at or before this id, which is known once a later quote
has arrived.
"""

from collections import deque

from feeds.exact_text import NUMBERS
from feeds.local_book import Level, LocalBook
from feeds.messages import Quote

PENDING_MAX = 10_000

Touch = tuple[Level | None, Level | None]


class QuoteCheck:
    """Compares one instrument's book with its quotes.

    Attributes:
        agree: Book states whose touch equals the quote's.
        disagree: Those whose touch does not.
    """

    def __init__(self) -> None:
        self.agree = 0
        self.disagree = 0
        self._quotes: deque[tuple[int, Quote]] = deque(maxlen=PENDING_MAX)
        self._states: deque[tuple[int, Touch]] = deque(maxlen=PENDING_MAX)

    def quote(self, quote: Quote) -> None:
        """A quote arrived."""
        if quote.update_id is not None:
            self._quotes.append((quote.update_id, quote))
            self._compare_known(quote.update_id)

    def book(self, book: LocalBook) -> None:
        """An update was applied."""
        if book.update_id is not None:
            self._states.append((book.update_id, book.touch()))
            if self._quotes:
                self._compare_known(self._quotes[-1][0])

    def finish(self) -> None:
        """No more quotes come."""
        if self._states:
            self._compare_known(self._states[-1][0] + 1)

    def _compare_known(self, newest_id: int) -> None:
        """Compare the states that come before a quote which has arrived."""
        states, quotes = self._states, self._quotes
        while states and states[0][0] < newest_id:
            update_id, (bid, ask) = states.popleft()
            while len(quotes) > 1 and quotes[1][0] <= update_id:
                quotes.popleft()
            if not quotes or quotes[0][0] > update_id:
                continue
            quote = quotes[0][1]
            if _same(bid, quote.bid, quote.bid_size) and _same(ask, quote.ask, quote.ask_size):
                self.agree += 1
            else:
                self.disagree += 1


def _same(level: Level | None, price: str, size: str) -> bool:
    if level is None:
        return NUMBERS[size] == 0
    return NUMBERS[level[0]] == NUMBERS[price] and NUMBERS[level[1]] == NUMBERS[size]
