"""What the exchange is told about its markets besides their prices: opening hours, market days."""

from collections.abc import Callable

from engine.core.commands import Command
from engine.core.exchange import Exchange
from engine.sequencer import Reader
from tui_exchange.market_days import MarketDays
from tui_exchange.settings import Market
from tui_exchange.trading_hours import TradingHours


def operators(
    exchange: Exchange,
    settings: Market,
    post: Callable[[Command], object],
    news: Callable[[str], object],
) -> tuple[Reader, ...]:
    """Readers of the sequencer that state what an operator would."""
    hours = TradingHours(exchange, post, news)
    if not settings.breaker_symbol:
        return (hours,)
    return hours, MarketDays(exchange, settings.breaker_symbol, post)
