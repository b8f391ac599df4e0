"""Network errors in plain words."""

import errno
import socket
import ssl

import httpx
import pytest

from feeds.network_words import host_of, plain_words


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "name not found"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "connection refused"),
        (OSError(errno.ENETUNREACH, "x"), "no route: is this machine online?"),
        (TimeoutError(), "no answer in time"),
        (httpx.ReadTimeout(""), "no answer in time"),
        (caused(httpx.ConnectError("x"), socket.gaierror(-2, "x")), "name not found"),
        (ssl.SSLError(1, "wrong version"), "no secure connection: is a proxy in between?"),
        (httpx.UnsupportedProtocol("no scheme"), "the address is not usable: no scheme"),
    ],
)
def test_each_failure_has_words(error: BaseException, words: str) -> None:
    assert plain_words(error) == words


def test_a_host_is_named_without_port_and_path() -> None:
    assert host_of("wss://stream.binance.com:9443/stream") == "stream.binance.com"
