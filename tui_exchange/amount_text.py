"""Amounts of an instrument as a sentence has them: no zeros that say nothing."""

from engine.core.exchange import Exchange
from tui_exchange.number_text import UNKNOWN, entry_text, money_text, price_text, size_text
from tui_exchange.settings import DOLLARS

COIN_PLACES = 8
COIN_QUANTA_MAX = 1_000 * 10**12
"""From a thousand units of anything on, cents are enough."""


def plain_size_text(exchange: Exchange, symbol: str, lots: int) -> str:
    """A quantity without trailing zeros: `0.5`, `1,204`."""
    return _short(size_text(exchange.scale(symbol), lots))


def plain_price_text(exchange: Exchange, symbol: str, price_ticks: int) -> str:
    """A price, decimals only where it has any: `62,000`, `61,990.50`."""
    text = price_text(exchange.scale(symbol), price_ticks)
    return text.partition(".")[0] if not text.partition(".")[2].strip("0") else text


def average_text(exchange: Exchange, symbol: str, value_quanta: int, lots: int) -> str:
    """An average price: the instrument's decimals, and up to two more where they say something."""
    scale = exchange.scale(symbol)
    places = max(2, scale.price_decimals)
    text = entry_text(scale.entry_decimal(value_quanta, lots), places + 2)
    return text[:-2] + text[-2:].rstrip("0")


def fee_text(quanta: int) -> str:
    """An amount to two places, or to as many as it takes to show that it is not nothing."""
    for places in (2, 4, 6, 8):
        text = money_text(quanta, places)
        if quanta == 0 or text.strip("0.,-"):
            return text
    return money_text(quanta, 12)


def precise_text(quanta: int, currency: str) -> str:
    """An amount of a currency: cents of money, and of coins as much as it takes to tell them."""
    if currency in DOLLARS or abs(quanta) >= COIN_QUANTA_MAX:
        return money_text(quanta)
    text = money_text(quanta, COIN_PLACES)
    return text[:-6] + text[-6:].rstrip("0")


def signed_precise_text(quanta: int, currency: str) -> str:
    """The same of a profit or loss, with its sign."""
    text = precise_text(quanta, currency)
    return f"+{text}" if quanta > 0 and text.strip("0.,") else text


def _short(text: str) -> str:
    if "." not in text or text == UNKNOWN:
        return text
    return text.rstrip("0").rstrip(".")
