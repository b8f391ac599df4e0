"""Where a venue's published funding rates enter: perpetuals pay what their venue pays.

The interval is the venue's own where it says one, else eight hours. A rate is told to the exchange
when it changes.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

from engine.core.commands import Command, ConfigureFunding, FundingModel, SetFundingRate
from engine.core.exchange import Exchange
from engine.core.perps.funding import is_perpetual
from feeds.messages import FundingRate

PPB = 10**9


class FundingEntry:
    """Turns what venues say of funding into commands.

    Args:
        submit: Takes each command.
    """

    def __init__(self, exchange: Exchange, submit: Callable[[Command], object]) -> None:
        self._exchange = exchange
        self._submit = submit
        self._told: dict[str, int] = {}

    def listed(self, symbol: str) -> None:
        """Let a perpetual, linear or inverse, pay its venue's funding, unless it pays some already.

        Raises:
            SequencerError: The log takes no command now.
        """
        terms = self._exchange.instrument(symbol)
        if is_perpetual(terms) and self._exchange.funding(symbol) is None:
            self._submit(ConfigureFunding(symbol=symbol, model=FundingModel.VENUE))

    def take(self, message: FundingRate) -> None:
        """Take a rate; one of an instrument that pays funding by another model is left out.

        Raises:
            SequencerError: The log takes no command now.
        """
        symbol = message.symbol
        if symbol not in self._exchange.symbols():
            return
        standing = self._exchange.funding(symbol)
        if standing is None or standing.model is not FundingModel.VENUE:
            return
        interval_ns = message.interval_ns
        if interval_ns is not None and interval_ns > 0 and interval_ns != standing.interval_ns:
            self._submit(
                ConfigureFunding(symbol=symbol, model=FundingModel.VENUE, interval_ns=interval_ns)
            )
            self._told.pop(symbol, None)
        rate = Decimal(message.rate) * PPB
        rate_ppb = int(rate.to_integral_value(ROUND_HALF_EVEN))
        if self._told.get(symbol) != rate_ppb:
            self._told[symbol] = rate_ppb
            self._submit(SetFundingRate(symbol=symbol, rate_ppb=rate_ppb))
