"""Random sequences of commands in which some kinds are switched off and others come often.

A step is abstract (a kind and some small numbers), so a failing sequence shrinks; `Director` turns
it into a command for the state that there is, mostly a sensible one and sometimes not.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureMirror,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    OrderType,
    PlaceOrder,
    QueueModel,
    Side,
    TimeInForce,
)
from engine.core.events import Event, OrderAccepted, OrderDone
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import QUANTA_PER_UNIT

SPOT = Instrument(
    symbol="BTC-USDT",
    venue="local",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.1"),
    lot_size=Decimal("0.0001"),
    lots_min=2,
    lots_max=60,
    notional_min_quanta=QUANTA_PER_UNIT // 250,
    maker_fee_ppm=-77,
    taker_fee_ppm=1033,
)
PERPETUAL = Instrument(
    symbol="BTC-USDT-PERP",
    venue="local",
    asset_class=AssetClass.PERPETUAL,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.5"),
    lot_size=Decimal("0.01"),
    maker_fee_ppm=201,
    taker_fee_ppm=499,
    initial_margin_ppm=100_000,
)
SYMBOLS = (SPOT.symbol, PERPETUAL.symbol)
ACCOUNTS = ("ann", "bob", "cat")
PRICE = 100
"""Ticks around which everything happens."""

OPENING: tuple[Command, ...] = (
    ListInstrument(instrument=SPOT),
    ListInstrument(instrument=PERPETUAL),
    *(OpenAccount(account=account) for account in ACCOUNTS),
    Deposit(account="ann", currency="USDT", amount_quanta=1000 * QUANTA_PER_UNIT),
    Deposit(account="ann", currency="BTC", amount_quanta=QUANTA_PER_UNIT),
    Deposit(account="bob", currency="USDT", amount_quanta=3 * QUANTA_PER_UNIT),
    Deposit(account="bob", currency="BTC", amount_quanta=QUANTA_PER_UNIT // 200),
    Deposit(account="cat", currency="USDT", amount_quanta=30 * QUANTA_PER_UNIT),
)


@dataclass(frozen=True)
class Step:
    kind: str
    who: int
    where: int
    sell: bool
    size: int
    price: int
    choice: int


KINDS = (
    "limit",
    "post-only",
    "ioc",
    "fok",
    "market",
    "odd order",
    "cancel",
    "reduce",
    "move",
    "cancel all",
    "flatten",
    "depth",
    "snapshot",
    "print",
    "down",
    "configure",
    "wait",
    "deposit",
    "relist",
)


def _steps(kinds: list[str]) -> st.SearchStrategy[list[Step]]:
    step = st.builds(
        Step,
        kind=st.sampled_from(kinds),
        who=st.integers(0, 2),
        where=st.integers(0, 1),
        sell=st.booleans(),
        size=st.integers(0, 30),
        price=st.integers(-4, 4),
        choice=st.integers(0, 7),
    )
    return st.lists(step, max_size=60)


swarms = st.lists(st.sampled_from(KINDS), min_size=1, max_size=12).flatmap(_steps)
"""Steps whose kinds are a random bag: what is not in it is off, what is in it often comes often."""


class Director:
    """Turns steps into commands, knowing the ids of the orders that were accepted."""

    def __init__(self) -> None:
        self.owners: dict[int, str] = {}
        """Who sent each live order, and a few ended ones, so that these are named too."""

    def learn(self, events: list[Event] | tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, OrderAccepted):
                self.owners[event.order_id] = event.account
            elif isinstance(event, OrderDone) and event.order_id % 16:
                del self.owners[event.order_id]

    def command(self, step: Step) -> Command:
        if step.kind in ("limit", "post-only", "ioc", "fok", "market", "odd order"):
            return self._order(step)
        if step.kind in ("cancel", "reduce", "move"):
            return self._change(step)
        if step.kind in ("depth", "snapshot", "print", "down", "configure"):
            return _venue(step)
        return self._other(step)

    def _order(self, step: Step) -> PlaceOrder:
        market = step.kind == "market"
        odd = step.kind == "odd order"
        life = {"ioc": TimeInForce.IOC, "fok": TimeInForce.FOK}.get(step.kind, TimeInForce.GTC)
        if odd or market:
            life = list(TimeInForce)[step.choice % 3]
        price: int | None = None if market else PRICE + step.price
        if odd:
            price = (None, 0, 10**15, PRICE + step.price)[step.choice % 4]
        return PlaceOrder(
            account="nobody" if odd and step.choice == 7 else ACCOUNTS[step.who],
            symbol=SYMBOLS[step.where],
            side=_side(step),
            order_type=OrderType.MARKET if market or (odd and step.size % 2) else OrderType.LIMIT,
            lots=step.size * (5 if odd else 1),
            price_ticks=price,
            time_in_force=life,
            post_only=step.kind == "post-only" or (odd and step.choice % 2 == 1),
            client_id=f"c{step.size % 3}" if odd else "",
            tag="swarm" if step.choice else "",
        )

    def _change(self, step: Step) -> Command:
        order_id = self._order_id(step)
        account = ACCOUNTS[step.who] if step.size == 30 else self.owners.get(order_id, "ann")
        if step.kind == "cancel":
            return CancelOrder(account=account, order_id=order_id)
        if step.kind == "reduce":
            return AmendOrder(account=account, order_id=order_id, lots=step.size)
        price = PRICE + step.price if step.choice else None
        lots = step.size if step.choice % 3 else None
        return AmendOrder(account=account, order_id=order_id, lots=lots, price_ticks=price)

    def _order_id(self, step: Step) -> int:
        known = list(self.owners)
        return known[(step.choice * 31 + step.size) % len(known)] if known else step.size

    def _other(self, step: Step) -> Command:
        account, symbol = ACCOUNTS[step.who], SYMBOLS[step.where]
        if step.kind == "cancel all":
            sides = (None, _side(step))
            symbols = (None, symbol)
            return CancelAll(
                account=account, symbol=symbols[step.size % 2], side=sides[step.choice % 2]
            )
        if step.kind == "flatten":
            return Flatten(account=account, symbol=(None, symbol)[step.choice % 2])
        if step.kind == "deposit":
            quanta = step.price * QUANTA_PER_UNIT // 100
            return Deposit(account=account, currency="USDT", amount_quanta=quanta)
        if step.kind == "relist":
            return ListInstrument(instrument=(SPOT, PERPETUAL)[step.where])
        return AdvanceTime()


def waited_ns(step: Step) -> int:
    """How much time passes before a step: only waiting takes time."""
    return step.size * 400_000_000 if step.kind == "wait" else 0


def _side(step: Step) -> Side:
    return Side.SELL if step.sell else Side.BUY


def _venue(step: Step) -> Command:
    symbol = SYMBOLS[step.where]
    if step.kind == "print":
        return MirrorTrade(
            symbol=symbol, side=_side(step), price_ticks=PRICE + step.price, lots=step.size
        )
    if step.kind == "down":
        return MirrorDown(symbol=symbol) if step.choice < 2 else _depth(step, symbol)
    if step.kind == "configure":
        hold_ns = step.size * 100_000_000
        model = list(QueueModel)[step.choice % 3]
        return ConfigureMirror(symbol=symbol, queue_model=model, taken_hold_ns=hold_ns)
    return _depth(step, symbol)


def _depth(step: Step, symbol: str) -> MirrorDepth:
    """A few levels on each side of a mid that wanders: now and then through our orders."""
    mid = PRICE + step.price
    bids = tuple((mid - 1 - i, (step.size + 7 * i) % 31) for i in range(step.choice % 4))
    asks = tuple((mid + i, (3 * step.size + 5 * i) % 31) for i in range(step.choice // 2))
    return MirrorDepth(symbol=symbol, bids=bids, asks=asks, snapshot=step.kind != "depth")


def seeded_steps(seed: int, length: int) -> list[Step]:
    """A long swarm: some kinds off, the others with wild weights; the seed gives it again."""
    dice = Random(seed)
    kinds = ["limit", *dice.sample(KINDS, dice.randint(2, len(KINDS)))]
    weights = [2 ** dice.randint(0, 6) for _ in kinds]
    return [
        Step(
            kind=kind,
            who=dice.randrange(3),
            where=dice.randrange(2),
            sell=dice.random() < 0.5,
            size=dice.randint(0, 30),
            price=dice.randint(-4, 4),
            choice=dice.randrange(8),
        )
        for kind in dice.choices(kinds, weights, k=length)
    ]
