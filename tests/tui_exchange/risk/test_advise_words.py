"""`advise` shows every limit with its range, and sets what is written of it."""

from decimal import Decimal

import pytest

from engine.monitor import LIMITS, Action, LimitName, Response, default_limits
from tests.tui_exchange.paper import Paper


@pytest.fixture(scope="module")
def desk() -> Paper:
    """One market for all: what is set is put back for each test."""
    made = Paper()
    made.run()
    made.session.tick()
    return made


@pytest.fixture
def paper(desk: Paper) -> Paper:
    desk.line("advise reset")
    return desk


def test_all_limits_are_shown_with_range_default_and_where_they_stand(paper: Paper) -> None:
    paper.line("b 2")
    title, *lines = paper.line("advise")
    assert title == "advisory limits of portfolio main"
    assert [line.partition(" ")[0] for line in lines] == [name.value for name in LIMITS]
    assert lines[0] == (
        "position-size 25%, warns, alert; now 2.49% (1 to 100%, default 25%): value of one"
        " position, of equity"
    )
    assert "; now 1 position (" in lines[2]
    assert all(spec.range_text in line for spec, line in zip(LIMITS.values(), lines, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "daily-loss 5 block action=halt",
        "daily-loss=5 action=halt block",
        "DAILY-LOSS=5% BLOCK ACTION=HALT",
    ],
)
def test_value_response_and_action_come_in_any_order(paper: Paper, text: str) -> None:
    (line,) = paper.line(f"advise {text}")
    assert line.startswith("daily-loss 5%, blocks, halt; now 0")
    setting = paper.session.risk_desk.limits.of("main")[LimitName.DAILY_LOSS]
    chosen = (setting.value, setting.response, setting.action)
    assert chosen == (Decimal(5), Response.BLOCK, Action.HALT)


def test_what_is_not_named_stays(paper: Paper) -> None:
    paper.line("advise drawdown 30 block; advise drawdown action=cancel; advise drawdown off")
    setting = paper.session.risk_desk.limits.of("main")[LimitName.DRAWDOWN_STOP]
    chosen = (setting.value, setting.response, setting.action)
    assert chosen == (Decimal(30), Response.OFF, Action.CANCEL)
    assert paper.line("advise drawdown")[0].startswith("drawdown 30%, off; now 0")


def test_reset_is_all_defaults(paper: Paper) -> None:
    paper.line("advise drawdown 30 block; advise reset")
    assert paper.session.risk_desk.limits.of("main") == default_limits()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("advise drawdwn 3", "'drawdwn' is no advisory limit; did you mean `drawdown`?"),
        ("advise drawdown 99", "99 is out of range: drawdown may be 5 to 50%"),
        ("advise drawdown 5.00001", "5.00001 is too fine: drawdown may be 5 to 50%"),
        ("advise open-positions 2.5", "2.5 is no whole number: open-positions may be 1 to 100"),
        ("advise drawdown much", "'much' is neither a value of drawdown, 5 to 50%, nor warn"),
        ("advise drawdown 6 7", "advise drawdown: '7' is a second value"),
        ("advise drawdown action=stop", "'stop' is no action; there are alert, reduce, cancel"),
        ("advise trade-risk action=halt", "trade-risk is judged before an order and has no action"),
        ("advise reset now", "advise reset takes nothing more"),
        ("advise drawdown=", "'' is neither a value of drawdown"),
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(
    paper: Paper, text: str, told: str
) -> None:
    assert told in paper.refusal(text)
    assert paper.session.risk_desk.limits.of("main") == default_limits()


def test_resuming_what_is_not_halted_says_so(paper: Paper) -> None:
    assert paper.line("advise resume") == ("openings of portfolio main are not halted",)
