"""A small exchange on which a published example is set up and read off.

Nothing costs a trading fee and ticks are finer than what documents print, so that the rule under
test alone decides the answer.
"""

from collections.abc import Iterable
from decimal import Decimal

from engine.core.commands import (
    Command,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetLeverage,
    SetMarginMode,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument, MarginTier
from engine.core.margin_terms import MarginMode
from engine.core.units import quanta_decimal, quanta_exact

COUNTERPARTY = "counterparty"
PLENTY = Decimal(10**9)


def contract(
    symbol: str,
    *,
    tick: str,
    lot: str,
    tiers: Iterable[tuple[Decimal | None, Decimal]],
    inverse: bool = False,
    leverage_max: int = 125,
) -> Instrument:
    """A perpetual named like BTC-USDT-PERP, with tiers of (upper bound, maintenance rate)."""
    base, quote, _ = symbol.split("-")
    return Instrument(
        symbol=symbol,
        venue="PUBLISHED",
        asset_class=AssetClass.INVERSE if inverse else AssetClass.PERPETUAL,
        base=base,
        quote=quote,
        settlement=base if inverse else quote,
        tick_size=Decimal(tick),
        lot_size=Decimal(lot),
        maker_fee_ppm=0,
        taker_fee_ppm=0,
        margin_tiers=tuple(
            MarginTier(
                below_quanta=None if bound is None else quanta_exact(bound),
                leverage_max=leverage_max,
                maintenance_ppm=int(rate * 10**6),
            )
            for bound, rate in tiers
        ),
    )


class Desk:
    """An exchange, its clock, and a counterparty rich enough for every trade."""

    def __init__(self, *instruments: Instrument) -> None:
        self.exchange = Exchange()
        self.now_ns = 0
        for instrument in instruments:
            self.do(ListInstrument(instrument=instrument))
        for settlement in dict.fromkeys(each.settlement for each in instruments):
            self.open(COUNTERPARTY, settlement, PLENTY)

    def do(self, *commands: Command) -> tuple[Event, ...]:
        """Apply commands of which none may be refused."""
        events: list[Event] = []
        for command in commands:
            events += self.exchange.apply(command, self.now_ns)
        refused = [each for each in events if isinstance(each, CommandRejected | OrderRejected)]
        assert not refused, refused[0].text
        return tuple(events)

    def open(self, account: str, currency: str, amount: Decimal) -> None:
        """An account with money; one that exists is given more."""
        if account not in self.exchange.accounts():
            self.do(OpenAccount(account=account))
        self.do(Deposit(account=account, currency=currency, amount_quanta=quanta_exact(amount)))

    def ticks(self, symbol: str, price: Decimal) -> int:
        """A price that is a multiple of the tick."""
        return self.exchange.scale(symbol).ticks_exact(price)

    def price(self, symbol: str, ticks: int) -> Decimal:
        """The price of a number of ticks."""
        return self.exchange.scale(symbol).price_decimal(ticks)

    def mark(self, symbol: str, price: Decimal) -> tuple[Event, ...]:
        """State a mark, and what follows from it."""
        return self.mark_ticks(symbol, self.ticks(symbol, price))

    def mark_ticks(self, symbol: str, ticks: int) -> tuple[Event, ...]:
        """The same in ticks."""
        return self.do(SetPrice(symbol=symbol, source=TriggerSource.MARK, price_ticks=ticks))

    def index(self, symbol: str, price: Decimal) -> None:
        """State an index price."""
        ticks = self.ticks(symbol, price)
        self.do(SetPrice(symbol=symbol, source=TriggerSource.INDEX, price_ticks=ticks))

    def trade_as(
        self, account: str, symbol: str, mode: MarginMode, leverage: int | None = None
    ) -> None:
        """Choose how an account trades an instrument."""
        self.do(SetMarginMode(account=account, symbol=symbol, mode=mode))
        if leverage is not None:
            self.do(SetLeverage(account=account, symbol=symbol, leverage=leverage))

    def trade(
        self,
        account: str,
        symbol: str,
        *,
        long: bool,
        size: Decimal,
        price: Decimal,
        against: str = COUNTERPARTY,
    ) -> tuple[Event, ...]:
        """Let an account buy (long) or sell at a price, from someone who rests there."""
        side = Side.BUY if long else Side.SELL
        return self.do(
            self.order(against, symbol, Side.SELL if long else Side.BUY, size, price),
            self.order(account, symbol, side, size, price),
        )

    def order(
        self, account: str, symbol: str, side: Side, size: Decimal, price: Decimal
    ) -> PlaceOrder:
        """A limit order."""
        scale = self.exchange.scale(symbol)
        return PlaceOrder(
            account=account,
            symbol=symbol,
            side=side,
            order_type=OrderType.LIMIT,
            lots=scale.lots_exact(size),
            price_ticks=scale.ticks_exact(price),
        )

    def cash(self, owner: str, currency: str) -> Decimal:
        """What a ledger account holds."""
        return quanta_decimal(self.exchange.balance(owner, currency)[0])
