"""The scripts together show every command, every event and every cause there is."""

import re
from pathlib import Path

import pytest

from engine.core.commands import OrderType, QueueModel, SelfTrade, TimeInForce
from engine.core.events import EndCause, HaltCause, ResizeCause
from engine.core.script.parse import VERBS
from engine.core.script.sending_text import SENT_VERBS
from engine.core.script.words import dashed

HERE = Path(__file__).parent
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.rglob("*.scenario")))
PAGE = (HERE.parents[1] / "docs" / "scenarios.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_in_some_script(verb: str) -> None:
    assert re.search(rf"^> {verb}\b", TEXT, re.MULTILINE)


@pytest.mark.parametrize("kind", OrderType)
def test_every_order_type_is_accepted_in_some_script(kind: OrderType) -> None:
    assert re.search(rf"^> place .* {dashed(kind)}\b.*\n< accepted", TEXT, re.MULTILINE)


@pytest.mark.parametrize("life", [life for life in TimeInForce if life is not TimeInForce.GTC])
def test_every_time_in_force_is_accepted_in_some_script(life: TimeInForce) -> None:
    assert re.search(rf"^> place .* {life.value}\b.*\n< accepted", TEXT, re.MULTILINE)


@pytest.mark.parametrize("mode", SelfTrade)
def test_every_mode_prevents_a_self_trade_in_some_script(mode: SelfTrade) -> None:
    assert re.search(rf"^< prevented .* {dashed(mode)}$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("model", QueueModel)
def test_depth_falls_by_every_queue_model_in_some_script(model: QueueModel) -> None:
    assert re.search(rf"^< mirrored .* queue {dashed(model)} ", TEXT, re.MULTILINE)


@pytest.mark.parametrize("verb", SENT_VERBS)
def test_every_command_of_a_trader_is_sent_in_some_script(verb: str) -> None:
    assert re.search(rf"^> send \S+ \S+ {verb} .*\n< sent", TEXT, re.MULTILINE)


@pytest.mark.parametrize("cause", [cause for cause in EndCause if cause is not EndCause.FILLED])
def test_an_order_ends_with_every_cause_in_some_script(cause: EndCause) -> None:
    assert re.search(rf"^< done .* {cause.value}$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("cause", ResizeCause)
def test_an_order_is_resized_by_every_cause_in_some_script(cause: ResizeCause) -> None:
    assert re.search(rf"^< resized .* {cause.value}$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("cause", HaltCause)
def test_an_instrument_is_halted_by_every_cause_in_some_script(cause: HaltCause) -> None:
    assert re.search(rf"^< halted \S+ {cause.value}\b", TEXT, re.MULTILINE)


def test_every_event_is_in_some_script() -> None:
    section = PAGE.partition("\n## Events\n")[2].partition("\n## ")[0]
    for word in re.findall(r"^\| `([a-z-]+)", section, re.MULTILINE):
        assert re.search(rf"^< {word}\b", TEXT, re.MULTILINE), word
