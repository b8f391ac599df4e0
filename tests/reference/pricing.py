"""What is said about marks, indexes, funding and whole portfolios, out of abstract steps."""

from typing import Any

from engine.core.commands import (
    AdvanceTime,
    ArchivePortfolio,
    Command,
    ConfigureFunding,
    ConfigureOracle,
    ConfigurePortfolio,
    FundingModel,
    IndexSource,
    LotMethod,
    MarkMethod,
    MirrorDepth,
    Profile,
    ResetPortfolio,
    SetFundingRate,
    SetIndexSource,
    SetLimits,
    SetPrice,
    TriggerSource,
)
from engine.core.instruments import AssetClass
from engine.core.margin_terms import InstrumentLimit, Limits
from engine.core.units import QUANTA_PER_UNIT
from tests.reference.sequences import Step
from tests.reference.world import ACCOUNTS, PRICE, SYMBOLS, World

SOURCES = tuple(
    IndexSource(name=name, weight=weight) for name, weight in (("a", 2), ("b", 1), ("c", 1))
)


def price_of(step: Step, on: World) -> Command:
    symbol = SYMBOLS[step.where]
    if step.kind == "oracle":
        return _oracle(step, on)
    if step.kind == "source":
        return SetIndexSource(
            symbol=symbol,
            source="abcd"[step.choice % 4] if step.twist % 8 == 0 else "abc"[step.choice % 3],
            price_ticks=PRICE + step.price,
            confidence_ppm=20_000 if step.twist % 4 == 1 else 0,
        )
    if step.kind == "funding":
        return _funding(step, on)
    if step.kind == "rate":
        return SetFundingRate(symbol=SYMBOLS[1], rate_ppb=step.price * 7_000_001)
    if step.kind == "plunge":
        price = PRICE + step.price * (1 + step.choice)
        return SetPrice(symbol=symbol, source=TriggerSource.MARK, price_ticks=price)
    if step.kind == "gap":
        return _gap(step)
    return AdvanceTime()


def _gap(step: Step) -> MirrorDepth:
    """A book far from the mark: who closes a position there loses more than the mark tells."""
    price = PRICE + step.price * (1 + step.choice)
    return MirrorDepth(
        symbol=SYMBOLS[step.where],
        bids=((price - 1, 6 + step.size),),
        asks=((price + 1, 6 + step.size),),
        snapshot=True,
    )


def portfolio_of(step: Step) -> Command:
    """Other books, a new beginning with little, the archive and back."""
    account = ACCOUNTS[step.who]
    if step.kind == "reset":
        return ResetPortfolio(account=account)
    if step.kind == "archive":
        return ArchivePortfolio(account=account, archived=step.choice < 2)
    if step.kind == "limits":
        return SetLimits(account=account, limits=_limits(step))
    leverages = {AssetClass.SPOT: 1 + step.size, AssetClass.PERPETUAL: 2 + step.choice}
    return ConfigurePortfolio(
        account=account,
        profile=Profile(
            title=f"t{step.choice}",
            starting_quanta=(1 + step.choice) * QUANTA_PER_UNIT,
            lot_method=list(LotMethod)[step.choice % 3],
            leverages=leverages if step.twist % 2 else {},
        ),
    )


def _limits(step: Step) -> Limits:
    """One limit or none, near what swarms do."""
    some, amount = 1 + step.size, (1 + step.size) * QUANTA_PER_UNIT // 4
    symbol = SYMBOLS[step.where]
    chosen: tuple[dict[str, Any], ...] = (
        {"order_notional_max_quanta": amount},
        {"orders_per_second_max": 1 + step.size % 4},
        {"position_notional_max_quanta": amount},
        {"positions_max": 1},
        {"leverage_max_ppm": some * 200_000},
        {"by_symbol": {symbol: InstrumentLimit(lots_max=some)}},
        {"by_symbol": {symbol: InstrumentLimit(notional_max_quanta=amount)}},
        {"by_symbol": {symbol: InstrumentLimit(leverage_max=some)}},
    )
    return Limits(**chosen[step.choice]) if step.twist % 4 else Limits()


def _unit_ns(on: World) -> int:
    return (600 if on.slow else 1) * 10**9


def _oracle(step: Step, on: World) -> ConfigureOracle:
    return ConfigureOracle(
        symbol=SYMBOLS[step.where],
        mark=list(MarkMethod)[step.choice % 4],
        book_weight_ppm=250_000 * (step.twist % 5),
        max_age_ns=(10 + 4 * step.size) * _unit_ns(on),
        sample_ns=(2 + step.twist % 6) * _unit_ns(on),
        sources=SOURCES[: step.twist % 4],
    )


def _funding(step: Step, on: World) -> ConfigureFunding:
    """Much dearer than at any venue, so that it matters."""
    models = (FundingModel.VENUE, *FundingModel)
    return ConfigureFunding(
        symbol=SYMBOLS[1],
        model=models[step.choice % 4],
        interval_ns=60 * (1 + step.size % 3) * _unit_ns(on),
        interest_ppb=step.price * 1_000_003,
        clamp_ppb=20_000_000,
        cap_ppb=50_000_000,
    )
