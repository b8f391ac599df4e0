"""The help of the review screens: keys, how to filter, and every formula."""

from collections.abc import Mapping

from textual.content import Content

from tui_exchange.actions import APP, REVIEW, actions_of
from tui_exchange.bindings import performs
from tui_exchange.panes.review_sums import formula_lines
from tui_exchange.screens.help import Help

WIDTH = 70
ABOUT = "What was traded: each line is a round trip, from flat to flat."
FILTER = (
    "Words, all of which must hold: btc   symbol:btc,eth   side:long   tag:breakout   net>0",
    'return<-1   held>5m   opened>=2025-03   state:open   -tag:test   "two words"',
)


class ReviewHelp(Help):
    """Derived from the table of actions, the keymap in use and the table of formulas."""

    def __init__(self, scope: str, keys: Mapping[str, str]) -> None:
        super().__init__("Review", ABOUT, scope, keys)

    def text(self) -> Content:
        """The page."""
        parts: list[str | tuple[str, str]] = [self._about]
        for heading, scope in (("Here", self._scope), ("In review", REVIEW), ("Everywhere", APP)):
            parts += ["\n", (f"\n{heading}", "bold")]
            for action in actions_of(scope):
                if performs(self.app, action):
                    parts += self._line(action)
        for heading, lines in (("Filter", FILTER), ("Formulas", formula_lines(WIDTH))):
            parts += ["\n", (f"\n{heading}", "bold"), *(f"\n{line}" for line in lines)]
        return Content.assemble(*parts)
