"""What things are worth in a portfolio's base currency, each rate looked up once.

Rates and marks are the exchange's own, so that a figure of risk and the equity it is compared with
agree. A valuer is made for one look and thrown away: rates move.
"""

from engine.core.accounts.rates import Rate
from engine.core.commands import TriggerSource
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH


def unmarked(exchange: Exchange, account: str) -> tuple[str, ...]:
    """Positions on margin whose mark is lost: equity counts no profit or loss of them."""
    return tuple(
        symbol
        for symbol, position in exchange.positions(account).items()
        if position.lots
        and exchange.margin_mode(account, symbol) is not CASH
        and exchange.oracle(symbol).mark_ticks is None
    )


class Valuer:
    """Converts into one currency.

    Attributes:
        currency: What everything is converted into.
        missing: Currencies and instruments that were asked for and have no value, in order.
    """

    def __init__(self, exchange: Exchange, currency: str) -> None:
        self._exchange = exchange
        self.currency = currency
        self._rates: dict[str, Rate | None] = {}
        self.missing: dict[str, None] = {}

    def at_par(self, currency: str) -> bool:
        """Whether a unit of it counts as a unit of the base currency, whatever happens."""
        found = self._rate(currency)
        return found is not None and found.numerator == found.denominator == 1

    def value(self, currency: str, quanta: int) -> int | None:
        """An amount converted; None when no market says what it is worth."""
        found = self._rate(currency)
        if found is None:
            self.missing[currency] = None
            return None
        return found.of(quanta)

    def lot_value(self, symbol: str, price_ticks: int | None = None) -> int | None:
        """What one lot is worth, positive; None when price or rate is unknown.

        An inverse contract is worth its face in the quote currency, at any price.

        Args:
            price_ticks: None for the mark, which is the last trade where none was stated.
        """
        exchange = self._exchange
        ticks = exchange.price(symbol, TriggerSource.MARK) if price_ticks is None else price_ticks
        if ticks is None:
            self.missing[symbol] = None
            return None
        terms, scale = exchange.instrument(symbol), exchange.scale(symbol)
        if scale.inverse:
            value = self.value(terms.quote, scale.quote_notional_quanta(ticks, 1))
        else:
            value = self.value(terms.settlement, scale.notional_quanta(ticks, 1))
        return None if value is None else max(1, value)

    def _rate(self, currency: str) -> Rate | None:
        if currency not in self._rates:
            self._rates[currency] = self._exchange.rate(currency, self.currency)
        return self._rates[currency]
