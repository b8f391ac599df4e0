"""Network errors in plain words: `name not found`, not `[Errno -2] …`."""

import errno
import socket
import ssl
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import (
    ConnectionClosed,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
    PayloadTooBig,
    WebSocketException,
)

from feeds.plain_text import shown

_ERRNO_WORDS = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "connection reset by the other side",
    errno.EPIPE: "connection reset by the other side",
    errno.ENETUNREACH: "no route: is this machine online?",
    errno.EHOSTUNREACH: "no route to this host",
    errno.ENETDOWN: "the network is down",
    errno.ETIMEDOUT: "no answer in time",
}
CLOSED_TOO_BIG = 1009
REASON_MAX = 120


def host_of(url: str) -> str:
    """The host that an address names, as a sentence should show it."""
    return urlsplit(url).hostname or url


def plain_words(error: BaseException) -> str:
    """Why a connection could not be made or did not last, without a code where words exist."""
    if isinstance(error, ConnectionClosed):
        return _closed_words(error)
    if isinstance(error, InvalidStatus):
        return f"refused with HTTP {error.response.status_code}"
    if isinstance(error, InvalidURI | InvalidProxy | httpx.InvalidURL | httpx.UnsupportedProtocol):
        return f"the address is not usable: {error}"
    for cause in _causes(error):
        words = _system_words(cause)
        if words:
            return words
    if isinstance(error, WebSocketException):
        return f"the other side does not speak WebSocket: {error}"
    return str(error) or type(error).__name__


def _closed_words(error: ConnectionClosed) -> str:
    sent, received = error.sent, error.rcvd
    if isinstance(error.__cause__, PayloadTooBig) or (sent and sent.code == CLOSED_TOO_BIG):
        return "it sent a frame larger than is accepted"
    if received is not None:
        reason = f": {shown(received.reason, REASON_MAX)}" if received.reason else ""
        return f"closed by the other side with code {received.code}{reason}"
    if sent is not None and sent.reason:
        return sent.reason
    return "connection lost"


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return list(reversed(chain))


def _system_words(error: BaseException) -> str:
    if isinstance(error, socket.gaierror):
        return "name not found"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "no secure connection: is a proxy in between?"
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, OSError) and error.errno is not None:
        return _ERRNO_WORDS.get(error.errno, error.strerror or "")
    return ""
