"""The risk of a session by a clock of its own, which moves by hand, and without any history."""

from decimal import Decimal
from pathlib import Path

from engine.monitor import Action, LimitName, default_limits
from tests.tui_exchange.paper import START_NS, Paper
from tui_exchange.risk.desk import RiskDesk
from tui_exchange.risk.price_log import MINUTE_NS


class OwnDesk:
    """Beside the desk that the session has, which nobody ticks."""

    def __init__(self, paper: Paper, folder: Path | None = None) -> None:
        self.paper = paper
        self.now_ns = START_NS
        self.news: list[str] = []
        self.desk = self.made(folder)

    def made(self, folder: Path | None) -> RiskDesk:
        """As a program that starts now has it."""
        session = self.paper.session
        return RiskDesk(
            session.exchange,
            session.current,
            folder,
            lambda: self.now_ns,
            session.submit,
            self.news.append,
            lambda: session.symbols,
            lambda: None,
        )

    def limit(self, percent: int, action: Action) -> None:
        """What a position may be, and what is done."""
        name = LimitName.POSITION_SIZE
        chosen = default_limits().with_setting(name, Decimal(percent), action=action)
        self.desk.limits.set("main", chosen)

    def after(self, seconds: int) -> list[str]:
        """Look again; what is told."""
        self.now_ns += seconds * 10**9
        self.news.clear()
        self.desk.tick()
        return list(self.news)

    def remember(self, symbol: str, returns: list[float], price: float = 60_000.0) -> None:
        """Prices of the minutes before now."""
        for number, each in enumerate(returns):
            price *= 1 + each
            self.desk.prices.take(symbol, self.now_ns + (number - len(returns)) * MINUTE_NS, price)
