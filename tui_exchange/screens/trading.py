"""The trading screen: panes in a layout that fits the terminal, redrawn once a frame."""

from collections.abc import Mapping, Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from engine.core.commands import Side
from tui_exchange.actions import DESK, actions_of
from tui_exchange.bindings import bindings_of
from tui_exchange.desk import Desk
from tui_exchange.dialogs.jump import Jump
from tui_exchange.dialogs.symbol_picker import SymbolPicker
from tui_exchange.line_help import LineHelp
from tui_exchange.notices import Weight
from tui_exchange.number_text import price_text
from tui_exchange.panes import PANES, TITLES, Pane, Ticket
from tui_exchange.panes.command import CommandLine
from tui_exchange.panes.footer import Footer
from tui_exchange.panes.requests import (
    CommandEntered,
    CommandLeft,
    LineAsked,
    OrderAsked,
    PositionAsked,
    SymbolAsked,
    TabAsked,
    TicketAsked,
)
from tui_exchange.panes.status import StatusLine
from tui_exchange.panes.waiting import Waiting
from tui_exchange.renderables.palette import Look
from tui_exchange.widgets.keyboard import take_keyboard
from tui_exchange.widgets.tiles import Tiles
from tui_exchange.workspaces.presets import HEIGHT_MIN, WIDTH_MIN, preset_for

HOME = "ladder"
AHEAD = frozenset(action.call for action in actions_of(DESK) if action.ahead)
"""What is not done by keys while a text field has the keyboard."""
"""Lines of the screen that no pane has."""


