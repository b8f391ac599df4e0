"""What the venue says of the focused market besides book and tape: mark, funding, Greeks."""

from collections.abc import Sequence
from decimal import Decimal

from textual.strip import Strip

from engine.core.events import OracleStatus
from tui_exchange.feed_views import MarketFactsView
from tui_exchange.number_text import left_text, signed_money_text
from tui_exchange.panes.pane import Pane, empty_lines
from tui_exchange.panes.positions import profit_role
from tui_exchange.read_models.margin import FundingView
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, Column, fit_columns, table_line
from tui_exchange.revisions import FEEDS, POSITIONS, book_topic

EMPTY = ("nothing yet: a spot market has only its book and its tape",)
COLUMNS = (Column("", left=True), Column(""), Column("", keep=1))
NS_PER_SECOND = 1_000_000_000
PERCENT = 100
Row = tuple[Cell, Cell, Cell]


class Contract(Pane):
    """Mark, index, funding, open interest, the latest candle, and an option's Greeks."""

    NAME = "contract"
    TITLE = "Contract"
    LETTER = "c"
    HELP_TEXT = (
        "What the venue says of this market: the mark that values positions, the index behind it "
        "and the basis between them, what longs pay shorts at the next funding and when, how much "
        "is held, the latest candle, and for an option its volatilities and Greeks. Mine is "
        "what your position would get, or pay with a minus, if the interval ended now. Oracle is "
        "there while the mark that margin is counted at cannot be relied on."
    )

    def topics(self) -> tuple[str, ...]:
        """The focused market."""
        return (FEEDS, POSITIONS, book_topic(self.desk.symbol))

    def state(self) -> tuple[object, ...]:
        """The countdown counts in seconds."""
        return (*super().state(), self.desk.now_ns() // NS_PER_SECOND)

    def note(self) -> str:
        """Whose it is."""
        return self.desk.symbol

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """One line a fact."""
        session, symbol = self.desk.session, self.desk.symbol
        said = _rows(session.facts(symbol), session.funding(symbol))
        rows = [*_oracle(session.oracle(symbol).status), *said]
        if not rows:
            return empty_lines(EMPTY, width, palette)
        fitted = fit_columns(COLUMNS, rows, width - 1)
        lines = [table_line(COLUMNS, fitted, row, width, palette) for row in rows]
        return lines[:height]


def _rows(view: MarketFactsView, mine: FundingView | None) -> list[Row]:
    funding = [*_funding(view), *_own_funding(mine), *_interest(view)]
    return [*_prices(view), *funding, *_option(view), *_candle(view)]


def _oracle(status: OracleStatus) -> list[Row]:
    """Only while it is not as it should be."""
    if status is OracleStatus.OK:
        return []
    role = "error" if status is OracleStatus.LOST else "warning"
    what = "no mark" if status is OracleStatus.LOST else "mark is the mid"
    return [(Cell("oracle", "muted"), Cell(status.value.upper(), role), Cell(what, role))]


def _own_funding(view: FundingView | None) -> list[Row]:
    if view is None:
        return []
    got_quanta = -view.expected_quanta
    amount = Cell(signed_money_text(got_quanta), profit_role(got_quanta))
    return [(Cell("mine", "muted"), amount, Cell(f"in {left_text(view.in_ns)}", "muted"))]


def _prices(view: MarketFactsView) -> list[Row]:
    rows = []
    if view.mark is not None:
        rows.append(_row("mark", f"{view.mark:,f}"))
    if view.index is not None:
        rows.append(_row("index", f"{view.index:,f}"))
    if view.mark is not None and view.index:
        basis = view.mark - view.index
        share = basis / view.index
        rows.append(_row("basis", f"{basis:+,f}", f"{share * PERCENT:+.3f}%"))
    return rows


def _funding(view: MarketFactsView) -> list[Row]:
    rows = []
    if view.funding_rate is not None:
        role = "ask" if view.funding_rate > 0 else "bid" if view.funding_rate < 0 else "text"
        due = view.funding_in_s
        when = "" if due is None else f"in {left_text(due * NS_PER_SECOND)}"
        rate = Cell(f"{view.funding_rate * PERCENT:+.4f}%", role)
        rows.append((Cell("funding", "muted"), rate, Cell(when, "muted")))
    return rows


def _interest(view: MarketFactsView) -> list[Row]:
    return [] if view.open_interest is None else [_row("held", f"{view.open_interest:,f}")]


def _option(view: MarketFactsView) -> list[Row]:
    option = view.option
    if option is None:
        return []
    figures = (
        ("volatility", _percent(option.mark_iv)),
        ("bid vol", _percent(option.bid_iv)),
        ("ask vol", _percent(option.ask_iv)),
        ("delta", _figure(option.delta, 4)),
        ("gamma", _figure(option.gamma, 6)),
        ("vega", _figure(option.vega, 4)),
        ("theta", _figure(option.theta, 4)),
        ("rho", _figure(option.rho, 4)),
    )
    rows = [_row(name, text) for name, text in figures if text]
    if option.underlying_price is not None:
        rows.insert(0, _row("underlying", f"{Decimal(option.underlying_price):,f}"))
    return rows


def _candle(view: MarketFactsView) -> list[Row]:
    candle = view.candle
    if candle is None:
        return []
    minutes = candle.interval_ns // (60 * NS_PER_SECOND)
    span = f"{minutes // 1440}d" if minutes >= 1440 else f"{minutes}m"
    low, high = Decimal(candle.low), Decimal(candle.high)
    return [
        _row(f"high {span}", f"{high:,f}"),
        _row(f"low {span}", f"{low:,f}"),
        _row("volume", f"{Decimal(candle.volume):,f}"),
    ]


def _row(label: str, value: str, other: str = "") -> Row:
    return Cell(label, "muted"), Cell(value), Cell(other, "muted")


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * PERCENT:.2f}%"


def _figure(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:+.{places}f}"
