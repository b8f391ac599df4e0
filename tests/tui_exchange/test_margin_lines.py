"""Leverage, margin mode and isolated margin by command line, end to end."""

import pytest

from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


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
        ("lev 5 BTC-USDT-PERP 6", "takes nothing else"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    paper: Paper, text: str, words: str
) -> None:
    assert words in paper.refusal(text, PERP)
