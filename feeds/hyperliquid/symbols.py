"""Hyperliquid's coins and our symbols.

| coin | what | ours |
|---|---|---|
| `BTC`, `kPEPE` | a perpetual in US dollars, settled in USDC | `BTC-USDC-PERP` |
| `xyz:NVDA` | a perpetual that somebody else lists there | `XYZ:NVDA-USDC-PERP` |
| `PURR/USDC` | the first spot pair, the only one with a name | `PURR-USDC` |
| `@107` | a spot pair, named by `spotMeta` alone | `HYPE-USDC` |

The perpetuals are linear and pay in USDC, so they are named and listed as `…-USDC-PERP`, not like
the inverse contracts `…-USD-PERP` of other venues; the latter spelling is understood all the same.

A pair that no metadata has named yet, as in a recording, is `@1-USDC`: nearly all pairs are quoted
in USDC. Source: Hyperliquid Docs, *Asset IDs*.
"""

import re

from feeds.errors import UnknownSymbol

PERP = "-USDC-PERP"
THOUSANDS = frozenset({"PEPE", "SHIB", "BONK", "FLOKI", "LUNC", "DOGS", "NEIRO"})
"""Coins that are traded by the thousand, as `kPEPE`: the only ones with a small letter."""
NAMED_PAIRS = {
    "PURR/USDC": "PURR-USDC",
    "@107": "HYPE-USDC",
    "@142": "UBTC-USDC",
    "@151": "UETH-USDC",
    "@156": "USOL-USDC",
}
"""Pairs much watched, for recordings that hold no metadata."""
PERP_SPELLINGS: tuple[list[str], ...] = ([], ["PERP"], ["USD"], ["USD", "PERP"], ["USDC", "PERP"])
"""What may follow a perpetual's coin; no spot pair is quoted in dollars themselves."""
_PERP_COIN = re.compile(r"([a-z0-9]+:)?[A-Za-z0-9]{1,24}")
_PAIR_NUMBER = re.compile(r"@[0-9]{1,9}")
_OUR_PART = re.compile(r"[A-Z0-9:]{1,32}")
_OUR_FORMS = "write BTC-USDC-PERP for a perpetual and HYPE-USDC for a spot pair"


class Names:
    """How coins are spelled; it learns from metadata, and is shared by a venue and its mappers."""

    def __init__(self) -> None:
        self._symbols: dict[str, str] = dict(NAMED_PAIRS)
        self._coins: dict[str, str] = {ours: theirs for theirs, ours in NAMED_PAIRS.items()}

    def learn(self, coin: str, symbol: str) -> None:
        """Use this name of ours from now on, for this coin alone."""
        before = self._coins.get(symbol)
        if before is not None and before != coin:
            del self._symbols[before]
        self._symbols[coin] = symbol
        self._coins[symbol] = coin

    def symbol(self, coin: str) -> str:
        """Our symbol for a coin.

        Raises:
            UnknownSymbol: It cannot be one of Hyperliquid's coins.
        """
        symbol = self._symbols.get(coin)
        if symbol is None:
            symbol = self._symbols[coin] = _symbol(coin)
        return symbol

    def coin(self, symbol: str) -> str:
        """Hyperliquid's coin for one of our symbols."""
        coin = self._coins.get(symbol)
        return _coin(symbol) if coin is None else coin

    def ours(self, text: str) -> str:
        """Our symbol, from ours or a coin in any case.

        Raises:
            UnknownSymbol: It cannot be one of Hyperliquid's.
        """
        given = text.strip()
        if _PAIR_NUMBER.fullmatch(given):
            return self.symbol(given)
        parts = given.upper().replace("/", "-").split("-")
        if all(map(_OUR_PART.fullmatch, parts)) or _is_numbered_pair(parts):
            if parts[1:] in PERP_SPELLINGS:
                return parts[0] + PERP
            if len(parts) == 2:
                return "-".join(parts)
        raise UnknownSymbol(f"{text[:24]!r} cannot be a market of Hyperliquid; {_OUR_FORMS}")


def _is_numbered_pair(parts: list[str]) -> bool:
    return bool(_PAIR_NUMBER.fullmatch(parts[0])) and parts[1:] == ["USDC"]


def _symbol(coin: str) -> str:
    if _PERP_COIN.fullmatch(coin):
        return coin.upper() + PERP
    if _PAIR_NUMBER.fullmatch(coin):
        return f"{coin}-USDC"
    base, _, quote = coin.partition("/")
    if base.isalnum() and quote.isalnum() and coin.isascii():
        return f"{base}-{quote}".upper()
    raise UnknownSymbol(f"{coin[:24]!r} is no coin that Hyperliquid documents; {_OUR_FORMS}")


def _coin(symbol: str) -> str:
    if not symbol.endswith(PERP):
        base, _, quote = symbol.partition("-")
        return base if base.startswith("@") else f"{base}/{quote}"
    lister, colon, name = symbol.removesuffix(PERP).rpartition(":")
    if name[:1] == "K" and name[1:] in THOUSANDS:
        name = f"k{name[1:]}"
    return f"{lister.lower()}{colon}{name}"
