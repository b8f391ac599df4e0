"""What a fill costs."""

from engine.core.events import MAKER, Liquidity
from engine.core.instruments import Instrument
from engine.core.units import PPM, share_toward_zero


def fill_fee(instrument: Instrument, liquidity: Liquidity, value_quanta: int) -> int:
    """The fee of a fill in quanta of the settlement currency; negative is a rebate."""
    rate_ppm = instrument.maker_fee_ppm if liquidity is MAKER else instrument.taker_fee_ppm
    if rate_ppm >= 0:
        return value_quanta * rate_ppm // PPM
    return share_toward_zero(value_quanta, rate_ppm)
