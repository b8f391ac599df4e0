"""Who is in a simulated crash: leveraged traders, long, short and hedged, and bounded makers."""

from dataclasses import dataclass

import numpy as np

from engine.core.commands import Side
from engine.core.margin_terms import CROSS, ISOLATED, MarginMode
from engine.core.units import QUANTA_PER_UNIT
from engine.simulation.crash_terms import FUTURE, PERPETUAL

LEVERAGES = (5, 10, 20, 25, 50, 100)
WEIGHTS = (0.12, 0.2, 0.22, 0.16, 0.18, 0.12)
NOTIONALS_BELOW = {100: 50_000, 50: 250_000, 25: 250_000}
"""In USDT, where the tiers allow a leverage only so far."""
NOTIONAL_MIN, NOTIONAL_MAX = 4_000, 400_000
"""Of one position, in USDT; small ones are more frequent."""
PRICE = 100_000
LOTS_PER_COIN = 1_000
LONG_SHARE, ISOLATED_SHARE, HEDGED_SHARE = 0.65, 0.35, 0.1
MAKERS = 6
MAKER_MONEY = 8_000_000
MAKER_LOTS_PER_TRADER = 26
"""How far from flat a maker lets itself be driven, for each trader that there is."""


@dataclass(frozen=True, slots=True)
class Trader:
    """One account, and the positions that it has when the fall begins.

    Attributes:
        deposit_quanta: All that it has, in quanta of USDT.
        positions: (symbol, side, lots), one or two.
    """

    name: str
    leverage: int
    mode: MarginMode
    deposit_quanta: int
    positions: tuple[tuple[str, Side, int], ...]


def makers() -> list[str]:
    """The names of those who quote."""
    return [f"maker{number}" for number in range(1, MAKERS + 1)]


def traders(count: int, draw: np.random.Generator) -> list[Trader]:
    """Draw the traders; leverage, size, side and mode are independent of one another."""
    return [_trader(number, draw) for number in range(1, count + 1)]


def _trader(number: int, draw: np.random.Generator) -> Trader:
    leverage = int(draw.choice(LEVERAGES, p=WEIGHTS))
    most = min(NOTIONAL_MAX, NOTIONALS_BELOW.get(leverage, NOTIONAL_MAX)) * 0.9
    notional = float(np.exp(draw.uniform(np.log(NOTIONAL_MIN), np.log(most))))
    lots = max(1, int(notional / PRICE * LOTS_PER_COIN))
    side = Side.BUY if draw.random() < LONG_SHARE else Side.SELL
    mode = ISOLATED if draw.random() < ISOLATED_SHARE else CROSS
    positions = [(PERPETUAL, side, lots)]
    if draw.random() < HEDGED_SHARE and lots > 1:
        mode = CROSS
        positions.append((FUTURE, side.opposite, max(1, int(lots * draw.uniform(0.4, 1.0)))))
    # Money for the margin, for fees, and for as much again at most.
    value = sum(each[2] for each in positions) * PRICE // LOTS_PER_COIN + 1
    spare = float(draw.uniform(0.05, 0.8))
    money = int(value / leverage * (1 + spare) + value * 0.004) + 1
    return Trader(
        name=f"t{number:04d}",
        leverage=leverage,
        mode=mode,
        deposit_quanta=money * QUANTA_PER_UNIT,
        positions=tuple(positions),
    )
