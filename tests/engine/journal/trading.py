"""A small market and seeded trading on it, for tests that need real orders."""

import random
from collections.abc import Iterator
from decimal import Decimal

from engine.core.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
    TimeInForce,
)
from engine.core.instruments import AssetClass, Instrument

SPOT = "BTC-USDT"
PERP = "BTC-USDT-PERP"
UNIT = 10**12


def instrument(symbol: str) -> Instrument:
    return Instrument(
        symbol=symbol,
        venue="simulated",
        asset_class=AssetClass.PERPETUAL if symbol == PERP else AssetClass.SPOT,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.5"),
        lot_size=Decimal("0.001"),
        initial_margin_ppm=100_000 if symbol == PERP else 1_000_000,
    )


def opening() -> list[Command]:
    """Two instruments with a market, one funded account."""
    commands: list[Command] = [ListInstrument(instrument=instrument(s)) for s in (SPOT, PERP)]
    commands += [
        OpenAccount(account="me"),
        Deposit(account="me", currency="USDT", amount_quanta=1_000_000 * UNIT),
    ]
    commands += [depth(symbol, 200) for symbol in (SPOT, PERP)]
    return commands


def depth(symbol: str, mid_ticks: int) -> MirrorDepth:
    """A displayed book around a mid: ten levels a side, 100 lots each."""
    return MirrorDepth(
        symbol=symbol,
        bids=tuple((mid_ticks - step, 100) for step in range(1, 11)),
        asks=tuple((mid_ticks + step, 100) for step in range(1, 11)),
        snapshot=True,
    )


def order(side: Side, lots: int, price_ticks: int | None = None, symbol: str = PERP) -> PlaceOrder:
    """A limit order, or a market order without a price."""
    kind = OrderType.MARKET if price_ticks is None else OrderType.LIMIT
    return PlaceOrder(
        account="me",
        symbol=symbol,
        side=side,
        order_type=kind,
        lots=lots,
        price_ticks=price_ticks,
        tag="test",
    )


def trading(seed: int, count: int) -> Iterator[Command]:
    """The opening, then so many seeded commands of every kind."""
    yield from opening()
    chance = random.Random(seed)
    mid = 200
    for _ in range(count):
        kind = chance.randrange(12)
        symbol = chance.choice((SPOT, PERP))
        side = chance.choice((Side.BUY, Side.SELL))
        if kind < 5:
            price = mid + chance.randint(-8, 8) if chance.random() < 0.8 else None
            yield order(side, chance.randint(1, 150), price, symbol)
        elif kind < 7:
            mid = max(50, mid + chance.randint(-2, 2))
            yield depth(symbol, mid)
        elif kind < 9:
            price = mid + chance.randint(-6, 6)
            lots = chance.randint(1, 300)
            yield MirrorTrade(symbol=symbol, side=side, price_ticks=price, lots=lots)
        elif kind == 9:
            yield CancelOrder(account="me", order_id=chance.randint(1, 2000))
        elif kind == 10:
            yield AmendOrder(account="me", order_id=chance.randint(1, 2000), lots=5)
        elif chance.random() < 0.3:
            yield Flatten(account="me")
        elif chance.random() < 0.5:
            yield CancelAll(account="me", symbol=symbol)
        else:
            yield PlaceOrder(
                account="me",
                symbol=symbol,
                side=side,
                order_type=OrderType.LIMIT,
                lots=10,
                price_ticks=mid,
                time_in_force=chance.choice((TimeInForce.IOC, TimeInForce.FOK)),
            )
