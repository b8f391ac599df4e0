"""What stands on the screen while no instrument is known yet: why, and what can be done."""

from collections.abc import Sequence

from textual.widgets import Static

from tui_exchange.desk import Desk
from tui_exchange.feed_views import FeedView


class Waiting(Static):
    """Covers the panes until the first instrument is listed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="waiting", markup=False)
        self._desk = desk
        self._said = ""

    def frame(self) -> None:
        """Say what the feed says now."""
        text = waiting_text(self._desk.session.headline, self._desk.session.feeds())
        if text != self._said:
            self._said = text
            self.update(text)


def waiting_text(headline: str, feeds: Sequence[FeedView]) -> str:
    """The market that was asked for, what each subscription says, and the way out."""
    lines = [headline, "", "Waiting for the market; nothing can be traded until it is there.", ""]
    for feed in feeds:
        lines.append(f"{feed.symbol}  {feed.state.value}")
        lines.append(feed.text or "no answer yet")
    lines += [
        "",
        "Your orders and positions are kept. ctrl+q leaves;",
        "without --feed the workstation opens on the simulated market, which needs no network.",
    ]
    return "\n".join(lines)
