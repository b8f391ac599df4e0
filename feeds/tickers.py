"""How tickers of US stocks are written: `AAPL`, and `BRK.B` where there are classes of shares."""

import re

from feeds.errors import UnknownSymbol

_TICKER = re.compile(r"[A-Z]{1,8}(\.[A-Z]{1,2})?")


def our_ticker(text: str) -> str:
    """`BRK.B` from `brk.b`, `BRK/B` or `BRK-B`.

    Raises:
        UnknownSymbol: It cannot be a ticker.
    """
    ticker = re.sub(r"[-/]", ".", text.strip().upper())
    if _TICKER.fullmatch(ticker) is None:
        raise UnknownSymbol(
            f"{text[:24]!r} is no ticker of a US stock; write it as AAPL, or BRK.B for a class"
        )
    return ticker
