"""What a trader is told when a market's feed is in another state."""

from collections.abc import Callable

from feeds.group import FeedGroup
from feeds.messages import FeedState, StateChanged
from tui_exchange.revisions import FEEDS, Revisions, book_topic


class FeedNews:
    """Notes every change; that markets went down, and why, is told once for all of a feed's.

    Args:
        feeds: The name of the one that carries the market stands before the sentence.
        news: Takes each sentence.
    """

    def __init__(self, feeds: FeedGroup, revisions: Revisions, news: Callable[[str], None]) -> None:
        self._feeds = feeds
        self._revisions = revisions
        self._news = news
        self._down_text = ""

    def take(self, change: StateChanged) -> None:
        """A subscription's state changed."""
        self._revisions.bump(FEEDS, book_topic(change.symbol))
        before = self._down_text
        if change.state is not FeedState.DOWN:
            self._down_text = ""
        elif change.text:
            self._down_text = change.text.partition(";")[0]
            if self._down_text != before:
                owner = self._feeds.owner(change.symbol)
                name = self._feeds.name if owner is None else owner.name
                self._news(f"{name}: {change.text}")
