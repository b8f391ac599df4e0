"""A symbol as typed into the one that is meant.

`btc-usdt` is exact whatever its case; `btc` and `btc-perp` name parts, the first part first, and
`btcusdt` leaves out the separators. Several that fit are refused by name: trading the wrong one
costs money.
"""

import re
from collections.abc import Sequence

from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.vocabulary import FLAG_HELP

CANDIDATES_SHOWN = 6
SEPARATORS = re.compile(r"[-./]")


def find_symbol(typed: str, symbols: Sequence[str]) -> str:
    """The symbol that `typed` names.

    Raises:
        ResolutionRefusal: None or several; names those near.
    """
    wanted = typed.upper()
    for symbol in symbols:
        if symbol.upper() == wanted:
            return symbol
    matches = [symbol for symbol in symbols if matches_symbol(wanted, symbol.upper())]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise ResolutionRefusal(
            f"{typed} could be {_listed(matches)}; write more of it", matches[0]
        )
    by_upper = {symbol.upper(): symbol for symbol in symbols}
    suggestion = by_upper.get(nearest(wanted, by_upper), "") or nearest(typed.lower(), FLAG_HELP)
    raise ResolutionRefusal(
        f"there is no symbol {typed}{did_you_mean(suggestion)}"
        + ("" if suggestion else f"; there is {_listed(symbols)}"),
        suggestion,
    )


def matches_symbol(wanted: str, symbol: str) -> bool:
    """Whether upper-case `wanted` names parts of upper-case `symbol`, or all of it unseparated."""
    if wanted == SEPARATORS.sub("", symbol):
        return True
    first, *rest = SEPARATORS.split(wanted)
    parts = iter(SEPARATORS.split(symbol))
    return next(parts) == first and all(part in parts for part in rest)


def _listed(symbols: Sequence[str]) -> str:
    shown = ", ".join(symbols[:CANDIDATES_SHOWN])
    return shown + (", …" if len(symbols) > CANDIDATES_SHOWN else "") if symbols else "none yet"
