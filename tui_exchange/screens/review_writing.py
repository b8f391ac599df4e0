"""What both review screens do: ask for a note or a tag of a trade, and keep it."""

from collections.abc import Mapping
from importlib.resources import files
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tui_exchange.actions import REVIEW
from tui_exchange.bindings import bindings_of
from tui_exchange.failures import ReviewFailure
from tui_exchange.panes.review_foot import ReviewFoot
from tui_exchange.renderables.palette import Look
from tui_exchange.review.model import Trade
from tui_exchange.review.source import ReviewSource
from tui_exchange.screens.review_help import ReviewHelp
from tui_exchange.widgets.lines import Lines
from tui_exchange.widgets.prompt import Prompt

NOTE, TAG = "note", "tag"


class WritingScreen(Screen[bool]):
    """A screen with one trade in hand. Dismissed with whether anything was written.

    Class attributes:
        SCOPE: Whose actions the main widget performs.
    """

    # A screen's style sheet is for that screen alone, so each of them brings it.
    CSS = files("tui_exchange.styles").joinpath("review.tcss").read_text(encoding="utf-8")
    BINDINGS = bindings_of(REVIEW)
    SCOPE: ClassVar[str]

    class Written(Message):
        """A note or tag was kept."""

    class Failed(Message):
        """The history said no."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, look: Look, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.look = look
        self.keys = keys
        self.written = False
        self.head = Lines(id="review-head")
        self.foot = ReviewFoot(look, keys, (self.SCOPE, REVIEW))
        self.prompt = Prompt(id="review-prompt")

    @property
    def source(self) -> ReviewSource | None:
        """Where notes go; None while there is none."""
        raise NotImplementedError

    @property
    def trade(self) -> Trade | None:
        """The trade in hand."""
        raise NotImplementedError

    @property
    def main(self) -> Widget:
        """What has the keyboard when nothing is asked."""
        raise NotImplementedError

    def read(self) -> None:
        """Read what is shown again."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw everything in the colours of now."""
        raise NotImplementedError

    def performer(self, scope: str) -> Widget:
        """Whose actions a scope names."""
        return self.main if scope == self.SCOPE else self

    def help(self) -> ReviewHelp:
        """The help of this screen."""
        return ReviewHelp(self.SCOPE, self.keys)

    def action_note(self) -> None:
        """Ask for the note of the trade in hand."""
        if self.trade is not None:
            self.prompt.ask(NOTE, "note", self.trade.note, "what there is to remember")

    def action_tag(self) -> None:
        """Ask for a tag."""
        if self.trade is not None:
            self.prompt.ask(TAG, "tag", "", "breakout, or -breakout to take it away")

    def close_prompt(self) -> None:
        """Ask for nothing any more."""
        self.prompt.close()
        self.main.focus()

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        purpose, text, trade = self.prompt.purpose, event.value.strip(), self.trade
        self.close_prompt()
        if trade is not None and (purpose == NOTE or (purpose == TAG and text)):
            self._write(purpose, trade.trade, text)

    @on(Written)
    def _kept(self) -> None:
        self.written = True
        self.foot.say("kept", "live")
        self.read()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        self.foot.say(event.sentence, "error")

    @work(thread=True, group="write")
    def _write(self, purpose: str, trade: int, text: str) -> None:
        source = self.source
        if source is None:
            return
        try:
            if purpose == NOTE:
                source.write_note(trade, text)
            elif text.startswith("-"):
                source.take_tag(trade, text[1:])
            else:
                source.add_tag(trade, text)
        except ReviewFailure as failure:
            self.post_message(self.Failed(str(failure)))
        else:
            self.post_message(self.Written())
