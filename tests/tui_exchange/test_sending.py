"""Orders take time: what a trader sees before, while and after they arrive."""

from collections.abc import Iterator

import pytest

from engine.core.commands import MirrorTrade, PlaceOrder, Side
from tests.tui_exchange.paper import Paper
from tui_exchange.settings import Market, Settings

SLOW = Settings(market=Market(latency="1000ms", latency_cancel="3000ms"))


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper(settings=SLOW)
    yield paper
    paper.session.close()


def test_an_order_is_none_until_it_arrives(paper: Paper) -> None:
    assert paper.line("b 0.5") == ("on its way: reaches the venue in 1000 ms",)
    assert paper.session.fills(1) == ()
    paper.session.news.clear()
    paper.run(2)
    assert len(paper.session.fills(5)) >= 1
    (told,) = [text for text in paper.session.news if "bought 0.5 BTC-USDT" in text]
    assert "fee" in told


def test_an_order_fills_while_its_cancel_is_on_its_way(paper: Paper) -> None:
    paper.line("b 0.01 at -5%")
    paper.run(2)
    (order,) = paper.session.working_orders()
    paper.line("cancel #1")
    assert paper.session.working_orders() == (order,)
    assert order.price_ticks is not None
    paper.session.submit(
        MirrorTrade(
            symbol="BTC-USDT", side=Side.SELL, price_ticks=order.price_ticks - 1, lots=10**6
        )
    )
    assert paper.session.working_orders() == ()
    paper.session.news.clear()
    paper.run(4)
    assert any("order 1 is not live" in text for text in paper.session.news)


def test_a_refusal_is_told_when_the_venue_gives_it(paper: Paper) -> None:
    paper.line("b 1000000")
    paper.session.news.clear()
    paper.run(2)
    assert any("reduce to" in text or "needs" in text for text in paper.session.news)


def test_the_kill_switch_does_not_travel(paper: Paper) -> None:
    paper.line("b 0.5")
    paper.line("kill")
    assert paper.session.killed
    paper.run(2)
    assert paper.session.positions() == ()
    assert any("kill switch" in text for text in paper.session.news)


def test_what_was_sent_survives_the_end_of_the_program(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("profile")
    slowest = Settings(market=Market(latency="60000ms"))
    first = Paper(folder, slowest)
    first.run(1)
    first.line("b 0.5")
    first.session.close()
    second = Paper(folder, slowest)
    (sent,) = second.session.exchange.on_the_way("main")
    assert isinstance(sent.command, PlaceOrder)
    assert sent.command.lots == 500
    second.session.close()


def test_what_was_on_its_way_at_the_end_never_meets_the_market_of_then(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("profile")
    quick = Settings(market=Market(latency="1ms"))
    first = Paper(folder, quick)
    first.run(1)
    first.line("b 0.5")
    first.session.close()
    second = Paper(folder, quick)
    second.run(1)
    assert second.session.exchange.on_the_way("main") == ()
    assert second.session.positions() == ()
    assert any("no live prices" in text for text in second.session.news)
    second.session.close()
