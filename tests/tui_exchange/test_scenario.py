"""Running a scenario: what agrees, what differs, what cannot be read, what an update keeps."""

from pathlib import Path

import pytest

from tui_exchange.scenario import run_files, run_script
from tui_exchange.scenario_text import ScenarioError

WRONG = """\
# a comment at the head
> account ann
< opened bob
# a comment between
> account ann  # again
< refused account_exists

> account bob
> deposit bob 5 USDT  # money
< deposited bob 5 USDT balance 5
= balance bob USDT: 4 held 0  # not true
"""

RIGHT = """\
# a comment at the head
> account ann
< opened ann
# a comment between
> account ann  # again
< refused account_exists

> account bob
< opened bob
> deposit bob 5 USDT  # money
< deposited bob 5 USDT balance 5
= balance bob USDT: 5 held 0  # not true
"""


def run(path: Path, *, update: bool = False) -> tuple[int, str]:
    said: list[str] = []
    code = run_files([path], update=update, write=said.append)
    return code, "".join(said)


def script(folder: Path, text: str) -> Path:
    path = folder / "some.scenario"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_goes_as_written_exits_with_0(tmp_path: Path) -> None:
    path = script(tmp_path, RIGHT)
    assert run(path) == (0, f"{path}: as written, 4 commands\n")


def test_every_difference_names_its_line_and_shows_both_sides(tmp_path: Path) -> None:
    path = script(tmp_path, WRONG)
    code, said = run(path)
    assert code == 1
    assert f"{path}:2: > account ann\n    - < opened bob\n    + < opened ann\n" in said
    assert f"{path}:8: > account bob\n    + < opened bob\n" in said
    assert f"{path}:11:" in said
    assert "    - = balance bob USDT: 4 held 0\n    + = balance bob USDT: 5 held 0\n" in said
    assert said.endswith("3 not as written, 4 commands\n")


def test_an_update_rewrites_expectations_and_keeps_comments(tmp_path: Path) -> None:
    path = script(tmp_path, WRONG)
    assert run(path, update=True)[0] == 0
    assert path.read_text(encoding="utf-8") == RIGHT
    assert run(path)[0] == 0


def test_an_update_of_what_agrees_leaves_the_file_alone(tmp_path: Path) -> None:
    path = script(tmp_path, RIGHT)
    before = path.stat()
    assert run(path, update=True)[0] == 0
    assert path.stat() == before


def test_a_missing_and_a_surplus_event_both_differ() -> None:
    surplus = "> account ann\n< opened ann\n< opened ann\n"
    assert len(run_script(surplus).differences) == 1
    assert run_script(surplus).rewritten == "> account ann\n< opened ann\n"
    assert run_script("> account ann\n").rewritten == "> account ann\n< opened ann\n"


def test_events_in_another_order_differ() -> None:
    setup = "> instrument A-B spot tick 1 lot 1\n< listed A-B\n> account ann\n< opened ann\n"
    setup += "> deposit ann 100 B\n< deposited ann 100 B balance 100\n"
    setup += "> place ann A-B buy 1 limit 10\n< accepted 1\n> cancel-all ann\n"
    right = "< done 1 filled 0 cancelled 1 requested\n< all-cancelled ann 1\n"
    swapped = "< all-cancelled ann 1\n< done 1 filled 0 cancelled 1 requested\n"
    assert not run_script(setup + right).differences
    assert run_script(setup + swapped).differences
    assert run_script(setup + swapped).rewritten == setup + right


def test_a_refusal_is_expected_by_code_or_by_its_whole_sentence() -> None:
    assert not run_script("> cancel ann 1\n< refused unknown_account\n").differences
    assert run_script("> cancel ann 1\n< refused unknown_order\n").differences
    assert run_script("> cancel ann 1\n< refused unknown_account: another sentence\n").differences
    assert run_script("> cancel ann 1\n< refused unknown\n").differences


def test_many_lines_that_differ_a_little_are_compared_at_once() -> None:
    """The differ that looks into lines takes minutes for as many."""
    count = 400
    script = "> instrument A-B spot tick 1 lot 1\n> account ann\n> deposit ann 500 A\n"
    script += "> place ann A-B sell 1 limit 5\n" * count + "> cancel-all ann\n"
    wrong = run_script(script).rewritten.replace("filled 0", "filled 1")
    (difference,) = run_script(wrong).differences
    assert difference.diff[:2] == (
        "- < done 1 filled 1 cancelled 1 requested",
        "+ < done 1 filled 0 cancelled 1 requested",
    )
    assert len(difference.diff) == 2 * count + 1


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("account ann\n", 1, 1, "begins no line"),
        ("# head\n< opened ann\n", 2, 1, "before the first command"),
        ("> account ann\n>  acount bob\n", 2, 4, "account"),
        ("> account ann\n= balance ann: 5\n", 2, 14, "a currency"),
        ("> account ann\n= balance bob USDT: 5\n", 2, 11, "ann"),
        ("> account ann\n= wealth: 5\n", 2, 3, "balance"),
        ("> account ann\n= queue 1: 5\n", 2, 9, "live order"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_column(
    tmp_path: Path, text: str, line: int, column: int, says: str
) -> None:
    with pytest.raises(ScenarioError, match=says) as caught:
        run_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    path = script(tmp_path, text)
    code, said = run(path, update=True)
    assert code == 2
    assert said.startswith(f"{path}:{line}:{column}: ")
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_not_there_or_not_text_is_a_sentence(tmp_path: Path) -> None:
    code, said = run(tmp_path / "none.scenario")
    assert (code, "No such file" in said) == (2, True)
    path = tmp_path / "binary.scenario"
    path.write_bytes(b"> account \xff\n")
    code, said = run(path)
    assert (code, "byte 10 is not UTF-8" in said) == (2, True)


def test_the_worst_of_several_files_decides_the_exit_code(tmp_path: Path) -> None:
    paths = []
    for name, text in (("a", RIGHT), ("b", WRONG), ("c", RIGHT)):
        paths.append(tmp_path / name)
        paths[-1].write_text(text, encoding="utf-8")
    assert run_files(paths, update=False, write=len) == 1
    assert run_files([*paths, tmp_path / "d"], update=False, write=len) == 2


def test_an_empty_script_states_nothing_and_agrees() -> None:
    assert not run_script("").differences
    assert run_script("# only a comment\n").rewritten == "# only a comment\n"
