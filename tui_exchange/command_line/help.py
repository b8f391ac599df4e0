"""Help in lines of text, derived from the registry and the vocabulary."""

from itertools import groupby

from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import Command, Registry
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    PRICE_HELP,
    SIZE_HELP,
    UNBUILT_VERBS,
)


def help_lines(registry: Registry, topic: str | None = None) -> tuple[str, ...]:
    """The help of one command, or of the whole grammar.

    Raises:
        ResolutionRefusal: No command has this name.
    """
    if topic is None:
        return _overview(registry)
    found = registry.find(topic)
    if found is not None:
        return _one(found)
    if topic in UNBUILT_VERBS:
        raise ResolutionRefusal(
            f"`{topic}` is known but not available in this version; {UNBUILT_VERBS[topic]}"
        )
    suggestion = nearest(topic, registry.words())
    raise ResolutionRefusal(f"no command {topic[:24]!r} to explain{did_you_mean(suggestion)}")


def usage(command: Command) -> str:
    """A command's names and arguments: `buy|b [symbol] <size> [at <price>] [flags]`."""
    names = f"{command.name}|{command.short}" if command.short else command.name
    return f"{names} {command.arguments}".strip()


def _one(command: Command) -> tuple[str, ...]:
    keywords = [f"  {word}: {text}" for word, text in command.keywords]
    examples = [f"  {example}" for example in command.examples]
    return (usage(command), command.help, *keywords, "Examples:", *examples)


def _overview(registry: Registry) -> tuple[str, ...]:
    lines: list[str] = []
    for family, commands in groupby(registry, key=lambda command: command.family):
        lines.append(family.capitalize())
        lines.extend(f"  {usage(command)}: {command.help}" for command in commands)
    sections = (
        ("Sizes", SIZE_HELP),
        ("Prices, each also with an offset (bid+1t, mid-0.5%, ask+20)", _price_help()),
        ("Flags", FLAG_HELP),
    )
    for title, entries in sections:
        lines.append(title)
        lines.extend(f"  {word}: {text}" for word, text in entries.items())
    return tuple(lines)


def _price_help() -> dict[str, str]:
    return {word.value: text for word, text in PRICE_HELP.items()}
