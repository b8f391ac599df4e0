"""An exchange that is saved and restored before every command does what one does that never was."""

from pathlib import Path

import pytest

from engine.core import snapshot
from engine.core.exchange import Exchange
from engine.core.script import Glossary, parse_command
from engine.core.wire import decode_command, encode_command
from tui_exchange.scenario_text import read_script

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.rglob("*.scenario"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(HERE)))
def test_a_golden_script_survives_a_restart_before_every_command(path: Path) -> None:
    running, restarted, glossary, now_ns = Exchange(), Exchange(), Glossary(), 0
    for step in read_script(path.read_text(encoding="utf-8")).steps:
        command, now_ns = parse_command(step.command.text, glossary, now_ns)
        restarted = snapshot.decode(snapshot.encode(restarted))
        events = running.apply(command, now_ns)
        for event in events:
            glossary.learn(event)
        assert restarted.apply(decode_command(encode_command(command)), now_ns) == events
    assert snapshot.state_hash(restarted) == snapshot.state_hash(running)
