"""Days that markets remember, as the move of each asset class.

A move is the lowest price of the day against the last price of the day before (days of New York for
equities, of UTC for crypto), since a leveraged account lives or dies at the low and not at the
close. Figures are rounded to a tenth of a per cent; the closes were milder (2010-05-06: -3.2%,
2021-05-19: BTC -13.8%).

equity      S&P 500 index. 1987: 282.70 to 224.84, the close at the low. 2010: 1165.87 to 1065.79
            (SEC and CFTC, "Findings regarding the market events of May 6, 2010"). 2020: 2741.38 to
            2478.86. 2021: 4127.83 to 4061.41. 2022: 3806.80 to 3786.28. (S&P Dow Jones Indices)
BTC, ETH    Average over exchanges, CoinMarketCap's daily table: 2020 BTC 7911 to 4860, ETH 194.9
            to 111.2; 2021 BTC 42909 to 30682, ETH 3380 to 1952; 2022 BTC 20603 to 17604, ETH 1569
            to 1259. Single exchanges went lower.
crypto      Other coins have no index that is as old. 2020: no coin is typical, ETH stands in. 2021:
            Litecoin, as newspapers reported it. 2022: Solana, closest to the exchange that failed,
            29.60 to 21.78 in the same table.
FX          Euro in dollars. 2010: 1.2815 to 1.2523. 2020: 1.1270 to 1.1056. 2021: 1.2222 to 1.2160.
            2022: 1.0019 to 0.9976. Quotes differ between banks, and those of 2010, 2020 and 2021
            are approximate.

Stand-ins: crypto was not traded in 1987 and in May 2010 nowhere to speak of, so 2020-03-12 stands
in, the worst day on which crypto and equities fell together. In 1987 there was no euro, and the
mark rose, so the euro's fall of 2010-05-06 stands in, lest the day look harmless to a long.
"""

from collections.abc import Mapping
from enum import Enum


class AssetClass(Enum):
    """What moves together when everything moves."""

    EQUITY = "equity"
    BTC = "btc"
    ETH = "eth"
    CRYPTO = "crypto"
    """Any other coin."""
    FX = "fx"
    """A currency in dollars, such as EUR/USD."""
    USD_FX = "usd_fx"
    """The dollar in another currency, such as USD/JPY; it rises when the currency falls."""


Moves = Mapping[AssetClass, float]
"""A move for each class; -0.1 is a fall by a tenth."""


def _moves(equity: float, btc: float, eth: float, crypto: float, fx: float) -> Moves:
    return {
        AssetClass.EQUITY: equity,
        AssetClass.BTC: btc,
        AssetClass.ETH: eth,
        AssetClass.CRYPTO: crypto,
        AssetClass.FX: fx,
        AssetClass.USD_FX: 1.0 / (1.0 + fx) - 1.0,
    }


CRASH_DAYS: Mapping[str, Moves] = {
    "1987-10-19": _moves(equity=-0.205, btc=-0.386, eth=-0.429, crypto=-0.429, fx=-0.023),
    "2010-05-06": _moves(equity=-0.086, btc=-0.386, eth=-0.429, crypto=-0.429, fx=-0.023),
    "2020-03-12": _moves(equity=-0.096, btc=-0.386, eth=-0.429, crypto=-0.429, fx=-0.019),
    "2021-05-19": _moves(equity=-0.016, btc=-0.285, eth=-0.422, crypto=-0.510, fx=-0.005),
    "2022-11-08": _moves(equity=-0.005, btc=-0.146, eth=-0.197, crypto=-0.264, fx=-0.004),
}
"""By date, oldest first."""
