"""What the screens ask of a running session, and the names of the topics that change.

`tui_exchange.session.Session` provides it; the screens depend on nothing else of it.
"""

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from engine.core.fees import FeeStanding
from engine.core.instruments import Instrument
from engine.core.perps.foresight import Stake
from engine.core.perps.standing import OracleStanding
from engine.core.units import Scale
from tui_exchange.entered_lines import EnteredLines
from tui_exchange.feed_views import FeedView, MarketFactsView, OnTheWayView
from tui_exchange.position_labels import Labels
from tui_exchange.position_report import Line
from tui_exchange.read_models.greeks import GreeksView
from tui_exchange.read_models.margin import FundingView, PoolView
from tui_exchange.risk.view import RiskView
from tui_exchange.views import (
    AccountView,
    FillView,
    ImbalanceView,
    JournalView,
    LadderView,
    LineOutcome,
    MarketView,
    OrderView,
    PositionView,
    PrintView,
    QuoteView,
)

if TYPE_CHECKING:
    from tui_exchange.order_history import OrderHistory
    from tui_exchange.review.source import ReviewSource


class SessionLike(Protocol):
    """Reads and acts for one trader; every view is the newest state."""

    @property
    def symbols(self) -> Sequence[str]:
        """The instruments, in listing order."""

    @property
    def account(self) -> str:
        """The portfolio that orders are sent for."""

    @property
    def portfolio_title(self) -> str:
        """What people call that portfolio."""

    @property
    def portfolios(self) -> Sequence[str]:
        """The titles of all portfolios that are not put away."""

    @property
    def headline(self) -> str:
        """What this market is, in a few words: `PAPER, simulated market`."""

    @property
    def news(self) -> deque[str]:
        """Sentences that nobody has read yet; the reader takes them out."""

    @property
    def entered(self) -> EnteredLines:
        """The command lines of earlier, and where new ones are kept."""

    @property
    def started_ns(self) -> int:
        """When this session was opened; fills before it are of earlier ones."""

    @property
    def orders(self) -> "OrderHistory":
        """What became of each order."""

    def instrument(self, symbol: str) -> Instrument:
        """The terms of an instrument; KeyError when unknown."""

    def scale(self, symbol: str) -> Scale:
        """The integer sizes of an instrument; KeyError when unknown."""

    def quote(self, symbol: str) -> QuoteView:
        """The touch and the last trade."""

    def ladder(self, symbol: str, top_ticks: int, rows: int, group_ticks: int) -> LadderView:
        """`rows` prices (groups of `group_ticks`) downwards from the one that holds `top_ticks`."""

    @property
    def killed(self) -> bool:
        """The portfolio's kill switch is engaged: it takes no new risk."""

    def market(self, symbol: str) -> MarketView:
        """Whether an instrument can be traded now, and when again."""

    def fees(self, symbol: str) -> FeeStanding:
        """What fills in an instrument cost now, and how far the next tier is."""

    def working_orders(self) -> Sequence[OrderView]:
        """Every live order of the portfolio, oldest first."""

    def positions(self) -> Sequence[PositionView]:
        """Every open position."""

    def position_lines(self, symbol: str, labels: Labels) -> tuple[Line, ...]:
        """Everything about an open position; nothing where there is none."""

    def labels_of(self, symbol: str) -> Labels:
        """What was written about an open position; it may take a moment."""

    def stake(self, symbol: str) -> Stake | None:
        """Where an open position on margin stands; None when there is none."""

    def pools(self) -> Sequence[PoolView]:
        """What answers for the portfolio's cross positions, by settlement currency."""

    def oracle(self, symbol: str) -> OracleStanding:
        """Where the mark comes from that margin is counted at."""

    def funding(self, symbol: str) -> FundingView | None:
        """The next funding of an open position; None where nothing is known of it."""

    def fills(self, limit: int) -> Sequence[FillView]:
        """The latest fills, newest first."""

    def account_view(self) -> AccountView:
        """The portfolio's money."""

    def prints(self, symbol: str, limit: int) -> Sequence[PrintView]:
        """The latest trades of a market, newest first."""

    def imbalance(self, symbol: str) -> ImbalanceView:
        """How one-sided a market is; it is measured from the first call on, while it is read."""

    def greeks(self) -> GreeksView:
        """What a small move and a day do to the portfolio, in its base currency."""

    def risk(self) -> RiskView:
        """How much the portfolio may lose; it is measured from the first call on, while it is
        read."""

    def feeds(self) -> Sequence[FeedView]:
        """The health of every subscription."""

    def facts(self, symbol: str) -> MarketFactsView:
        """What its venue said of a market besides book and tape."""

    def on_the_way(self) -> Sequence[OnTheWayView]:
        """What was sent and has not reached the venue yet."""

    def journal(self) -> JournalView:
        """How far the log and the history are."""

    def revision(self, topic: str) -> int:
        """A number that grows when what the topic names has changed."""

    def preview(self, text: str, focus: str) -> LineOutcome:
        """What a command line would do, without doing it."""

    def run_line(self, text: str, focus: str) -> LineOutcome:
        """Do what a command line says; a refusal is an outcome, never an exception."""

    def review(self) -> "ReviewSource":
        """The history of this session's profile; ReviewFailure when it keeps none."""

    def frame(self) -> bool:
        """Called once before the views of a frame are read; False when the last one must stay."""

    async def start(self) -> None:
        """Begin to receive the market."""

    async def stop(self) -> None:
        """Stop receiving, and write down what is outstanding."""
