"""Limits by command line."""

import pytest

from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def test_a_limit_holds_from_the_next_order_on_until_it_is_off(paper: Paper) -> None:
    assert paper.line("limits") == ("no limit is set",)
    assert paper.line("limits order=1000 rate=10 leverage=2.5") == (
        "at most an order up to 1,000.00, 10 orders a second, leverage 2.5x",
    )
    assert "1,000" in paper.refusal("b 0.1")
    paper.line("limits order=off")
    paper.line("b 0.1")
    assert paper.line("limits off") == ("no limit is set",)


def test_an_instrument_has_limits_of_its_own(paper: Paper) -> None:
    (told,) = paper.line("limits btc-perp notional=5000 leverage=5")
    assert told == f"at most {PERP}: a position up to 5,000.00, leverage 5x"
    assert paper.refusal("b 0.5", PERP)
    assert paper.line("limits btc-perp off") == ("no limit is set",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limits oder=5", "did you mean `order`?"),
        ("limits positions=1.5", "no whole number"),
        ("limits BTC-USDT", "needs what"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(paper: Paper, text: str, words: str) -> None:
    assert words in paper.refusal(text)
