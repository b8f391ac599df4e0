"""How much the portfolio may lose: exposure, tails, limits, stress, ways out, Greeks."""

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip

from engine.monitor import GridKind, RiskReport
from tui_exchange.actions import RISK as RISK_SCOPE
from tui_exchange.bindings import bindings_of
from tui_exchange.desk import Desk
from tui_exchange.panes.pane import Pane, empty_lines
from tui_exchange.panes.risk_exits import exit_lines, greek_lines
from tui_exchange.panes.risk_lines import Block, Line, column_width, flow, heading, prose, strips
from tui_exchange.panes.risk_overview import exposure_block, limits_block, tails_block
from tui_exchange.panes.risk_stress import day_lines, grid_lines
from tui_exchange.renderables.palette import Look, Palette
from tui_exchange.renderables.table import Cell
from tui_exchange.revisions import ACCOUNT, POSITIONS, RISK
from tui_exchange.risk.view import RiskView

EMPTY = "nothing is at risk: press b to buy, s to sell, : for a command"
PAGES = ("overview", "stress", "days", "exits", "greeks")
WHEEL_LINES = 3
NOTE_WIDTH_MIN = 100
"""In less, the pages are named in a line of their own, and not in the title."""


class Risk(Pane):
    """The advice on risk, page by page."""

    NAME = "risk"
    TITLE = "Risk"
    LETTER = "v"
    SCOPE = RISK_SCOPE
    BINDINGS = bindings_of(RISK_SCOPE)
    HELP_TEXT = (
        "How much the portfolio may lose. Left and right turn the pages: overview with value at "
        "risk, expected shortfall and the advisory limits, the stress grid, days that markets "
        "remember, ways out, Greeks and carry. LIQ is where positions would be liquidated, RUIN "
        "where equity would be gone. Space changes what the columns of the grid are about. A "
        "dash is not known, and says why."
    )

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look)
        self._page = 0
        self._kind = GridKind.RISK
        self._first = 0
        self._count = 0
        self._below = 0

    def topics(self) -> tuple[str, ...]:
        """New figures; the page of Greeks reads positions and money itself."""
        return (RISK, POSITIONS, ACCOUNT) if PAGES[self._page] == "greeks" else (RISK,)

    def state(self) -> tuple[object, ...]:
        """The page, and how far it is scrolled."""
        return (self._page, self._kind, self._first)

    def note(self) -> str:
        """Which page it is, and that more stands below."""
        if self.size.width < NOTE_WIDTH_MIN:
            return ""
        kind = f", {self._kind.value}" if PAGES[self._page] == "stress" else ""
        more = f" ↓{self._below}" if self._below else ""
        return f"‹ {PAGES[self._page]}{kind} {self._page + 1}/{len(PAGES)} ›{more}"

    def redraw(self) -> None:
        """Once more when what stands below has changed, which the title tells."""
        below = self._below
        super().redraw()
        if self._below != below:
            super().redraw()

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """The page, or why there is none."""
        view = self.desk.session.risk()
        report = view.report
        if report is None or view.problem:
            self._below = 0
            return empty_lines((view.problem,), width, palette)
        if not report.liquidity and not view.breaches and PAGES[self._page] != "overview":
            self._below = 0
            return empty_lines((EMPTY,), width, palette)
        top = [] if width >= NOTE_WIDTH_MIN else [self._page_line(width)]
        height -= len(top)
        lines = self._content(view, report, width, height)
        self._count = len(lines)
        self._first = max(0, min(self._first, len(lines) - height))
        self._below = max(0, len(lines) - height - self._first)
        return strips([*top, *lines[self._first : self._first + height]], width, palette)

    def _page_line(self, width: int) -> Line:
        """The pages, the one that is seen marked."""
        more = f"↓{self._below}" if self._below else ""
        line: Line = []
        for name in PAGES:
            seen = name == PAGES[self._page]
            line.append(Cell(f"{'▸' if seen else ' '}{name}", "accent" if seen else "faint"))
        used = sum(len(cell.text) for cell in line)
        return [*line, Cell(" " * max(0, width - used - len(more))), Cell(more, "warning")]

    def _content(self, view: RiskView, report: RiskReport, width: int, height: int) -> list[Line]:
        pages: dict[str, Callable[[], list[Line]]] = {
            "overview": lambda: self._overview(view, report, width, height),
            "stress": lambda: grid_lines(view, self._kind, width, height),
            "days": lambda: day_lines(view, width),
            "exits": lambda: exit_lines(report, width),
            "greeks": lambda: self._greeks(report, width),
        }
        return pages[PAGES[self._page]]()

    def _overview(self, view: RiskView, report: RiskReport, width: int, height: int) -> list[Line]:
        wide = column_width(width, height)
        blocks = [exposure_block(view, report, wide), limits_block(view, wide)]
        if not report.liquidity:
            return [*prose(EMPTY, width), *flow(blocks, width, height - 1)]
        exits = [heading("ways out"), *exit_lines(report, wide)]
        greeks = [heading("greeks"), *self._greeks(report, wide)]
        blocks += [
            tails_block(view, report, wide),
            Block(exits, optional=True),
            Block(greeks, optional=True),
        ]
        return flow(blocks, width, height)

    def _greeks(self, report: RiskReport, width: int) -> list[Line]:
        return greek_lines(self.desk.session.greeks(), report.equity_quanta, width)

    def action_page(self, step: int) -> None:
        """Turn to another page."""
        self._page = (self._page + step) % len(PAGES)
        self._first = 0

    def action_kind(self) -> None:
        """Change what the columns of the grid are about, and show it."""
        kinds = tuple(GridKind)
        if PAGES[self._page] == "stress":
            self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._page, self._first = PAGES.index("stress"), 0

    def action_roll(self, lines: int) -> None:
        """Scroll by lines."""
        self._first = max(0, min(self._first + lines, self._count - 1))

    def action_edge(self, direction: int) -> None:
        """Go to the top or the bottom."""
        self.action_roll(direction * self._count)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self.action_roll(-WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self.action_roll(WHEEL_LINES)
