"""What happens while nobody presses a key is told once, and seen on the tape."""

from engine.core.commands import SetPrice, Side, TriggerSource
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.alarm import Alarm

BTC = "BTC-USDT"
PERP = "ETH-USDT-PERP"


def told(market: StillMarket) -> str:
    """What was told since the last call."""
    sentences = "; ".join(market.session.news)
    market.session.news.clear()
    return sentences


def later(market: StillMarket, seconds: int) -> None:
    """Time passes in which nothing comes from the market."""
    market.session.tick()
    market.clock.advance(seconds * 10**9)
    market.session.tick()


def test_a_stop_that_fires_is_told_and_its_trade_is_on_the_tape() -> None:
    market = StillMarket()
    market.session.run_line("buy 0.5; stop sell 0.5 at 61950", BTC)
    told(market)
    market.print(BTC, Side.SELL, 123_890, 7)
    sentence = told(market)
    assert "sold 0.5 BTC-USDT" in sentence
    sold = [one.lots for one in market.session.prints(BTC, 20) if one.own and one.side is Side.SELL]
    assert sum(sold) == 500
    assert 7 in [one.lots for one in market.session.prints(BTC, 20)]


def test_how_a_trailing_stop_follows_is_not_told() -> None:
    market = StillMarket()
    market.session.run_line("buy 0.5; trail sell 0.5 by 1%", BTC)
    told(market)
    market.print(BTC, Side.BUY, 124_100, 7)
    assert told(market) == ""


def test_an_order_whose_time_is_over_is_told() -> None:
    market = StillMarket()
    market.session.run_line("buy 0.5 at 61000 gtd=10s", BTC)
    told(market)
    later(market, 11)
    assert "its time is over" in told(market)


def test_what_an_own_line_did_is_not_told_again() -> None:
    market = StillMarket()
    market.session.run_line("buy 0.5 tp=+1% sl=-1%; cancel all", BTC)
    assert told(market) == ""


def test_a_halt_and_its_end_are_told() -> None:
    market = StillMarket()
    market.session.run_line("halt 10s", BTC)
    later(market, 11)
    assert "trades again" in told(market)


def test_a_liquidation_in_another_portfolio_is_an_alarm_under_its_title() -> None:
    market = StillMarket()
    run = market.session.run_line
    run("portfolio new small start=1000 base=USDT; portfolio use small; lev 100", PERP)
    assert run("b 10; portfolio rename 'my scalps'".replace("'", '"'), PERP).ok
    assert run("portfolio use main", PERP).ok
    told(market)
    market.session.submit(SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=59_000))
    alarms = [one for one in market.session.news if isinstance(one, Alarm)]
    assert alarms
    assert all(one.startswith("my scalps: ") for one in alarms)
    assert any("LIQUIDATED: " in one for one in alarms)
    assert told(market).startswith("my scalps: LIQUIDATION of cross positions in USDT begins")
