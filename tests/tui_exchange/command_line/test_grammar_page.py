"""`docs/grammar.md` tells the truth: every example on it is run, every table is complete."""

from pathlib import Path

import pytest

from tests.tui_exchange.command_line.trader import Trader
from tui_exchange.charge_words import ChargeWords
from tui_exchange.command_line import (
    COMMANDS,
    CommandLineRefusal,
    LineState,
    describe_order,
    parse_line,
    render_line,
    resolve,
)
from tui_exchange.command_line.help import usage
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    PRICE_HELP,
    UNBUILT_VARIABLES,
    UNBUILT_VERBS,
    VARIABLES,
)
from tui_exchange.feed_switching import FeedSwitching
from tui_exchange.limit_words import LimitWords
from tui_exchange.market_scenario import MarketScenario
from tui_exchange.market_time import MarketTime
from tui_exchange.pair_words import PairWords
from tui_exchange.portfolio_words import PortfolioWords
from tui_exchange.risk.advise_words import AdviseWords
from tui_exchange.risk.report_words import ReportWords

PAGE = Path(__file__).resolve().parents[3] / "docs" / "grammar.md"
MARKS = ("= ", "> ", "! ")


def outcome(text: str) -> list[str]:
    """What the page says below a line."""
    desk = Trader()
    said: list[str] = []
    try:
        statements = parse_line(text, desk.aliases)
        said.append(f"= {render_line(statements)}")
        state = LineState()
        for statement in statements:
            resolved = resolve(statement, desk, state)
            state = resolved.state
            for order in resolved.orders:
                scale = desk.market(order.symbol).scale
                said.append(f"> {describe_order(order, scale)}")
    except CommandLineRefusal as refusal:
        said.append(f"! {refusal.sentence}")
    return said


def examples() -> list[tuple[str, list[str]]]:
    """Each line that the page shows, with what it says below it."""
    found: list[tuple[str, list[str]]] = []
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            inside = line == "```grammar"
        elif inside and line.startswith(MARKS):
            found[-1][1].append(line)
        elif inside:
            found.append((line, []))
    return found


@pytest.mark.parametrize(("text", "said"), examples(), ids=lambda value: str(value)[:40])
def test_every_example_does_what_the_page_says(text, said):
    assert outcome(text) == said


def test_every_command_flag_price_and_later_word_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
    assert len(examples()) > 60
    for command in COMMANDS:
        assert f"| `{usage(command)}` | {command.help} |" in page
    prices = [word.value for word in PRICE_HELP]
    for word in [*FLAG_HELP, *prices, *VARIABLES, *UNBUILT_VARIABLES]:
        assert f"`{word}" in page
    for word, meanwhile in UNBUILT_VERBS.items():
        assert f"`{word}` | {meanwhile} |" in page


@pytest.mark.parametrize(
    "family",
    [
        AdviseWords,
        ChargeWords,
        FeedSwitching,
        LimitWords,
        MarketScenario,
        MarketTime,
        PairWords,
        PortfolioWords,
        ReportWords,
    ],
)
def test_every_word_for_the_market_is_on_the_page(family):
    page = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
    for word in family.words:
        assert f"| `{usage(word)}` | {word.help} |" in page
