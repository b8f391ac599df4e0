"""What a fill costs: schedules by trailing volume, rebates by quoting uptime, published presets.

An account has one `FeeBook` per instrument; those of one asset class and quote currency share a
`TrailingSum`, its volume. An instrument has one `Tariff`, made of the `FeeSchedule` that
`ConfigureFees` states, or of `flat`.
"""

from engine.core.fees.schedule import Tariff, check, flat, worst_ppm
from engine.core.fees.standing import FeeBook, FeeStanding, Waived, fee_quanta
from engine.core.fees.trailing import DAY_NS, WINDOW_DAYS, TrailingSum
from engine.core.fees.uptime import Quoting, SavedQuoting

__all__ = [
    "DAY_NS",
    "WINDOW_DAYS",
    "FeeBook",
    "FeeStanding",
    "Quoting",
    "SavedQuoting",
    "Tariff",
    "TrailingSum",
    "Waived",
    "check",
    "fee_quanta",
    "flat",
    "worst_ppm",
]
