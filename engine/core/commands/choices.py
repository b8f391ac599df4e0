"""What a command chooses from: sides, order types, times in force, and what an order watches."""

from enum import Enum

MARKET = "market"
"""The participant that holds a live venue's displayed depth. It owns no money and pays no fee."""


class Side(Enum):
    """Which way an order trades."""

    BUY = "buy"
    SELL = "sell"

    __hash__ = object.__hash__

    @property
    def opposite(self) -> "Side":
        """The side this one trades against."""
        return SELL if self is BUY else BUY


# On Python 3.11 looking up a member on its class costs more than making a message, and so does its
# hash, which is written in Python. Code on the matching path uses these names instead, here and for
# the other enums; members that are keys hash by identity, which no order of iteration depends on.
BUY = Side.BUY
SELL = Side.SELL


class OrderType(Enum):
    """How an order turns into trades."""

    LIMIT = "limit"
    MARKET = "market"
    ICEBERG = "iceberg"
    """A limit order that shows a slice of itself at a time."""
    STOP = "stop"
    """Waits until the price turns against a position, then is a market order."""
    TAKE_PROFIT = "take_profit"
    """Waits until the price has moved in favour of a position, then is a market order."""
    STOP_LIMIT = "stop_limit"
    TAKE_PROFIT_LIMIT = "take_profit_limit"
    """As the two before, but a limit order once triggered."""
    TRAILING_STOP = "trailing_stop"
    """A stop whose trigger follows the price at a distance, in the favourable direction only."""
    TRAILING_STOP_LIMIT = "trailing_stop_limit"

    __hash__ = object.__hash__


class TimeInForce(Enum):
    """How long an order lives."""

    GTC = "gtc"
    """Until it is filled or cancelled."""
    IOC = "ioc"
    """Fills what it can at once; the rest is cancelled."""
    FOK = "fok"
    """Fills whole at once, or is refused."""
    GTD = "gtd"
    """Until a moment, to the nanosecond; at that moment it is gone."""
    DAY = "day"
    """Until the end of the session that it is sent in."""


LIMIT_ORDER = OrderType.LIMIT
MARKET_ORDER = OrderType.MARKET
GTC = TimeInForce.GTC
FOK = TimeInForce.FOK


class TriggerSource(Enum):
    """Which price of an instrument a waiting order watches."""

    LAST = "last"
    MARK = "mark"
    """The last price where no mark is known."""
    INDEX = "index"
    """The last price where no index is known."""

    __hash__ = object.__hash__


class SelfTrade(Enum):
    """What happens when an order meets another one of its owner group: never a trade."""

    CANCEL_RESTING = "cancel_resting"
    CANCEL_INCOMING = "cancel_incoming"
    CANCEL_BOTH = "cancel_both"
    CANCEL_SMALLEST = "cancel_smallest"
    """The one with less open; the resting one if they are equal."""
    DECREMENT_BOTH = "decrement_both"
    """Both lose the smaller quantity of the two, so at least one of them ends."""

    __hash__ = object.__hash__


class QueueModel(Enum):
    """Where displayed quantity that vanishes without a trade is taken from, seen from our order."""

    PROPORTIONAL = "proportional"
    """From ahead and behind, in proportion to what stands there."""
    AHEAD = "ahead"
    """From ahead first: the kindest assumption."""
    BEHIND = "behind"
    """From behind first: the harshest assumption."""
    PROBABILITY = "probability"
    """From ahead the likelier, the more stands there: in proportion to the squares of both."""
