"""A portfolio at one moment as plain values, copied on the event loop for a worker thread.

Its holdings are the positions on margin, and every currency or asset other than the base currency:
cash less what was lent, coins, what stands behind isolated positions and unrealised profit. So the
coins that answer for an inverse contract are among them.
"""

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from engine.core.accounts.chart import isolated
from engine.core.commands import Side, TriggerSource
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.margin_terms import CASH, CROSS, ISOLATED
from tui_exchange.read_models.valuation import at_par
from tui_exchange.risk.equity_marks import Point
from tui_exchange.risk.price_log import News
from tui_exchange.risk.valuing import Valuer, unmarked

DEPTH_LEVELS = 50
_LEVELS = tuple[tuple[int, int], ...]


class HoldingCopy(msgspec.Struct, frozen=True):
    """One holding; `kind` is the name of its class in `engine.quant.portfolio`.

    Attributes:
        mid_ticks: 0 without a book.
    """

    symbol: str
    value_quanta: int
    kind: str
    key: str
    volume_quanta: int | None = None
    mid_ticks: float = 0.0
    bids: _LEVELS = ()
    asks: _LEVELS = ()
    lot_value_quanta: int = 0


class BookCopy(msgspec.Struct, frozen=True):
    """A portfolio, and what is new of prices."""

    account: str
    currency: str
    made_ns: int
    equity_quanta: int
    maintenance_quanta: int | None
    holdings: tuple[HoldingCopy, ...]
    missing: tuple[str, ...]
    curve: tuple[Point, ...]
    symbols: tuple[str, ...]
    """Whose correlations are wanted."""
    correlation_warning: float
    prices: News


class BookCopier:
    """Copies one portfolio.

    Args:
        volumes: Traded in a day, in the unit of sizes.
    """

    def __init__(self, exchange: Exchange, account: str, volumes: Mapping[str, float]) -> None:
        self._exchange = exchange
        self._account = account
        self._volumes = volumes
        self.equity = exchange.equity(account)
        self._valuer = Valuer(exchange, self.equity.currency)

    @property
    def missing(self) -> tuple[str, ...]:
        """What nothing converts into the base currency, once holdings were asked for."""
        lost = unmarked(self._exchange, self._account)
        return tuple(dict.fromkeys((*self.equity.missing, *self._valuer.missing, *lost)))

    def holdings(self) -> tuple[HoldingCopy, ...]:
        """Everything that a price can move."""
        found = [self._position(symbol, lots) for symbol, lots in self._margined().items()]
        found += [self._asset(each, quanta) for each, quanta in self._owned().items()]
        return tuple(one for one in found if one is not None and one.value_quanta)

    def maintenance_quanta(self) -> int | None:
        """The margin below which something is liquidated; None without margined positions."""
        exchange, account = self._exchange, self._account
        needed: list[int] = []
        currencies: dict[str, None] = {}
        for symbol in self._margined():
            currency = exchange.instrument(symbol).settlement
            mode = exchange.margin_mode(account, symbol)
            if mode is CROSS:
                currencies[currency] = None
            stake = exchange.stake(account, symbol) if mode is ISOLATED else None
            if stake is not None:
                needed.append(self._valuer.value(currency, stake.maintenance_quanta) or 0)
        for currency in currencies:
            standing = exchange.pool(account, currency)
            needed.append(self._valuer.value(currency, standing.maintenance_quanta) or 0)
        return sum(needed) if needed else None

    def _margined(self) -> dict[str, int]:
        exchange, account = self._exchange, self._account
        return {
            symbol: position.lots
            for symbol, position in exchange.positions(account).items()
            if position.lots and exchange.margin_mode(account, symbol) is not CASH
        }

    def _owned(self) -> dict[str, int]:
        exchange, account = self._exchange, self._account
        owned: dict[str, int] = defaultdict(int)
        lent = exchange.lent(account)
        for currency, (balance, _) in exchange.balances(account).items():
            owned[currency] += balance - lent.get(currency, 0)
        for symbol in self._margined():
            currency = exchange.instrument(symbol).settlement
            stake = exchange.stake(account, symbol)
            owned[currency] += exchange.balance(isolated(account, symbol), currency)[0]
            owned[currency] += 0 if stake is None else stake.unrealised_quanta
        base = self.equity.currency
        return {
            currency: quanta
            for currency, quanta in owned.items()
            if quanta and not (at_par(currency, base) or self._valuer.at_par(currency))
        }

    def _position(self, symbol: str, lots: int) -> HoldingCopy | None:
        worth = self._valuer.lot_value(symbol)
        if worth is None:
            return None
        return self._holding(symbol, lots * worth, worth)

    def _asset(self, currency: str, quanta: int) -> HoldingCopy | None:
        value = self._valuer.value(currency, quanta)
        if value is None:
            return None
        symbol = self._market_of(currency)
        worth = None if symbol is None else self._valuer.lot_value(symbol)
        if symbol is None or worth is None:
            return HoldingCopy(currency, value, "CRYPTO", currency)
        return self._holding(symbol, value, worth)

    def _market_of(self, currency: str) -> str | None:
        """The first market in which an asset is bought."""
        for symbol in self._exchange.symbols():
            terms = self._exchange.instrument(symbol)
            if terms.asset_class.owned and terms.base == currency:
                return symbol
        return None

    def _holding(self, symbol: str, value: int, worth: int) -> HoldingCopy:
        exchange, terms = self._exchange, self._exchange.instrument(symbol)
        bids = exchange.depth(symbol, Side.BUY, DEPTH_LEVELS)
        asks = exchange.depth(symbol, Side.SELL, DEPTH_LEVELS)
        mid = (bids[0][0] + asks[0][0]) / 2 if bids and asks else 0.0
        return HoldingCopy(
            symbol=symbol,
            value_quanta=value,
            kind=_kind(terms),
            key=symbol,
            volume_quanta=self._volume_quanta(symbol, worth),
            mid_ticks=mid,
            bids=tuple((price, lots) for price, lots, _ in bids),
            asks=tuple((price, lots) for price, lots, _ in asks),
            lot_value_quanta=worth,
        )

    def _volume_quanta(self, symbol: str, worth: int) -> int | None:
        volume = self._volumes.get(symbol)
        if volume is None:
            return None
        return round(volume / float(self._exchange.instrument(symbol).lot_size) * worth)


def price_of(exchange: Exchange, symbol: str) -> float | None:
    """The mark as a number, for statistics; None when nothing is known."""
    ticks = exchange.price(symbol, TriggerSource.MARK)
    return None if ticks is None else ticks * float(exchange.instrument(symbol).tick_size)


def _kind(terms: Instrument) -> str:
    """The class whose falls of the past it shares."""
    if terms.asset_class in (AssetClass.STOCK, AssetClass.ETF):
        return "EQUITY"
    if terms.asset_class is AssetClass.FX:
        return "USD_FX" if terms.base == "USD" else "FX"
    return terms.base if terms.base in ("BTC", "ETH") else "CRYPTO"
