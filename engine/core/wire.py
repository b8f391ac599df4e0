"""Commands and events as bytes: msgpack, one definition for the log, the history and the snapshot."""

import msgspec

from engine.core.commands import Command
from engine.core.events import Event

_encoder = msgspec.msgpack.Encoder()
_command_decoder = msgspec.msgpack.Decoder(Command)
_event_decoder = msgspec.msgpack.Decoder(Event)


def encode_command(command: Command) -> bytes:
    """The bytes of a command, the same for equal commands."""
    return _encoder.encode(command)


def decode_command(payload: bytes) -> Command:
    """The command that was encoded.

    Raises:
        msgspec.ValidationError: Not a command of this version.
        msgspec.DecodeError: Not msgpack.
    """
    return _command_decoder.decode(payload)


def encode_event(event: Event) -> bytes:
    """The bytes of an event, the same for equal events."""
    return _encoder.encode(event)


def decode_event(payload: bytes) -> Event:
    """The event that was encoded; raises like `decode_command`."""
    return _event_decoder.decode(payload)
