"""Leverage, margin mode and isolated margin by command line, end to end."""

import pytest

from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def test_the_instrument_stands_before_the_value_or_behind_it(paper: Paper) -> None:
    for line in ("lev 7 btc-usdt-perp", "lev btc-usdt-perp 7"):
        assert paper.session.preview(line, "BTC-USDT").text == f"lev {PERP} 7"
    for line in ("mode btc-usdt-perp isolated", "mode isolated btc-usdt-perp"):
        assert paper.session.preview(line, "BTC-USDT").text == f"mode isolated {PERP}"
    for line in ("margin btc-usdt-perp +50", "margin +50 btc-usdt-perp"):
        assert paper.session.preview(line, "BTC-USDT").text == f"margin {PERP} +50"


def test_more_leverage_holds_less_margin(paper: Paper) -> None:
    exchange = paper.session.exchange
    assert paper.line("lev 5", PERP)[0].startswith(f"{PERP} has 5x leverage now")
    paper.line("b 0.1", PERP)
    _, before = exchange.balance("main", "USDT")
    paper.line("lev 10", PERP)
    _, after = exchange.balance("main", "USDT")
    assert after == pytest.approx(before / 2, abs=2)


def test_an_isolated_position_takes_money_and_gives_it_back(paper: Paper) -> None:
    assert "isolated margin" in paper.line("mode isolated; lev 10", PERP)[0]
    paper.line("b 0.1", PERP)
    (added,) = paper.line("margin +500", PERP)
    assert added.startswith(f"500.00 USDT added to the margin of {PERP}; ")
    (taken,) = paper.line("margin -400", PERP)
    assert taken.startswith(f"400.00 USDT taken from the margin of {PERP}; ")


def test_the_mode_cannot_change_under_a_position(paper: Paper) -> None:
    paper.line("b 0.1", PERP)
    assert paper.refusal("mode isolated", PERP)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lev", "lev needs a whole number"),
        ("lev 0", "is no leverage"),
        ("lev 2.5", "is no leverage"),
        ("mode crossed", "did you mean `cross`?"),
        ("margin 500", "did you mean `+500`?"),
        ("margin +0", "zero"),
        ("lev 5 BTC-USDT-PERP 6", "takes one symbol"),
        ("lev BTC-USDT-PERP 5 ETH-USDT-PERP", "takes one symbol"),
        ("lev BTC-USDT-PERP", "is no leverage"),
        ("mode BTC-USDT-PERP crossed", "did you mean `cross`?"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    paper: Paper, text: str, words: str
) -> None:
    assert words in paper.refusal(text, PERP)


def test_what_an_order_leaves_is_told_before_it_is_sent_and_comes_true(paper: Paper) -> None:
    paper.line("mode isolated; lev 10", PERP)
    told = paper.session.preview("b 0.1", PERP).messages
    (foreseen,) = [text for text in told if text.startswith("then long 0.1, margin ")]
    assert " USDT at 10x, liquidation at " in foreseen
    paper.line("b 0.1", PERP)
    stake = paper.session.exchange.stake("main", PERP)
    assert stake is not None
    assert stake.liquidation_ticks is not None
    price = paper.session.scale(PERP).price_decimal(stake.liquidation_ticks)
    said = foreseen.partition("liquidation at ")[2].partition(", ")[0].replace(",", "")
    assert abs(float(said) - float(price)) <= 1


def test_an_asset_on_margin_can_be_sold_short(paper: Paper) -> None:
    paper.line("mode cross; lev 5")
    told = paper.session.preview("s 0.1", "BTC-USDT").messages
    assert any(text.startswith("then short 0.1, margin ") for text in told)
    paper.line("s 0.1")
    assert paper.session.positions()[0].lots < 0


def test_a_share_of_the_buying_power_counts_the_leverage(paper: Paper) -> None:
    paper.line("lev 2; b 1%", PERP)
    _, few = paper.session.exchange.balance("main", "USDT")
    lots = paper.session.positions()[0].lots
    paper.line("flatten; lev 10; b 1%", PERP)
    assert paper.session.positions()[0].lots > 4 * lots
    assert few > 0


def test_what_is_set_aside_for_a_position_is_still_equity(paper: Paper) -> None:
    paper.line("mode isolated; lev 10", PERP)
    before = paper.session.account_view().equity_quanta
    paper.line("b 0.1; margin +500", PERP)
    view = paper.session.account_view()
    assert view.equity_quanta is not None
    assert view.unrealised_quanta is not None
    assert before is not None
    assert view.equity_quanta == before + view.unrealised_quanta - view.fees_quanta


@pytest.mark.parametrize(
    ("before", "text", "focus"),
    [
        ("help", "lev 3", "BTC-USDT"),
        ("help", "lev 101", PERP),
        ("help", "margin +500", PERP),
        ("mode isolated", "margin +500", PERP),
        ("b 0.1", "mode isolated", PERP),
        ("b 0.1 at bid-100t", "mode isolated", PERP),
    ],
)
def test_a_choice_about_margin_tells_that_it_would_be_refused_and_is(
    paper: Paper, before: str, text: str, focus: str
) -> None:
    paper.line(before, focus)
    assert paper.session.preview(text, focus).messages[-1].startswith("would be refused: ")
    assert paper.refusal(text, focus)
