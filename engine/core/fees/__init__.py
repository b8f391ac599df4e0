"""What a fill costs: schedules by trailing volume, rebates by quoting uptime, published presets.

An account has one `FeeBook` per instrument; those of one asset class and quote currency share a
`TrailingSum`, its volume. An instrument has one `Tariff`, made of the `FeeSchedule` that
`ConfigureFees` states, or of `flat`.
"""

from engine.core.events import MAKER, Liquidity
from engine.core.fees.schedule import Tariff, check, flat, worst_ppm
from engine.core.fees.standing import FeeBook, FeeStanding, fee_quanta
from engine.core.fees.trailing import DAY_NS, WINDOW_DAYS, TrailingSum
from engine.core.fees.uptime import Quoting, SavedQuoting
from engine.core.instruments import Instrument


def fill_fee(instrument: Instrument, liquidity: Liquidity, value_quanta: int) -> int:
    """The fee of a fill by the instrument's own rates, in quanta of the settlement currency."""
    rate_ppm = instrument.maker_fee_ppm if liquidity is MAKER else instrument.taker_fee_ppm
    return fee_quanta(rate_ppm, value_quanta)


__all__ = [
    "DAY_NS",
    "WINDOW_DAYS",
    "FeeBook",
    "FeeStanding",
    "Quoting",
    "SavedQuoting",
    "Tariff",
    "TrailingSum",
    "check",
    "fee_quanta",
    "fill_fee",
    "flat",
    "worst_ppm",
]
