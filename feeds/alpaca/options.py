"""Alpaca's option chains: quotes and valuations of every contract on a stock, page by page.

They are asked for by whoever shows a chain; no market of the feed is made of them.

Source: Alpaca Market Data API, *Option chain*, read on 2026-11-21: `indicative` is the feed of the
free plan, 15 minutes old; a page holds up to 1,000 contracts. Contracts are named as the Options
Clearing Corporation does: root, date, right, and the strike in thousandths with eight digits.
"""

import re
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec import Raw

from feeds.aggregator import text_of
from feeds.alpaca.payloads import RestQuote
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import float_or_none, plain_number
from feeds.messages import OptionSummary, Quote
from feeds.rfc3339 import unix_ns
from feeds.sources import decoded, number_text
from feeds.venue import RestRequest

CONTRACTS_MAX = 1000
STRIKE_PLACES = 3
_CONTRACT = re.compile(r"([A-Z]{1,6})(\d{6})([CP])(\d{8})")


class _Greeks(msgspec.Struct):
    delta: Raw = Raw()
    gamma: Raw = Raw()
    vega: Raw = Raw()
    theta: Raw = Raw()
    rho: Raw = Raw()


class _Contract(msgspec.Struct):
    latestQuote: RestQuote | None = None
    impliedVolatility: Raw = Raw()
    greeks: _Greeks | None = None


class _Page(msgspec.Struct):
    snapshots: dict[str, _Contract]
    next_page_token: str | None = None


_page = msgspec.json.Decoder(_Page)


@dataclass(frozen=True, slots=True)
class ChainPage:
    """A part of a chain.

    Attributes:
        quotes: Of the contracts that are quoted; sizes are in contracts.
        summaries: Of the contracts that Alpaca values.
        next_page: What to ask for the next part with; empty after the last.
    """

    quotes: tuple[Quote, ...]
    summaries: tuple[OptionSummary, ...]
    next_page: str


def chain_request(
    underlying: str, key: str, secret: str, page: str = "", feed: str = "indicative"
) -> RestRequest:
    """Asks for a part of the chain on a stock, below the address of market data."""
    params = {"feed": feed, "limit": str(CONTRACTS_MAX)} | ({"page_token": page} if page else {})
    headers = {"apca-api-key-id": key, "apca-api-secret-key": secret}
    return RestRequest(f"/v1beta1/options/snapshots/{underlying}", params, headers=headers)


def read_chain(body: bytes, received_ns: int) -> ChainPage:
    """The contracts of an answer, under our names.

    Raises:
        MalformedFrame: Not what the documentation says.
    """
    page = decoded(_page, body)
    contracts = [(our_option(name), contract) for name, contract in page.snapshots.items()]
    return ChainPage(
        quotes=tuple(
            _quote(symbol, contract.latestQuote, received_ns)
            for symbol, contract in contracts
            if contract.latestQuote is not None
        ),
        summaries=tuple(
            _summary(symbol, contract, received_ns)
            for symbol, contract in contracts
            if contract.greeks is not None or number_text(contract.impliedVolatility)
        ),
        next_page=page.next_page_token or "",
    )


def our_option(name: str) -> str:
    """`AAPL-20261218-162.5-C` from `AAPL261218C00162500`.

    Raises:
        MalformedFrame: No such name.
    """
    parts = _CONTRACT.fullmatch(name)
    if parts is None:
        raise MalformedFrame(f"{name[:24]!r} is no option such as AAPL261218C00162500")
    root, day, right, strike = parts.groups()
    try:
        expiry = datetime.strptime(f"20{day}", "%Y%m%d")
    except ValueError:
        raise MalformedFrame(f"{name!r} names a day that does not exist") from None
    return f"{root}-{expiry:%Y%m%d}-{text_of(int(strike), STRIKE_PLACES)}-{right}"


def _quote(symbol: str, stated: RestQuote, received_ns: int) -> Quote:
    bid, bid_size, ask, ask_size = (
        _number(token) for token in (stated.bp, stated.bs, stated.ap, stated.ask_size)
    )
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=bid,
        bid_size=bid_size if NUMBERS[bid] else "0",
        ask=ask,
        ask_size=ask_size if NUMBERS[ask] else "0",
        venue_ns=unix_ns(stated.t),
    )


def _summary(symbol: str, contract: _Contract, received_ns: int) -> OptionSummary:
    greeks, quote = contract.greeks or _Greeks(), contract.latestQuote
    return OptionSummary(
        received_ns=received_ns,
        venue_ns=unix_ns(quote.t) if quote is not None else received_ns,
        symbol=symbol,
        underlying_price=None,
        mark_iv=float_or_none(number_text(contract.impliedVolatility)),
        bid_iv=None,
        ask_iv=None,
        delta=float_or_none(number_text(greeks.delta)),
        gamma=float_or_none(number_text(greeks.gamma)),
        vega=float_or_none(number_text(greeks.vega)),
        theta=float_or_none(number_text(greeks.theta)),
        rho=float_or_none(number_text(greeks.rho)),
    )


def _number(token: Raw) -> str:
    """Plain digits of what is not negative."""
    text = plain_number(number_text(token))
    NUMBERS[text]
    return text
