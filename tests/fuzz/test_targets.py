"""The fuzzer's targets without the fuzzer: seeds, some variations, and what was found once."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import commands, lines, scripts
from tests.fuzz.findings import Findings
from tests.fuzz.target import Target, Wrong, shrunk

TARGETS = {"commands": commands.TARGET, "lines": lines.TARGET, "scripts": scripts.TARGET}
VARIED = 12
FOUND = {
    "a note as a topic": ("lines", b"help ~target 62000"),
    "a symbol named like a mode": ("lines", b"mode isolated cash"),
    "a time beyond the last": ("scripts", b"> time 207590d13:30:00"),
    "a line break in a refused name": ("scripts", rb'> halt "a\nb"'),
    "a comment in a refused name": ("scripts", rb'> halt "a  \u0023b"'),
    "a comment in a name": ("scripts", rb'> instrument "x-y  \u0023z" spot tick 1 lot 1'),
    "half a character": ("scripts", rb'> halt "\ud800"'),
}


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_some_variations_of_them_find_nothing(name: str) -> None:
    target, dice = TARGETS[name], Random(3)
    for seed in dice.sample(list(target.seeds()), VARIED):
        target.attempt(seed)
        varied = target.mutate(seed, dice, target.bytes_max)
        assert len(varied) <= target.bytes_max
        target.attempt(varied)
        assert target.told(varied)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 99, b"\n\n> \n; ;", b"< \n= \n"])
def test_any_bytes_are_an_input(name: str, data: bytes) -> None:
    TARGETS[name].attempt(data)


@pytest.mark.parametrize("what", FOUND)
def test_what_was_found_is_mended(what: str) -> None:
    name, data = FOUND[what]
    TARGETS[name].attempt(data)


def test_a_steps_record_says_the_step() -> None:
    for data in commands.seeds():
        for record in commands.records(data):
            assert commands.record_of(commands.step_of(record)) == record


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_the_sum_of_its_pieces(name: str) -> None:
    target = TARGETS[name]
    for seed in list(target.seeds())[:VARIED]:
        assert target.join(target.split(seed)) == seed


def test_shrinking_leaves_only_what_is_needed() -> None:
    target: Target = TARGETS["lines"]
    data = b"\n".join(b"%d" % number for number in range(40))
    wanted = {b"3", b"17", b"38"}
    assert shrunk(target, data, lambda less: wanted <= set(less.split(b"\n"))) == b"3\n17\n38"


def test_a_finding_is_kept_once_with_its_smallest_input(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    kept = [
        findings.keep(Wrong(f"order {number} of '{number}' is lost"), b"x" * size)
        for number, size in ((1, 9), (22, 12), (3, 4))
    ]
    assert kept == [True, False, True]
    assert findings.keep(Wrong("another thing"), b"x" * 50)
    assert sorted(len(path.read_bytes()) for path in findings.inputs()) == [4, 50]
