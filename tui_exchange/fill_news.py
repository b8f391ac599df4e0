"""Tells the trader of fills that no key press of this moment caused: those of resting orders."""

from engine.core.events import Liquidity
from tui_exchange.number_text import price_text, size_text
from tui_exchange.revisions import FILLS
from tui_exchange.session_protocol import SessionLike
from tui_exchange.views import FillView

READ_MAX = 100


class FillNews:
    """One sentence an order and frame, however many partial fills there were."""

    def __init__(self, session: SessionLike) -> None:
        self._session = session
        self._revision: int | None = None
        self._last_trade = 0

    def read(self) -> list[str]:
        """Sentences on what was filled since the last call."""
        revision = self._session.revision(FILLS)
        if revision == self._revision:
            return []
        first, self._revision = self._revision is None, revision
        fills = self._session.fills(READ_MAX)
        started_ns, last = self._session.started_ns, self._last_trade
        fresh = [fill for fill in fills if fill.trade_id > last and fill.ts_ns >= started_ns]
        self._last_trade = max((fill.trade_id for fill in fills), default=self._last_trade)
        if first:
            return []
        orders: dict[int, list[FillView]] = {}
        for fill in reversed(fresh):
            if fill.liquidity is Liquidity.MAKER:
                orders.setdefault(fill.order_id, []).append(fill)
        return [self._sentence(parts) for parts in orders.values()]

    def _sentence(self, parts: list[FillView]) -> str:
        fill = parts[0]
        scale = self._session.scale(fill.symbol)
        size = size_text(scale, sum(part.lots for part in parts))
        verb = "bought" if fill.side.value == "buy" else "sold"
        price = price_text(scale, fill.price_ticks)
        return f"order #{fill.order_id} {verb} {size} {fill.symbol} at {price}"
