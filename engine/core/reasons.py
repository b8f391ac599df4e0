"""Why a command is refused: codes in order of precedence. The first that applies is the one given.

The code is stable and for programs; the sentence that an event carries beside it is for people and
names what would have been accepted.
"""

from collections.abc import Callable
from enum import Enum


class Reason(Enum):
    """Reject reasons, in order of precedence."""

    ACCOUNT_EXISTS = "account_exists"
    UNKNOWN_ACCOUNT = "unknown_account"
    RESERVED_ACCOUNT = "reserved_account"
    INVALID_TERMS = "invalid_terms"
    INSTRUMENT_IN_USE = "instrument_in_use"
    UNKNOWN_INSTRUMENT = "unknown_instrument"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    PORTFOLIO_ARCHIVED = "portfolio_archived"
    PORTFOLIO_IN_USE = "portfolio_in_use"
    """It has orders or positions, which must be gone before."""
    MODE_IN_USE = "mode_in_use"
    """The margin mode cannot change while there is a position, an order or a command on its way."""
    LEVERAGE_INVALID = "leverage_invalid"
    UNKNOWN_ORDER = "unknown_order"
    NOT_YOUR_ORDER = "not_your_order"
    LEGS_CONFLICT = "legs_conflict"
    """The orders of one command do not go together."""
    NOT_SENDABLE = "not_sendable"
    """It is somebody else's, takes too long, or too many are on their way."""
    DUPLICATE_CLIENT_ID = "duplicate_client_id"
    KILL_SWITCH = "kill_switch"
    PRICE_MISSING = "price_missing"
    PRICE_NOT_ALLOWED = "price_not_allowed"
    PRICE_OUT_OF_RANGE = "price_out_of_range"
    TRIGGER_MISSING = "trigger_missing"
    TRIGGER_NOT_ALLOWED = "trigger_not_allowed"
    TRAIL_INVALID = "trail_invalid"
    DISPLAY_INVALID = "display_invalid"
    EXPIRY_INVALID = "expiry_invalid"
    EXITS_INVALID = "exits_invalid"
    PROTECTION_INVALID = "protection_invalid"
    FLAGS_CONFLICT = "flags_conflict"
    QUANTITY_TOO_SMALL = "quantity_too_small"
    QUANTITY_TOO_LARGE = "quantity_too_large"
    AMEND_NOT_ALLOWED = "amend_not_allowed"
    """The order has no such field."""
    AMEND_CHANGES_NOTHING = "amend_changes_nothing"
    AMEND_BELOW_FILLED = "amend_below_filled"
    NOTIONAL_TOO_SMALL = "notional_too_small"
    NOT_TRADABLE = "not_tradable"
    """The instrument can only be watched."""
    MARKET_CLOSED = "market_closed"
    MARKET_HALTED = "market_halted"
    NOT_HALTED = "not_halted"
    MARKET_STALE = "market_stale"
    NO_POSITION = "no_position"
    """It could only reduce, reverse or protect a position, and there is none on that side."""
    TRIGGER_WOULD_FIRE = "trigger_would_fire"
    PRICE_OUTSIDE_BAND = "price_outside_band"
    NO_LIQUIDITY = "no_liquidity"
    POST_ONLY_WOULD_TAKE = "post_only_would_take"
    FOK_NOT_FILLABLE = "fok_not_fillable"
    LIMIT_EXCEEDED = "limit_exceeded"
    """A limit of the portfolio."""
    LEVERAGE_TOO_HIGH = "leverage_too_high"
    """A position as large as this may not have so much leverage."""
    MARGIN_NOT_FREE = "margin_not_free"
    """The position needs what was to be taken from it."""
    INSUFFICIENT_FUNDS = "insufficient_funds"
    NOTHING_TO_SELL = "nothing_to_sell"


class Refusal(Exception):
    """A command cannot be applied; carries the reason and the sentence of the reject event.

    Args:
        text: The sentence, or what writes it: where it takes longer than all that comes before, it
            is written once somebody reads it. What it says must be fixed by then.

    Attributes:
        fits_lots: The most lots that would have passed, where the size is what was wrong and a
            limit says so; None elsewhere.
    """

    def __init__(
        self, reason: Reason, text: str | Callable[[], str], fits_lots: int | None = None
    ) -> None:
        # BaseException keeps what it is made with by itself.
        self.reason = reason
        self.fits_lots = fits_lots
        self._text = text

    @property
    def text(self) -> str:
        """What was wrong, and what would have been accepted."""
        if not isinstance(self._text, str):
            self._text = self._text()
        return self._text

    def __str__(self) -> str:
        return self.text
