"""Help is derived from the registry, and what it shows as an example works."""

import pytest

from tests.tui_exchange.command_line.trader import Trader
from tui_exchange.command_line import (
    COMMANDS,
    ResolutionRefusal,
    application_word,
    help_lines,
    parse_line,
)
from tui_exchange.command_line.vocabulary import FLAG_HELP


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_parses_and_begins_with_its_command(command):
    assert command.examples
    for example in command.examples:
        parse_line(example, Trader().aliases)
        assert example.split()[0] in (command.name, command.short)
        assert f"  {example}" in help_lines(COMMANDS, command.name)


def test_the_overview_names_every_command_and_flag():
    words = COMMANDS.extended([application_word("theme", "<name>", "Change colours.", ())])
    text = "\n".join(help_lines(words))
    assert "theme <name>: Change colours." in text
    assert all(f"  {command.name}" in text for command in words)
    assert all(f"  {flag}:" in text for flag in FLAG_HELP)


def test_a_short_form_is_explained_by_its_command():
    assert help_lines(COMMANDS, "x")[0].startswith("cancel|x #<order>")


def test_topics_that_are_not_commands_are_refused():
    with pytest.raises(ResolutionRefusal, match="`twap` is known but not available"):
        help_lines(COMMANDS, "twap")
    with pytest.raises(ResolutionRefusal, match="did you mean `buy`"):
        help_lines(COMMANDS, "bye")
