"""What currencies are worth in each other, what an account is worth, what counts as collateral."""

from decimal import Decimal

from engine.core.accounts.collateral import standing
from engine.core.accounts.rates import Equity, Rate
from engine.core.commands import (
    Command,
    ConfigureCurrency,
    ConfigureOracle,
    ConfigurePortfolio,
    Deposit,
    ListInstrument,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Profile,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import QUANTA_PER_UNIT

UNIT = QUANTA_PER_UNIT
INDEX, MARK = TriggerSource.INDEX, TriggerSource.MARK


def spot(base: str, quote: str) -> Instrument:
    return Instrument(
        symbol=f"{base}-{quote}",
        venue="local",
        asset_class=AssetClass.SPOT,
        base=base,
        quote=quote,
        settlement=quote,
        tick_size=Decimal("0.5"),
        lot_size=Decimal("0.01"),
        maker_fee_ppm=0,
        taker_fee_ppm=0,
    )


def running(*commands: Command) -> Exchange:
    exchange = Exchange()
    for command in commands:
        exchange.apply(command, 0)
    return exchange


def listed(base: str, quote: str, ticks: int | None = None) -> list[Command]:
    commands: list[Command] = [ListInstrument(instrument=spot(base, quote))]
    if ticks is not None:
        commands.append(SetPrice(symbol=f"{base}-{quote}", source=INDEX, price_ticks=ticks))
    return commands


def worth(exchange: Exchange, source: str, target: str) -> int | None:
    """What a million units are worth, in quanta."""
    found = exchange.rate(source, target)
    return None if found is None else found.of(1_000_000 * UNIT)


def test_a_market_converts_both_ways() -> None:
    exchange = running(*listed("BTC", "USDT", 120_000))
    assert worth(exchange, "BTC", "USDT") == 60_000 * 1_000_000 * UNIT
    assert worth(exchange, "USDT", "BTC") == 1_000_000 * UNIT // 60_000
    assert worth(exchange, "USDT", "USDT") == 1_000_000 * UNIT


def test_an_index_goes_before_a_mark_and_a_mark_before_the_last_trade() -> None:
    exchange = running(
        *listed("BTC", "USDT"), SetPrice(symbol="BTC-USDT", source=MARK, price_ticks=10)
    )
    assert worth(exchange, "BTC", "USDT") == 5_000_000 * UNIT
    exchange.apply(SetPrice(symbol="BTC-USDT", source=INDEX, price_ticks=12), 0)
    assert worth(exchange, "BTC", "USDT") == 6_000_000 * UNIT


def test_a_market_without_any_price_says_nothing() -> None:
    assert running(*listed("BTC", "USDT")).rate("BTC", "USDT") is None


def test_one_currency_in_between_is_enough_and_two_are_not() -> None:
    exchange = running(
        *listed("BTC", "USDT", 100), *listed("EUR", "USDT", 4), *listed("EUR", "CHF", 3)
    )
    assert worth(exchange, "BTC", "EUR") == 25_000_000 * UNIT
    assert exchange.rate("BTC", "CHF") is None


def test_pegged_currencies_are_the_same() -> None:
    exchange = running(
        *listed("BTC", "USDT", 100),
        ConfigureCurrency(currency="USDT", pegged_to="USD"),
        ConfigureCurrency(currency="USDC", pegged_to="USD"),
    )
    assert exchange.rate("USDC", "USDT") == Rate(1, 1)
    assert worth(exchange, "BTC", "USDC") == 50_000_000 * UNIT


def test_a_rate_is_stale_when_the_oracle_of_its_market_is() -> None:
    exchange = running(
        *listed("BTC", "USDT"),
        ConfigureOracle(symbol="BTC-USDT", max_age_ns=10),
        SetPrice(symbol="BTC-USDT", source=INDEX, price_ticks=100),
    )
    fresh = exchange.rate("BTC", "USDT")
    assert fresh is not None
    assert not fresh.stale
    exchange.state.now_ns = 11
    stale = exchange.rate("BTC", "USDT")
    assert stale is not None
    assert stale.stale
    assert (stale.numerator, stale.denominator) == (fresh.numerator, fresh.denominator)


def perpetual() -> Instrument:
    return Instrument(
        symbol="P",
        venue="local",
        asset_class=AssetClass.PERPETUAL,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal(1),
        lot_size=Decimal(1),
        initial_margin_ppm=100_000,
        maker_fee_ppm=0,
        taker_fee_ppm=0,
    )


def with_position() -> Exchange:
    """Ann has 1,000 USDT, 2 BTC, 5 XYZ, and 10 lots of P from 100; the mark is 90."""
    deposits = (("ann", "USDT", 1_000), ("ann", "BTC", 2), ("ann", "XYZ", 5), ("bob", "USDT", 999))
    return running(
        *listed("BTC", "USDT", 200),
        ListInstrument(instrument=perpetual()),
        OpenAccount(account="ann"),
        OpenAccount(account="bob"),
        *(
            Deposit(account=name, currency=currency, amount_quanta=amount * UNIT)
            for name, currency, amount in deposits
        ),
        *(
            PlaceOrder(
                account=name,
                symbol="P",
                side=side,
                order_type=OrderType.LIMIT,
                lots=10,
                price_ticks=100,
            )
            for name, side in (("bob", Side.SELL), ("ann", Side.BUY))
        ),
        SetPrice(symbol="P", source=MARK, price_ticks=90),
    )


def test_equity_is_cash_assets_and_unrealised_profit_and_names_what_nothing_converts() -> None:
    exchange = with_position()
    expected = (1_000 + 2 * 100 - 100) * UNIT
    assert exchange.equity("ann") == Equity("USDT", expected, ("XYZ",), stale=False)
    exchange.apply(ConfigurePortfolio(account="ann", profile=Profile(base_currency="BTC")), 0)
    assert exchange.equity("ann") == Equity("BTC", 11 * UNIT, ("XYZ",), stale=False)


def test_collateral_counts_less_its_haircut_and_only_once_it_is_configured() -> None:
    exchange = with_position()
    ann = exchange.state.accounts["ann"]
    equity, maintenance, held, _ = standing(exchange.state, ann)
    assert equity == 900 * UNIT
    assert maintenance == ann.pools["USDT"].maintenance_quanta > 0
    assert held == ann.positions["P"].held_quanta == 100 * UNIT
    exchange.apply(ConfigureCurrency(currency="BTC", haircut_ppm=50_000), 0)
    assert standing(exchange.state, ann)[0] == (900 + 190) * UNIT


def test_a_debt_counts_in_full() -> None:
    exchange = with_position()
    ann = exchange.state.accounts["ann"]
    exchange.apply(ConfigureCurrency(currency="BTC", haircut_ppm=50_000), 0)
    ledger = exchange.state.ledger
    ledger.transfer(ledger.account("ann", "BTC"), ledger.account("bob", "BTC"), 5 * UNIT)
    assert standing(exchange.state, ann)[0] == (900 - 300) * UNIT
