"""What a feed has not shown yet cannot be traded."""

from decimal import Decimal

from engine.core.commands import Command, OrderType, PlaceOrder, Side
from engine.core.events import OrderAccepted, OrderRejected
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.reasons import Reason
from feeds.messages import BookSnapshot, InstrumentTerms
from tui_exchange.market_entry import MarketEntry
from tui_exchange.opening import open_portfolio
from tui_exchange.settings import Settings

TERMS = Instrument(
    symbol="BTC-USDT",
    venue="test",
    asset_class=AssetClass.SPOT,
    base="BTC",
    quote="USDT",
    settlement="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.001"),
)
ORDER = PlaceOrder(
    account="main",
    symbol="BTC-USDT",
    side=Side.BUY,
    order_type=OrderType.LIMIT,
    lots=10,
    price_ticks=7_000_000,
)


def test_a_listed_market_takes_orders_from_its_first_snapshot_on() -> None:
    exchange, settings = Exchange(), Settings()

    def submit(command: Command) -> object:
        return exchange.apply(command, exchange.now_ns + 1)

    entry = MarketEntry(
        exchange,
        settings.market,
        settings.margin,
        submit,
        news=lambda _: None,
        changed=lambda _: None,
        listed=lambda: None,
        fees=lambda _: "",
        facts=lambda _: None,
        live=lambda _: True,
        now_ns=lambda: exchange.now_ns,
    )
    open_portfolio(exchange, settings, submit)

    entry.take(InstrumentTerms(received_ns=1, instrument=TERMS, venue_symbol="BTCUSDT"))
    (early,) = exchange.apply(ORDER, 2)
    assert isinstance(early, OrderRejected)
    assert early.reason is Reason.MARKET_STALE

    bids, asks = (("61999.00", "1.000"),), (("62000.00", "1.000"),)
    entry.take(BookSnapshot(received_ns=3, symbol="BTC-USDT", update_id=1, bids=bids, asks=asks))
    assert isinstance(exchange.apply(ORDER, 4)[0], OrderAccepted)
