"""`tui-exchange simulated`: what can be played, and figures with the range of each."""

import json
import random

import pytest

from feeds.simulated import SCENARIOS
from feeds.simulated.observation import SHAPE_TICKS, Observation
from feeds.simulated.statistics import facts
from tui_exchange.cli import main
from tui_exchange.commands.simulated_command import document, lines


def random_walk(symbol: str) -> Observation:
    draw = random.Random(symbol)
    mids = [100_000.0]
    for _ in range(1_199):
        mids.append(mids[-1] + draw.choice((-1.0, 1.0)))
    seen = Observation(symbol, mids=mids, shape=[1.0] * SHAPE_TICKS, funding_rate="0.0001")
    for _ in mids:
        seen.spreads.append(1)
        seen.touch_lots.append(draw.randint(1, 9))
        seen.bid_lots.append(50)
        seen.ask_lots.append(50)
        seen.volumes.append(draw.randint(1, 9))
        seen.signs.append(draw.choice((-1, 1)))
    return seen


def test_the_scenarios_are_listed_with_what_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulated", "scenarios"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == list(SCENARIOS)
    assert all(SCENARIOS[line.split()[0]].about in line for line in printed)


def test_figures_outside_their_range_are_marked_for_people_and_for_programs() -> None:
    seen = {symbol: random_walk(symbol) for symbol in ("ONE", "TWO")}
    found = [facts(one) for one in seen.values()]
    told = lines(seen, found)
    assert any("kurtosis of returns over 1 s" in line and "outside" in line for line in told)
    assert any("mean spread" in line and "outside" not in line for line in told)
    written = json.loads(json.dumps(document(seen, found)))
    assert written["within"] is False
    assert written["correlations"]["ONE"]["ONE"] == 1.0
    assert written["instruments"]["TWO"]["funding_rate"] == "0.0001"
    assert {check["symbol"] for check in written["checks"]} == {"ONE", "TWO"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hours", "0"), "0.5 to 48"),
        (("--hours", "many"), "0.5 to 48"),
        (("--symbol", "AAPL"), "it lists BTC-USDT"),
        (("--scenario", "storm"), "calm"),
    ],
)
def test_what_cannot_be_simulated_is_refused_with_what_can(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulated", "stats", *words]) == 2
    assert said in capsys.readouterr().err
