"""The one-line text form of every command, event and view.

Golden files, scenario scripts, the audit and the log viewer all write it. Numbers are decimals in
the units of the instrument, converted exactly by `engine.core.units`; a number finer than the
instrument allows is refused with the nearest that it does allow.
"""

from engine.core.script.events import render_event
from engine.core.script.glossary import Glossary
from engine.core.script.parse import parse_command
from engine.core.script.render import render_command
from engine.core.script.views import answer
from engine.core.script.words import ScriptError

__all__ = [
    "Glossary",
    "ScriptError",
    "answer",
    "parse_command",
    "render_command",
    "render_event",
]