class TradingScreen(Screen[None]):
    """Where a trader spends the day. What it does, it does through the desk."""

    BINDINGS = bindings_of(DESK)

    def __init__(
        self, desk: Desk, look: Look, keys: Mapping[str, str], line_help: LineHelp
    ) -> None:
        super().__init__()
        self.desk = desk
        self._look = look
        self._keys = keys
        self._status = StatusLine(desk, look)
        self._footer = Footer(desk, look, keys)
        self._command = CommandLine(desk, look, line_help)
        self._waiting = Waiting(desk)
        self._panes: dict[str, Pane | Ticket] = {}
        for make in PANES:
            self._panes[make.NAME] = make(desk, look)
        self._tiles = Tiles(self._panes.values(), preset_for(WIDTH_MIN, HEIGHT_MIN))
        self._back: str = HOME
        """Where escape goes from a ticket or the command line."""

    def compose(self) -> ComposeResult:
        """Head, panes, foot, and what lies over them."""
        yield self._status
        yield self._tiles
        yield self._footer
        yield self._command
        yield self._waiting
        yield Static(id="too-small")

    def on_mount(self) -> None:
        """The ladder has the keyboard first."""
        self._panes[HOME].focus()

    def frame(self) -> None:
        """Redraw what changed and is seen."""
        if self.has_class("-too-small"):
            return
        self.set_class(not self.desk.ready, "-waiting")
        if not self.desk.ready:
            self._waiting.frame()
            return
        self._status.frame()
        self._footer.frame(self.scope)
        self._command.frame()
        for name in self._tiles.visible_names():
            self._panes[name].frame()

    @property
    def current(self) -> Pane | Ticket | None:
        """The pane that has the keyboard."""
        node: object = self.focused
        while isinstance(node, Widget):
            if node.id in self._panes:
                return self._panes[node.id]
            node = node.parent
        return None

    @property
    def scope(self) -> str:
        """Whose keys work now, besides those that work everywhere."""
        return "" if self.current is None else self.current.SCOPE

    def pane(self, name: str) -> Pane | Ticket:
        """A pane by its name."""
        return self._panes[name]

    def on_resize(self, event: events.Resize) -> None:
        """Take the richest layout that fits, or say what is missing."""
        width, height = event.size
        small = width < WIDTH_MIN or height < HEIGHT_MIN
        self.set_class(small, "-too-small")
        if small:
            sentence = (
                f"This terminal is too small: it has {width}×{height},"
                f" the workstation needs {WIDTH_MIN}×{HEIGHT_MIN}. Orders and positions are kept."
            )
            self.query_one("#too-small", Static).update(sentence)
            return
        self._tiles.use(preset_for(width, height))
        self._name_tabs()

    def go(self, name: str) -> None:
        """Bring a pane to the front and give it the keyboard."""
        if not self._tiles.holds(name) and self._tiles.whole is None:
            self._tiles.maximise(name)
        self._tiles.choose(name)
        self._name_tabs()
        pane = self._panes[name]
        if isinstance(pane, Ticket):
            pane.focus_first()
        else:
            take_keyboard(pane)

    def show_order(self, order_ids: Sequence[int], at: int = 0) -> None:
        """Look at the whole life of orders; the market goes on meanwhile."""
        # Imported when it is asked for, as the review is.
        from tui_exchange.screens.order import OrderScreen

        orders = self.desk.session.orders
        read = (orders.written, orders.at_once, orders.filled)
        self.app.push_screen(OrderScreen(order_ids, at, self._look, self._keys, *read))

    def show_position(self, symbol: str) -> None:
        """Look at everything about an open position; the market goes on meanwhile."""
        # Imported when it is asked for, as the review is.
        from tui_exchange.screens.position import PositionScreen

        session = self.desk.session
        lines = partial(session.position_lines, symbol)
        self.app.push_screen(PositionScreen(symbol, lines, partial(session.labels_of, symbol)))

    # Actions of the table, scope `desk`

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that are letters to a text field act elsewhere only."""
        if action in AHEAD and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    def action_command(self) -> None:
        """Open the command line."""
        self._open_line("")

    def action_symbol(self) -> None:
        """Choose an instrument by name."""
        session = self.desk.session
        entries = [
            (symbol, price_text(session.scale(symbol), session.quote(symbol).last_ticks))
            for symbol in session.symbols
        ]
        self.app.push_screen(SymbolPicker(entries), self._focus_symbol)

    def action_review(self) -> None:
        """Look at what was traded; the market goes on meanwhile."""
        # Imported when it is asked for: the program would start later for it.
        from tui_exchange.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.desk.session.review, self._look, self._keys))

    def action_jump(self) -> None:
        """Choose a pane by letter."""
        self.app.push_screen(Jump(), lambda name: self.go(name) if name else None)

    def action_ticket(self, side: str) -> None:
        """Open a ticket."""
        self._open_ticket(Side(side), "", "")

    def action_arm(self) -> None:
        """Arm or disarm the trading keys."""
        desk = self.desk
        if desk.armed:
            desk.say(Weight.INFO, desk.arming.disarm("by key"))
            return
        sentence = desk.arming.arm(desk.now_ns(), desk.feed, desk.connections())
        desk.say(Weight.DONE if desk.armed else Weight.REFUSED, sentence)

    def action_go(self, name: str) -> None:
        """Go to a pane."""
        self.go(name)

    def action_step_symbol(self, step: int) -> None:
        """Focus another instrument."""
        self.desk.step_symbol(step)

    def action_maximise(self) -> None:
        """Give the focused pane everything, or give it back."""
        pane = self.current
        self._tiles.maximise(None if self._tiles.whole or pane is None else pane.NAME)
        self._name_tabs()

    def action_next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Give the keyboard to the pane before."""
        self._step_pane(-1)

    def action_step_out(self) -> None:
        """Leave what is open, one step at a time; at the end, the ladder."""
        pane = self.current
        if pane is not None and pane.step_out():
            return
        if self._tiles.whole is not None:
            self._tiles.maximise(None)
            self._name_tabs()
        elif isinstance(pane, Ticket):
            self.go(self._back)
        else:
            self.go(HOME)

    # What panes ask for

    @on(TicketAsked)
    def _ticket_asked(self, asked: TicketAsked) -> None:
        self._open_ticket(asked.side, asked.symbol, asked.size)

    @on(LineAsked)
    def _line_asked(self, asked: LineAsked) -> None:
        self._open_line(asked.text)

    @on(OrderAsked)
    def _order_asked(self, asked: OrderAsked) -> None:
        self.show_order(asked.order_ids, asked.at)

    @on(PositionAsked)
    def _position_asked(self, asked: PositionAsked) -> None:
        self.show_position(asked.symbol)

    @on(SymbolAsked)
    def _symbol_asked(self, asked: SymbolAsked) -> None:
        self._focus_symbol(asked.symbol)

    @on(TabAsked)
    def _tab_asked(self, asked: TabAsked) -> None:
        self.go(asked.pane_name)

    @on(CommandEntered)
    def _command_entered(self) -> None:
        self._close_line()

    @on(CommandLeft)
    def _command_left(self) -> None:
        self._close_line()

    @on(Ticket.Sent)
    def _ticket_sent(self) -> None:
        self.go(self._back)

    def _open_ticket(self, side: Side, symbol: str, size: str) -> None:
        self._remember_place()
        ticket = self._panes["ticket"]
        assert isinstance(ticket, Ticket)
        self.go(ticket.NAME)
        ticket.open(side, symbol, size)

    def _open_line(self, text: str) -> None:
        self._remember_place()
        self._command.open(text)

    def _close_line(self) -> None:
        self._command.close()
        self.go(self._back)

    def _remember_place(self) -> None:
        pane = self.current
        if pane is not None and not isinstance(pane, Ticket):
            self._back = pane.NAME

    def _focus_symbol(self, symbol: str | None) -> None:
        if symbol is not None:
            self.desk.focus(symbol)

    def _step_pane(self, step: int) -> None:
        """In the ticket from field to field; else from pane to pane, in reading order."""
        pane = self.current
        if isinstance(pane, Ticket) and pane.step_field(step):
            return
        names = self._tiles.visible_names()
        at = names.index(pane.NAME) if pane is not None and pane.NAME in names else 0
        self.go(names[(at + step) % len(names)])

    def _name_tabs(self) -> None:
        for name, pane in self._panes.items():
            pane.beside = tuple(TITLES[other] for other in self._tiles.tabs_beside(name))
