"""Commands and events as bytes: JSON, one definition for the log and the history.

Not msgpack, although it is shorter: its integers end at 64 bits, and money in quanta of 10^-12 does
not. JSON costs the same to write, and a person can read the log.
"""

import msgspec

from engine.core.commands import Command
from engine.core.events import Event

_encoder = msgspec.json.Encoder()
_command_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_event_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode_command(command: Command) -> bytes:
    """The bytes of a command, the same for equal commands."""
    return _encoder.encode(command)


def decode_command(payload: bytes) -> Command:
    """The command that was encoded.

    Raises:
        msgspec.DecodeError: Not JSON, or not a command of this version.
    """
    return _command_decoder.decode(payload)


def encode_event(event: Event) -> bytes:
    """The bytes of an event, the same for equal events."""
    return _encoder.encode(event)


def decode_event(payload: bytes) -> Event:
    """The event that was encoded; raises like `decode_command`."""
    return _event_decoder.decode(payload)
