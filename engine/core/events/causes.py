"""Why and how things end, change or stand still."""

from enum import Enum


class Liquidity(Enum):
    """Whether a fill added liquidity or took it, which decides its fee."""

    MAKER = "maker"
    TAKER = "taker"


MAKER = Liquidity.MAKER
TAKER = Liquidity.TAKER


class OrderEnd(Enum):
    """How an accepted order ended."""

    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    """It was accepted to wait, and could not be afforded when its trigger was reached."""


class EndCause(Enum):
    """Why an accepted order ended."""

    FILLED = "filled"
    REQUESTED = "requested"
    """Its owner cancelled it, alone or with others."""
    IOC_REMAINDER = "ioc_remainder"
    NO_LIQUIDITY = "no_liquidity"
    """A market order found nothing more to trade with."""
    FLATTENED = "flattened"
    """Withdrawn because its owner flattened or reversed."""
    AMENDED_TO_FILLED = "amended_to_filled"
    """Its quantity was amended down to what had been filled."""
    MARGIN_MISSING = "margin_missing"
    """The position it would have closed is gone, and the margin to open one is not free."""
    EXPIRED = "expired"
    LIMIT_EXCEEDED = "limit_exceeded"
    """Its trigger was reached, and a limit of its portfolio does not let it trade."""
    FUNDS_MISSING = "funds_missing"
    """Its trigger was reached, or its entry filled, and its owner could not pay for it."""
    LINKED_FILLED = "linked_filled"
    """The other leg of its pair was filled whole, or traded all that the two had left."""
    LINKED_TRIGGERED = "linked_triggered"
    EXITED = "exited"
    """The rest of a bracket's entry, once one of its exits had fired or was filled."""
    POSITION_GONE = "position_gone"
    """It could only reduce a position, and there is none left."""
    SELF_TRADE = "self_trade"
    PROTECTED = "protected"
    """An order at market: the next price lies beyond its protection or the instrument's band."""
    BASKET_SHARE = "basket_share"
    """The part of a basket's leg that the other legs could not match."""
    REPLACED = "replaced"
    HALTED = "halted"
    """Withdrawn because its instrument was halted."""
    LIQUIDATION = "liquidation"
    """Withdrawn, or sent and ended, by the exchange: what answers for its margin was used up."""
    RESET = "reset"
    """Withdrawn because its portfolio begins again."""
    KILLED = "killed"
    """Withdrawn by its owner's kill switch."""


FILLED = EndCause.FILLED
"""The cause of the end that most orders meet."""


class ResizeCause(Enum):
    """Why the exchange changed an order's quantity, nobody having asked for it."""

    LINKED_FILLED = "linked_filled"
    """The other leg of its pair was filled in part."""
    ENTRY_FILLED = "entry_filled"
    """The entry of its bracket was filled further."""
    POSITION = "position"
    """It follows a position, or may only reduce one, and the position changed."""
    SELF_TRADE = "self_trade"


class HaltCause(Enum):
    """Why an instrument does not trade."""

    REQUESTED = "requested"
    MOVED = "moved"
    """Its price moved too far too fast."""
    MARKET = "market"
    """The whole market fell too far."""
    CASCADE = "cascade"
    """One command fired too many waiting orders."""
