"""The whole state as bytes and back, and its hash.

A snapshot lists queues in priority order and dictionaries in their order of insertion, so a
restored exchange gives the same events as the one that was saved.
"""

import hashlib

import msgspec

from engine.core.exchange import Exchange
from engine.core.snapshot.loading import load
from engine.core.snapshot.saved import SavedState
from engine.core.snapshot.saving import save


def encode(exchange: Exchange) -> bytes:
    """The exchange's state as bytes; equal states give equal bytes."""
    return msgspec.json.encode(save(exchange.state))


def decode(payload: bytes) -> Exchange:
    """The exchange that was encoded.

    Raises:
        msgspec.DecodeError: Not JSON, or not a snapshot of this version.
    """
    return Exchange(load(msgspec.json.decode(payload, type=SavedState)))


def state_hash(exchange: Exchange) -> str:
    """SHA-256 of the encoded state, in hexadecimal."""
    return hashlib.sha256(encode(exchange)).hexdigest()


__all__ = ["decode", "encode", "state_hash"]
