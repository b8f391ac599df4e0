"""Kraken's answers to what we ask: acknowledgements, and refusals of three kinds.

- The WebSocket refuses a pair for good: *Currency pair not supported*.
- It refuses for now, or says what changes nothing: too many requests, a service that is away, a
  subscription that exists already or not any more. The market is asked for again in its turn.
- REST refuses with HTTP 200 and a list of errors, of which some pass.

Source: Kraken, *Spot WebSocket v2: book (subscribe acknowledgement)*; *Spot REST: errors*.
"""

import msgspec
from msgspec import UnsetType

from feeds.errors import MalformedFrame
from feeds.kraken.depths import OFFERED
from feeds.kraken.payloads import Probe, Subscribed
from feeds.kraken.symbols import frame_symbol
from feeds.messages import Refused
from feeds.plain_text import shown

TEXT_MAX = 200
FOR_GOOD = "currency pair"
HARMLESS = ("already subscribed", "subscription not found")
PASSING = ("EService", "EAPI:Rate", "EGeneral:Temporary", "EGeneral:Too many", "EGeneral:Internal")

_subscribed = msgspec.json.Decoder(Subscribed).decode


def acknowledged_depth(probe: Probe) -> tuple[str, int] | None:
    """Kraken's name of a pair and the depth of its book, if this acknowledges one."""
    if probe.method != "subscribe" or isinstance(probe.result, UnsetType):
        return None
    result = _subscribed(probe.result)
    depth = result.depth
    if result.channel != "book" or isinstance(depth, UnsetType) or depth not in OFFERED:
        return None
    return result.symbol, depth


def refusal(words: str, pair: str, received_ns: int) -> tuple[Refused, ...]:
    """A refusal over the WebSocket: of a pair, if for good."""
    told = words.lower()
    if told.startswith(HARMLESS):
        return ()
    symbol = frame_symbol(pair) if pair and told.startswith(FOR_GOOD) else None
    return (Refused(received_ns=received_ns, text=_text(words), symbol=symbol),)


def rest_refusal(errors: list[str], received_ns: int) -> Refused:
    """A refusal over REST.

    Raises:
        MalformedFrame: Asking again may help.
    """
    words = ", ".join(errors)
    if errors[0].startswith(PASSING):
        raise MalformedFrame(f"Kraken cannot answer now: {shown(words, TEXT_MAX)}")
    return Refused(received_ns=received_ns, text=_text(words))


def _text(words: str) -> str:
    return f"Kraken refused: {shown(words, TEXT_MAX)}"
