"""A venue's side of the conversation, as its documentation describes it: what each venue's tests
write, and what the battery of this folder drives over real sockets.

A speaker has no sockets: it takes the text of a frame or request and gives the texts to send, in
order. It has a true book of `symbol` that only `change` changes, kept in the venue's exact text;
the feed must come to show this book. It also serves `other`, a market whose book never changes.

| what the client does | what the speaker is asked |
|---|---|
| connects | `greeting` |
| sends a frame | `reply`, or `refuse` while the server refuses |
| asks over REST | `rest` |

Frames of `change`, `trade`, `heartbeat` and `maintenance` go to every connection that the client
has sent something on, and whose path is `path_of` the frame.
"""

from abc import abstractmethod
from typing import Protocol

from engine.core.commands import Side
from feeds.venue import Limits, Venue


class Speaker(Protocol):
    """One venue. Subclass it, so that what most venues do alike need not be written."""

    symbol: str
    """Ours."""
    other: str
    """Another market of the venue's, ours."""
    limits: Limits
    """The venue's own; the battery shortens pauses, never what decides about a market."""
    bids: dict[str, str]
    """The true book of `symbol`, price to size, in the venue's text. It starts with some levels
    around 100, whose sizes are not zero; of a quote-only venue it is one level a side."""
    asks: dict[str, str]
    notices_loss: bool = True
    """Whether an update that never arrived can be noticed: by a number, a chain or a checksum. Not
    so where each message is the whole book, or where nothing numbers the updates."""

    @abstractmethod
    def venue(self, ws_url: str, rest_url: str, limits: Limits) -> Venue:
        """The venue at these addresses: `ws://127.0.0.1:1234` and `http://127.0.0.1:1235`, to which
        it appends paths as it does for its own hosts."""

    def path_of(self, frame: str) -> str:
        """The path of the connection that carries this frame, such as `/market`; empty when the
        venue has one connection for everything."""
        del frame
        return ""

    def greeting(self) -> list[str]:
        """The frames that come upon connection, before the client says anything."""
        return []

    @abstractmethod
    def reply(self, frame: str) -> list[str]:
        """What follows a client's frame: acknowledgements, then snapshots where they are
        streamed. A subscription may ask for `symbol`, `other` or both."""

    @abstractmethod
    def refuse(self, frame: str) -> list[str]:
        """The refusal of a subscription."""

    @abstractmethod
    def rest(self, method: str, path: str, query: dict[str, str], body: str) -> tuple[int, str]:
        """Status and body for a REST request: terms, and books where they are fetched."""

    @abstractmethod
    def change(self, bids: dict[str, str], asks: dict[str, str]) -> list[str]:
        """Change the true book; the frames that tell it. A size of `"0"` removes a level."""

    @abstractmethod
    def trade(self, price: str, size: str, side: Side) -> list[str]:
        """A print in `symbol` by an aggressor of this side, with an id of its own."""

    def heartbeat(self) -> list[str]:
        """What tells a quiet market from a dead one; nothing where the venue sends no such."""
        return []

    def corrupted(self, frames: list[str]) -> list[str] | None:
        """The frames of a change with a wrong checksum; None where the venue states none."""
        del frames
        return None

    def maintenance(self) -> list[str]:
        """The messages of restart or maintenance that the venue documents, if any. The trader is to
        be told, and the feed to live on, here or on a new connection."""
        return []

    @abstractmethod
    def huge_snapshot(self, size_bytes: int) -> None:
        """From now on the snapshots of `symbol` are about this long, and at least this long."""
