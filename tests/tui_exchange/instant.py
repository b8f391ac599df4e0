"""Settings under which an order reaches the venue at once, so that a test sees what it does."""

from tui_exchange.settings import Market, Settings

INSTANT = Settings(market=Market(latency="off"))
