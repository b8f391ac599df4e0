"""A perpetual pays the funding that its venue publishes, by itself."""

from engine.core.commands import AdvanceTime, FundingModel
from engine.core.instruments import AssetClass
from feeds.messages import FundingRate
from tests.tui_exchange.entered import Entered, instrument
from tests.tui_exchange.paper import START_NS, Paper
from tui_exchange.sentences import told

PERP = "BTC-USDT-PERP"
HOUR_NS = 3_600 * 10**9


def rate(text: str, interval_ns: int | None = None) -> FundingRate:
    return FundingRate(
        received_ns=1, venue_ns=1, symbol=PERP, rate=text, next_ns=None, interval_ns=interval_ns
    )


def test_a_perpetual_pays_by_the_rate_of_its_venue() -> None:
    paper = Paper()
    paper.run()
    paper.session.take(rate("0.000100005", 4 * HOUR_NS))
    standing = paper.session.exchange.funding(PERP)
    assert standing is not None
    assert (standing.model, standing.rate_ppb) == (FundingModel.VENUE, 100_005)
    assert standing.interval_ns == 4 * HOUR_NS


def test_time_alone_makes_it_pay_and_the_payment_is_told() -> None:
    paper = Paper()
    paper.run()
    paper.line("b 0.1", PERP)
    paper.session.take(rate("0.0001", 4 * HOUR_NS))
    exchange = paper.session.exchange
    events = exchange.apply(AdvanceTime(), START_NS + 4 * HOUR_NS + 1)
    assert exchange.positions("main")[PERP].funding_quanta > 0
    assert any(text.startswith("funding paid: ") for text in told(exchange, events, "main"))


def test_an_inverse_contract_pays_funding_too_unless_it_is_dated() -> None:
    at = Entered()
    for symbol in ("BTC-USD-PERP", "BTC-USD-20261225"):
        at.list(instrument(symbol, asset_class=AssetClass.INVERSE, settlement="BTC"))
    standing = at.exchange.funding("BTC-USD-PERP")
    assert standing is not None
    assert standing.model is FundingModel.VENUE
    assert at.exchange.funding("BTC-USD-20261225") is None
