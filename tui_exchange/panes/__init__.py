"""The panes of the trading screen: one file each, and the registry in the order of the tab key."""

from tui_exchange.panes.account import Account
from tui_exchange.panes.contract import Contract
from tui_exchange.panes.feeds import Feeds
from tui_exchange.panes.fills import Fills
from tui_exchange.panes.imbalance import Imbalance
from tui_exchange.panes.ladder import Ladder
from tui_exchange.panes.log import Log
from tui_exchange.panes.orders import Orders
from tui_exchange.panes.pane import Pane
from tui_exchange.panes.positions import Positions
from tui_exchange.panes.risk import Risk
from tui_exchange.panes.tape import Tape
from tui_exchange.panes.ticket import Ticket
from tui_exchange.panes.watch import Watch
from tui_exchange.renderables.title import Title

PANES: tuple[type[Pane] | type[Ticket], ...] = (
    Ladder,
    Ticket,
    Orders,
    Positions,
    Fills,
    Risk,
    Account,
    Watch,
    Tape,
    Imbalance,
    Contract,
    Feeds,
    Log,
)

TITLES = {pane.NAME: Title(pane.NAME, pane.TITLE, pane.LETTER, pane.SHORT) for pane in PANES}

__all__ = ["PANES", "TITLES", "Pane", "Ticket"]
