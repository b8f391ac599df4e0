"""Option chains of Alpaca under our names."""

import json

import pytest

from feeds.alpaca.options import chain_request, our_option, read_chain
from feeds.errors import MalformedFrame

T = "2026-11-20T20:59:59.5Z"
QUOTE = {"bp": 4.1, "bs": 12, "ap": 4.35, "as": 3, "bx": "C", "ax": "N", "c": " ", "t": T}
GREEKS = {"delta": -0.41, "gamma": 0.02, "rho": -0.05, "theta": -0.11, "vega": 0.2}


def test_a_page_holds_quotes_and_valuations_by_our_names() -> None:
    snapshots = {
        "AAPL261218P00162500": {
            "greeks": GREEKS,
            "impliedVolatility": 0.2785,
            "latestQuote": QUOTE,
            "latestTrade": {"p": 4.2, "s": 1, "t": T, "x": "C", "c": "I"},
        },
        "AAPL270115C00300000": {"latestQuote": QUOTE | {"bp": 0, "bs": 0}},
        "AAPL270115C00990000": {},
    }
    page = read_chain(json.dumps({"snapshots": snapshots, "next_page_token": "abc"}).encode(), 7)
    put, call = page.quotes
    assert (put.symbol, put.bid, put.ask_size) == ("AAPL-20261218-162.5-P", "4.1", "3")
    assert (call.symbol, call.bid, call.bid_size) == ("AAPL-20270115-300-C", "0", "0")
    (summary,) = page.summaries
    assert (summary.mark_iv, summary.delta, summary.bid_iv) == (0.2785, -0.41, None)
    assert page.next_page == "abc"


def test_the_last_page_has_no_next() -> None:
    assert read_chain(b'{"snapshots":{},"next_page_token":null}', 0).next_page == ""


@pytest.mark.parametrize(
    "body",
    [
        b'{"snapshots":{"AAPL":{}}}',
        b'{"snapshots":{"AAPL261399C00162500":{}}}',
        b'{"snapshots":{"AAPL261218C00162500":{"impliedVolatility":1e999}}}',
        b'{"snapshots":{"AAPL261218C00162500":{"latestQuote":{"bp":-1,"bs":1,"ap":1,"as":1,"t":"'
        b'2026-11-20T20:59:59Z"}}}}',
        b'{"message":"forbidden."}',
        b"[",
    ],
)
def test_what_is_no_chain_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedFrame):
        read_chain(body, 0)


def test_a_strike_keeps_its_thousandths() -> None:
    assert our_option("F261218C00012005") == "F-20261218-12.005-C"


def test_the_key_goes_in_headers() -> None:
    request = chain_request("AAPL", "PK-0123456789", "s3cr3t", "abc")
    assert request.params == {"feed": "indicative", "limit": "1000", "page_token": "abc"}
    assert "s3cr3t" not in repr(request)
