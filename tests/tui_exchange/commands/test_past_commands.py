"""`funding`, `insurance` and `liquidations` tell what a kept profile has been through."""

import json
from pathlib import Path

import pytest

from engine.core.commands import SetPrice, TriggerSource
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import Paper
from tui_exchange.cli import main
from tui_exchange.failures import ExitCode

PERP = "BTC-USDT-PERP"
NOTHING_YET = {
    "funding": "no funding was paid here yet",
    "insurance": "the insurance fund has nothing yet",
    "liquidations": "nothing of this portfolio was liquidated",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))


def liquidated(folder: Path) -> None:
    """A profile whose current portfolio lost a position to the mark."""
    paper = Paper(folder, INSTANT)
    paper.run()
    paper.line("portfolio new small start=300; portfolio use small")
    paper.line("lev 100; b 0.2", PERP)
    stake = paper.session.stake(PERP)
    assert stake is not None
    assert stake.liquidation_ticks is not None
    price = stake.liquidation_ticks
    paper.session.submit(SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=price))
    paper.session.close()


def test_a_liquidation_and_what_it_brought_the_fund_are_told_afterwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    liquidated(tmp_path / "profiles" / "default")
    assert main(["liquidations", "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)["liquidations"]
    assert {(one["symbol"], one["kind"], one["closed"]) for one in found} == {
        (PERP, "liquidated", "long")
    }
    assert main(["liquidations"]) == ExitCode.DONE
    assert "liquidated in the book at" in capsys.readouterr().out
    assert main(["insurance", "--json"]) == ExitCode.DONE
    balances = json.loads(capsys.readouterr().out)["balances"]
    assert [one["currency"] for one in balances] == ["USDT"] * len(balances)
    assert float(balances[0]["balance"]) > 0


def test_a_profile_that_has_been_through_nothing_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = Paper(tmp_path / "profiles" / "default", INSTANT)
    paper.session.close()
    for command, words in NOTHING_YET.items():
        assert main([command]) == ExitCode.DONE
        assert words in capsys.readouterr().out


@pytest.mark.parametrize("command", NOTHING_YET)
def test_a_profile_that_is_not_there_is_said(command: str) -> None:
    code = main([command, "--profile", "nope"])
    assert code not in (ExitCode.DONE, ExitCode.INTERNAL)


def test_funding_of_no_instrument_and_fewer_than_none_are_refused(tmp_path: Path) -> None:
    Paper(tmp_path / "profiles" / "default", INSTANT).session.close()
    assert main(["funding", "NOPE"]) == ExitCode.USAGE
    assert main(["funding", "--limit", "-1"]) == ExitCode.USAGE
