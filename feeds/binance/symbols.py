"""Binance's symbols and ours: `BTCUSDT` and `BTC-USDT`.

Binance writes a symbol without a separator. Its metadata names both assets; where there is none,
as in a recording, the symbol is split at the longest quote asset it ends with.
"""

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


def split_symbol(venue_symbol: str) -> str:
    """Our symbol for one of Binance's.

    Raises:
        UnknownSymbol: It ends with no quote asset that we know.
    """
    for quote in QUOTES:
        if venue_symbol.endswith(quote) and len(venue_symbol) > len(quote):
            return f"{venue_symbol.removesuffix(quote)}-{quote}"
    raise UnknownSymbol(
        f"{venue_symbol[:24]!r} ends with no quote asset known here; write it with a hyphen,"
        " such as BTC-USDT"
    )


def joined_symbol(symbol: str) -> str:
    """Binance's symbol for one of ours."""
    return symbol.replace("-", "")
