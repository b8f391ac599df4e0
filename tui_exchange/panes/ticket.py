"""The order ticket: fields, an error beside each that is wrong, and what the order would cost."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from engine.core.commands import Side
from tui_exchange.desk import Desk
from tui_exchange.notices import Weight
from tui_exchange.number_text import plain_price, plain_size
from tui_exchange.panes.pane import wrapped
from tui_exchange.panes.ticket_line import CHOICES, FIELDS, LABELS, TicketForm
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.revisions import ACCOUNT, book_topic
from tui_exchange.widgets.choice import Choice
from tui_exchange.widgets.keyboard import take_keyboard
from tui_exchange.widgets.lines import Lines

PREVIEW_NS = 250_000_000
"""The preview of an order that nobody edits follows the market four times a second."""
PREVIEW_LINES_MIN = 6
"""Below the fields; a form with more of them scrolls."""


OBSTACLE = "would be refused"
"""How a preview begins that says what stands in the order's way."""


class Ticket(Widget):
    """A form for one order. It is sent with enter, through the same path as the command line."""

    NAME = "ticket"
    TITLE = "Ticket"
    SHORT = ""
    LETTER = "k"
    SCOPE = ""
    HELP_TEXT = (
        "One order of any type, or a pair (oco). Tab goes through the fields that the type has, "
        "arrows choose, enter sends, escape leaves. Sizes may be 0.5, $500, 25%, all; prices 62000,"
        " bid, ask, mid, bid+1t, -0.5%. tp and sl make the order a bracket: +2%, 61000, with a "
        "limit 61000/60990. A trailing distance is 50, 20t or 1%; until is 15m, 14:30 or a date "
        "with its time; on names the price that a stop watches; slip is how far from the touch an "
        "order at market may reach, 0.5%."
    )

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "send", "Send", show=False)]

    class Sent(Message):
        """The order was taken; the keyboard may go back."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(id=self.NAME)
        self.desk = desk
        self.look = look
        self.beside: tuple[Title, ...] = ()
        self._symbol = ""
        self._previewed: tuple[object, ...] = ()
        self._previewed_ns = 0
        self._choices = {name: Choice(words, id=_id(name)) for name, words in CHOICES.items()}
        self._inputs = {
            name: Input(compact=True, max_length=32, id=_id(name))
            for name in FIELDS
            if name not in CHOICES
        }
        self._faults = {name: Static("", id=_id(name, "fault"), classes="fault") for name in FIELDS}
        self._rows = {name: Horizontal(classes="field") for name in FIELDS}
        self._fields = VerticalScroll(id="ticket-fields", can_focus=False)
        self._shown: tuple[str, ...] = ()
        self._offered = ("", "")
        """The side that the ticket is filled for, and the price that it then offered."""
        self._refused: tuple[TicketForm, str, str] | None = None
        """The order that the exchange refused last, the field that it was about, and why."""
        self._title = Lines(id="ticket-title")
        self._below = Lines(id="ticket-preview")

    def compose(self) -> ComposeResult:
        """Title, fields, and the lines below them."""
        yield self._title
        with self._fields:
            for name, row in self._rows.items():
                with row:
                    yield Static(LABELS.get(name, name), classes="label")
                    yield self._field(name)
                    yield self._faults[name]
        yield self._below

    def open(self, side: Side, symbol: str, size: str) -> None:
        """Begin anew with a limit order and go to the size: no flag of an earlier order is left."""
        for name, choice in self._choices.items():
            choice.offer(CHOICES[name])
            choice.value = CHOICES[name][0]
        self._fill(side, symbol, size)
        field = self._inputs["size"]
        take_keyboard(field)
        field.action_select_all()

    def form(self) -> TicketForm:
        """What stands in the fields now."""
        chosen = {name: choice.value for name, choice in self._choices.items()}
        typed = {name: field.value for name, field in self._inputs.items()}
        return TicketForm(self._symbol, chosen | typed)

    def frame(self) -> None:
        """Check the fields, and say what the order would do now."""
        if not self.size:
            return
        if not self._symbol or (not self.has_focus_within and self._symbol != self.desk.symbol):
            self._fill(Side(self._choices["side"].value), "", "")
        now_ns = self.desk.now_ns()
        if not self.has_focus_within and now_ns >= self._previewed_ns + PREVIEW_NS:
            self._follow_touch()
        form = self._shaped()
        session = self.desk.session
        seen = (self.look.revision, self.size, self.has_focus_within, self.beside)
        fixed = (form, *seen, self._refused, self.desk.market_words, session.killed)
        moving = (session.revision(book_topic(self._symbol)), session.revision(ACCOUNT))
        same = self._previewed[:1] == (fixed,)
        if same and (
            self._previewed == (fixed, moving) or now_ns < self._previewed_ns + PREVIEW_NS
        ):
            return
        self._previewed, self._previewed_ns = (fixed, moving), now_ns
        self._show(form)

    def step_out(self) -> bool:
        """Nothing to close inside."""
        return False

    @on(Input.Submitted)
    def _send_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Send the order if nothing is wrong with it, and leave the ticket: enter is used up."""
        form = self.form()
        faults = form.faults(self.desk.session.scale(self._symbol))
        if faults:
            field, text = next(iter(faults.items()))
            self.desk.say(Weight.REFUSED, f"{LABELS.get(field, field)}: {text}")
            return
        outcome = self.desk.run(form.line())
        if outcome.ok:
            self.post_message(self.Sent())
        elif outcome.reason is not None:
            self._refused = (form, form.field_of(outcome.reason), outcome.messages[-1])

    def focus_first(self) -> None:
        """Take the keyboard, at the first field."""
        take_keyboard(self._choices["side"])

    def step_field(self, step: int) -> bool:
        """Go to the field behind or before; False at the end of the form."""
        fields = [self._field(name) for name in self._shaped().fields]
        at = next((n for n, field in enumerate(fields) if field.has_focus), 0) + step
        if 0 <= at < len(fields):
            take_keyboard(fields[at])
            return True
        return False

    def _fill(self, side: Side, symbol: str, size: str) -> None:
        """The desk's size and the price of this side's touch, where nothing else is asked for."""
        self._symbol = symbol or self.desk.symbol
        scale = self.desk.session.scale(self._symbol)
        self._choices["side"].value = side.value
        usual = self.desk.size_lots if self._symbol == self.desk.symbol else 0
        for field in self._inputs.values():
            field.value = ""
        self._inputs["size"].value = size or (plain_size(scale, usual) if usual else "")
        self._offer_price(side)

    def _field(self, name: str) -> Widget:
        return self._choices[name] if name in self._choices else self._inputs[name]

    def _offer_price(self, side: Side) -> None:
        price = self._touch(side)
        self._inputs["price"].value = price
        self._offered = (side.value, price)

    def _follow_touch(self) -> None:
        """A price that nobody typed stays that of the touch."""
        side, offered = self._offered
        if side and self._inputs["price"].value == offered:
            self._offer_price(Side(side))

    def _shaped(self) -> TicketForm:
        """The form, once it shows the fields and offers the words that its type has."""
        form = self.form()
        side, offered = self._offered
        if form.value("side") != side and form.values["price"] == offered:
            self._offer_price(Side(form.value("side")))
        self._choices["tif"].offer(form.choices("tif"))
        form = self.form()
        if form.fields != self._shown:
            self._shown = form.fields
            for name, row in self._rows.items():
                row.display = name in self._shown
        room = max(1, self.size.height - 1 - PREVIEW_LINES_MIN)
        self._fields.styles.height = min(len(self._shown), room)
        return form

    def _touch(self, side: Side) -> str:
        quote = self.desk.session.quote(self._symbol)
        ticks = quote.bid_ticks if side is Side.BUY else quote.ask_ticks
        return "" if ticks is None else plain_price(self.desk.session.scale(self._symbol), ticks)

    def _show(self, form: TicketForm) -> None:
        faults = form.faults(self.desk.session.scale(self._symbol))
        beside = dict(faults)
        if self._refused is not None and self._refused[0] == form and self._refused[1]:
            beside.setdefault(self._refused[1], self._refused[2])
        for name in FIELDS:
            fault = self._faults[name]
            text = f"✕ {beside[name]}" if name in beside else ""
            if fault.content != text:
                fault.update(text)
        palette = self.look.fresh
        title = self._title
        active = self.has_focus_within
        titles = self.beside or (Title(self.NAME, self.TITLE, self.LETTER),)
        line = title_line(titles, self.NAME, active, self._symbol, title.size.width, palette)
        title.show([line])
        below = self._below
        width, height = below.size
        told = [
            text_line([Cell(part, role)], width, palette)
            for role, text in self._said(form, faults)
            for part in wrapped(text, width - 2)
        ]
        hint = " enter sends · esc leaves" if active else " b buys, s sells"
        below.show([*told[: max(0, height - 1)], text_line([Cell(hint, "faint")], width, palette)])

    def _said(self, form: TicketForm, faults: dict[str, str]) -> list[tuple[str, str]]:
        """What the order would do, or what is wrong with it: sentences with their roles."""
        said: list[tuple[str, str]] = []
        if self._refused is not None and self._refused[0] == form:
            said.append(("error", self._refused[2]))
        if faults:
            named = {LABELS.get(name, name): text for name, text in faults.items()}
            return [*said, *(("error", f"{name}: {text}") for name, text in named.items())]
        outcome = self.desk.session.preview(form.line(), self._symbol)
        # What the fields say already comes last: it is the first to go when space is short.
        for text in (*outcome.messages[1:], *outcome.messages[:1]):
            fine = outcome.ok and not text.startswith(OBSTACLE)
            said.append(("text" if fine else "error", text))
        return said


def _id(name: str, what: str = "field") -> str:
    return f"{what}-{name.replace(' ', '-')}"
