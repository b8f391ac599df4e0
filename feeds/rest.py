"""Requests to a venue: paced, bounded, and their failures in plain words."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import httpx

from feeds.errors import Unreachable, VenueRefused
from feeds.network_words import host_of, plain_words
from feeds.venue import Limits, RestRequest

Wait = Callable[[float], Awaitable[None]]

TOO_MANY = frozenset({418, 429})
"""Asked too often; 418 is what a venue answers once it has banned an address for a while."""
REFUSED = frozenset({401, 403, 404, 410, 451})
OK = 200
BAD_REQUEST = 400
SERVER_ERROR = 500
RETRY_AFTER_MAX_S = 3600.0


class Rest:
    """One venue's REST address.

    Args:
        client: Closed by whoever made it.
        url: What paths are appended to.
        limits: Rate, size and patience.
        wait: Passes some seconds.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        limits: Limits,
        *,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._client = client
        self._url = url
        self._limits = limits
        self._wait = wait
        self._turn = asyncio.Lock()

    async def get(self, request: RestRequest) -> bytes:
        """The body of an answer, which may be a refusal in the venue's own words.

        Raises:
            Unreachable: No usable answer this time.
            VenueRefused: An answer that asking again will not change.
        """
        async with self._turn:
            try:
                body = await self._body(request)
                return _labelled(request.about, body) if request.about else body
            except httpx.HTTPError as error:
                host = host_of(self._url)
                raise Unreachable(f"cannot reach {host} ({plain_words(error)})") from error
            finally:
                await self._wait(self._limits.rest_interval_s)

    async def _body(self, request: RestRequest) -> bytes:
        url = self._url + request.path
        async with self._asked(url, request) as answer:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > self._limits.frame_bytes_max:
                    raise Unreachable(f"{host_of(self._url)} sent a body that is too large")
        self._check_status(answer, bytes(body))
        return bytes(body)

    def _asked(self, url: str, request: RestRequest) -> AbstractAsyncContextManager[httpx.Response]:
        if not request.body:
            params, headers = dict(request.params), dict(request.headers)
            return self._client.stream("GET", url, params=params, headers=headers)
        headers = {"content-type": "application/json", **request.headers}
        return self._client.stream("POST", url, content=request.body, headers=headers)

    def _check_status(self, answer: httpx.Response, body: bytes) -> None:
        status, host = answer.status_code, host_of(self._url)
        if status in TOO_MANY:
            seconds = _retry_after_s(answer.headers.get("retry-after", ""))
            raise Unreachable(f"{host} asks us to slow down (HTTP {status})", seconds)
        in_words = body.lstrip().startswith(b"{")
        if status == OK or (BAD_REQUEST <= status < SERVER_ERROR and in_words):
            return
        if status in REFUSED:
            raise VenueRefused(f"{host} refuses to serve {answer.url.path} (HTTP {status})")
        raise Unreachable(f"{host} answered HTTP {status}")


def _labelled(about: str, body: bytes) -> bytes:
    return b'{"about":"%b","answer":%b}' % (about.encode(), body)


def _retry_after_s(text: str) -> float:
    return min(float(text), RETRY_AFTER_MAX_S) if text.isascii() and text.isdigit() else 0.0
