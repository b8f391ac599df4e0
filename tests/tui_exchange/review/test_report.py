"""The JSON object: everything that the screen shows, without loss."""

import json

from tui_exchange.review.model import History
from tui_exchange.review.report import document
from tui_exchange.review.summary import FORMULAS


def test_the_object_has_equity_trades_and_summary_as_exact_texts(history: History) -> None:
    found = json.loads(json.dumps(document(history, history.trades)))
    first = found["trades"][0]
    assert (first["entry"], first["net"], first["held_ns"]) == ("100.5", "0.879", 1_400_000_000)
    assert first["opened"] == "2023-11-14T22:13:24.900000000Z"
    assert found["trades"][2]["exit"] is None
    assert found["equity"][-1]["profit"] == "0.518155"
    assert found["summary"]["by_currency"][0]["expectancy"] == "0.2713875"
    assert found["summary"]["max_drawdown"] == "0.360845"


def test_a_limit_shortens_the_list_and_not_the_sums(history: History) -> None:
    found = document(history, history.trades, limit=1)
    assert (found["passed"], len(found["trades"])) == (3, 1)
    assert found["summary"]["by_currency"][0]["closed"] == 2


def test_every_number_of_the_summary_has_its_formula(history: History) -> None:
    summary = document(history, history.trades)["summary"]
    names = {*summary, *summary["by_currency"][0]} - {"by_currency", "currency"}
    assert names == set(FORMULAS)
