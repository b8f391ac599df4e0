"""Binance's symbols and ours.

| market | Binance | ours |
|---|---|---|
| spot | `BTCUSDT` | `BTC-USDT` |
| USD-M perpetual | `BTCUSDT` | `BTC-USDT-PERP` |
| USD-M dated | `BTCUSDT_261225` | `BTC-USDT-20261225` |
| COIN-M perpetual | `BTCUSD_PERP` | `BTC-USD-PERP` |
| COIN-M dated | `BTCUSD_261225` | `BTC-USD-20261225` |

Binance writes base and quote without a separator. Its metadata names both assets; where there is
none, as in a recording, the symbol is split at the longest quote asset it ends with.
"""

import re

from feeds.errors import UnknownSymbol

QUOTES = tuple(
    sorted(
        (
            *("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USDP", "USDS", "USD1", "DAI", "PAX", "VAI"),
            *("BTC", "ETH", "BNB", "XRP", "TRX", "DOGE", "SOL", "DOT"),
            *("EUR", "EURI", "GBP", "AUD", "JPY", "TRY", "BRL", "RUB", "UAH", "ZAR", "PLN", "RON"),
            *("ARS", "COP", "CZK", "MXN", "NGN", "BIDR", "IDRT", "BVND", "BKRW"),
        ),
        key=len,
        reverse=True,
    )
)
PERPETUAL = "PERP"
CENTURY = "20"
DELIVERY_DAY = re.compile(r"\d{6}")
_COIN_MARGINED = re.compile(r".+USD_(PERP|\d{6})")
_OURS = re.compile(r"([^\W_]+)-([^\W_]+)-(PERP|20\d{6})")


def is_coin_margined(venue_symbol: str) -> bool:
    """Whether it is spelled as COIN-M spells its own."""
    return _COIN_MARGINED.fullmatch(venue_symbol) is not None


def split_spot(venue_symbol: str) -> str:
    """`BTC-USDT` from `BTCUSDT`.

    Raises:
        UnknownSymbol: It ends with no quote asset that we know.
    """
    base, quote = _assets(venue_symbol, "such as BTC-USDT")
    return f"{base}-{quote}"


def split_usdm(venue_symbol: str) -> str:
    """`BTC-USDT-PERP` from `BTCUSDT`, `BTC-USDT-20261225` from `BTCUSDT_261225`.

    Raises:
        UnknownSymbol: Not a USD-M symbol, or one with a quote asset that we do not know.
    """
    pair, marked, tail = venue_symbol.partition("_")
    if (marked and not DELIVERY_DAY.fullmatch(tail)) or is_coin_margined(venue_symbol):
        raise UnknownSymbol(f"{venue_symbol[:24]!r} is no USD-M symbol, such as BTC-USDT-PERP")
    base, quote = _assets(pair, "such as BTC-USDT-PERP")
    return f"{base}-{quote}-{contract(venue_symbol)}"


def split_coinm(venue_symbol: str) -> str:
    """`BTC-USD-PERP` from `BTCUSD_PERP`, `BTC-USD-20261225` from `BTCUSD_261225`.

    Raises:
        UnknownSymbol: Not a COIN-M symbol.
    """
    if not is_coin_margined(venue_symbol):
        raise UnknownSymbol(f"{venue_symbol[:24]!r} is no COIN-M symbol, such as BTC-USD-PERP")
    base = venue_symbol.rpartition("_")[0].removesuffix("USD")
    return f"{base}-USD-{contract(venue_symbol)}"


def contract(venue_symbol: str) -> str:
    """The last part of our symbol for a future: `PERP`, or the day on which it is delivered."""
    tail = venue_symbol.partition("_")[2]
    return PERPETUAL if tail in ("", PERPETUAL) else CENTURY + tail


def joined_spot(symbol: str) -> str:
    """Binance's symbol for one of ours."""
    return symbol.replace("-", "")


def joined_usdm(symbol: str) -> str:
    """Binance's symbol for one of our futures."""
    base, quote, tail = symbol.split("-")
    return base + quote + ("" if tail == PERPETUAL else "_" + tail.removeprefix(CENTURY))


def joined_coinm(symbol: str) -> str:
    """Binance's symbol for one of our inverse futures."""
    base, quote, tail = symbol.split("-")
    return f"{base}{quote}_{tail.removeprefix(CENTURY)}"


def typed(text: str) -> str:
    """What a trader typed, as a symbol is written."""
    return text.strip().upper().replace("/", "-")


def is_future(symbol: str) -> bool:
    """Whether this is written as we write futures."""
    return _OURS.fullmatch(symbol) is not None


def _assets(pair: str, example: str) -> tuple[str, str]:
    for quote in QUOTES:
        if pair.endswith(quote) and len(pair) > len(quote):
            return pair.removesuffix(quote), quote
    raise UnknownSymbol(
        f"{pair[:24]!r} ends with no quote asset known here; write it with a hyphen, {example}"
    )
