"""Coinbase's refusals, which repeat neither a request's id nor, in a field of their own, its
product.

Source: Coinbase Exchange and Advanced Trade, *WebSocket Overview* (error messages).
"""

import re

from feeds.messages import Refused
from feeds.plain_text import shown

TEXT_MAX = 200
_PRODUCT = re.compile(r"\b([A-Z0-9]{1,16}-[A-Z0-9]{1,16})\b is not a valid product", re.ASCII)


def refusal(parts: tuple[str, ...], received_ns: int) -> Refused:
    """The refusal in Coinbase's words, and the product that these words name."""
    words = ": ".join(part for part in parts if part)
    named = _PRODUCT.search(words)
    return Refused(
        received_ns=received_ns,
        text=f"Coinbase refused: {shown(words, TEXT_MAX) or 'it does not say why'}",
        symbol=named.group(1) if named else None,
    )
