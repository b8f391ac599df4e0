"""What a polled source of prices provides, so that the poller need not know its name.

FeedError
├── Unreachable           no answer this time: the next source is asked, this one again later
├── MalformedFrame        an answer that is not what the documentation says: likewise
├── VenueRefused          it will not serve this: asked again after an hour
│   └── KeyRefused        nor anything else with this key: not asked any more
└── QuotaSpent            used up, as the source counts: asked again when its window refills
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

import msgspec

from engine.core.units import DIGITS_MAX, UnitError, decimal_text, parse_decimal
from feeds.errors import FeedError, MalformedFrame, VenueRefused
from feeds.messages import Candle
from feeds.plain_text import shown
from feeds.quotas import Quota, Window
from feeds.venue import Limits, RestRequest

SECOND_NS = 1_000_000_000
MAX_NS = 2**62
TEXT_MAX = 160
PRICE_MIN, PRICE_MAX = Fraction(1, 10**18), Fraction(10**15)
LIMITS = Limits(
    stale_after_ns=900 * SECOND_NS,
    dead_after_ns=3600 * SECOND_NS,
    quiet_snapshot_after_ns=SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=4 * 2**20,
    subscribes_per_s=1.0,
    rest_interval_s=0.2,
    rest_timeout_s=10.0,
    backoff_max_s=300.0,
)
"""What suits most sources: patience, sizes, and the pause between two requests."""


class KeyRefused(VenueRefused):
    """The source does not accept the key."""


class QuotaSpent(FeedError):
    """The source says that no more may be asked for now.

    Attributes:
        window: When more may be asked.
    """

    def __init__(self, text: str, window: Window) -> None:
        super().__init__(text)
        self.window = window


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says of one pair, exactly."""

    symbol: str
    """Ours: `EUR-USD`."""
    as_of_ns: int
    """The source's own time of it; of a cross, of the older leg."""
    mid: Fraction
    bid: Fraction | None = None
    ask: Fraction | None = None
    """Both or none; bid below ask."""
    candle: Candle | None = None


class Source(Protocol):
    """One provider: where it is, how it is asked, and how its answers read."""

    @property
    def name(self) -> str:
        """As credentials name it: `twelve-data`."""
        ...

    @property
    def rest_url(self) -> str:
        """What the paths of requests are appended to."""
        ...

    @property
    def key(self) -> str:
        """Never shown or recorded; empty where none is needed."""
        ...

    @property
    def limits(self) -> Limits:
        """Patience, and the pause between two requests."""
        ...

    @property
    def quotas(self) -> tuple[Quota, ...]:
        """What the provider allows, of the plan that is used."""
        ...

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Those of these that one request asks for, from the first on; at least the first."""
        ...

    def cost(self, count: int) -> int:
        """What a request for so many symbols takes from the quotas."""
        ...

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """Asks for these symbols, which are one batch."""
        ...

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """What an answer says of these symbols; nothing for those that it does not name.

        Raises:
            QuotaSpent, KeyRefused, VenueRefused, Unreachable: The answer is a refusal.
            MalformedFrame: Not what the documentation says.
        """
        ...


Body = TypeVar("Body")


def decoded(decoder: msgspec.json.Decoder[Body], body: bytes | msgspec.Raw) -> Body:
    """A body in its documented shape.

    Raises:
        MalformedFrame: It has another.
    """
    try:
        return decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise MalformedFrame(shown(f"{error}", TEXT_MAX)) from None
    except RecursionError:
        raise MalformedFrame("nested too deeply") from None


def exact_price(token: str | msgspec.Raw, what: str) -> Fraction:
    """A price from a text, or from a JSON number or string, with every digit that was written.

    Raises:
        MalformedFrame: No positive number of reasonable length.
    """
    text = number_text(token)
    try:
        price = Fraction(parse_decimal(text))
    except UnitError:
        raise MalformedFrame(f"{what} {shown(text, 24)!r} is not a number") from None
    if price <= 0:
        raise MalformedFrame(f"{what} {shown(text, 24)!r} is not above zero")
    if not PRICE_MIN <= price <= PRICE_MAX:
        raise MalformedFrame(f"{what} {shown(text, 24)!r} is no price that a market has")
    return price


def plain_price(token: str | msgspec.Raw, what: str) -> str:
    """Such a price as plain digits, whatever notation it came in.

    Raises:
        MalformedFrame: As `exact_price`.
    """
    exact_price(token, what)
    return decimal_text(parse_decimal(number_text(token)))


def number_text(token: str | msgspec.Raw) -> str:
    """The digits of a JSON number, or of a JSON string that holds one, as they were written; empty
    where there is none."""
    if isinstance(token, str):
        return token.strip()
    text = bytes(token)[: DIGITS_MAX + 3].decode("utf-8", "replace").strip().strip('"').strip()
    return "" if text == "null" else text


def seconds_ns(seconds: int | None, received_ns: int) -> int:
    """Unix seconds as nanoseconds; the time of receipt where none, or an absurd one, is stated."""
    if seconds is None or not 0 < seconds * SECOND_NS < MAX_NS:
        return received_ns
    return min(seconds * SECOND_NS, received_ns)
