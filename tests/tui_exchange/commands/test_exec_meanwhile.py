"""A run without a screen tells what became of orders while it waited."""

import json

import pytest

from tui_exchange.cli import main

LINE = "b 0.1 BTC-USDT at -1% gtd=2s"
GONE = "order #1: its time is over, the rest is gone: 0.1 BTC-USDT"


def test_what_happened_while_waiting_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exec", LINE, "--wait", "4s"]) == 0
    works, gone = capsys.readouterr().out.splitlines()
    assert works.startswith("order #1 works: ")
    assert gone == GONE


def test_the_document_has_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exec", LINE, "--wait", "4s", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["told_while_waiting"] == [GONE]
    assert report["orders"] == []
