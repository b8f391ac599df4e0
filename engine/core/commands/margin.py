"""What a trader states about margin: its mode, the leverage, the money behind one position."""

import msgspec

from engine.core.margin_terms import MarginMode


class SetMarginMode(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Choose how an account pays in an instrument, while it has nothing there."""

    account: str
    symbol: str
    mode: MarginMode


class SetLeverage(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Choose the leverage of an account in an instrument; what is held follows at once."""

    account: str
    symbol: str
    leverage: int
    """Whole: 10 holds a tenth of the notional."""


class ChangeMargin(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Put money behind an isolated position, or take back what it does not need."""

    account: str
    symbol: str
    amount_quanta: int
    """Of the settlement currency; negative takes it out."""
