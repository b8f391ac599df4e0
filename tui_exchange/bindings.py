"""The table of actions as bindings of the screen library."""

from typing import Any

from textual.app import App
from textual.binding import Binding, BindingType

from tui_exchange.actions import APP, Action, actions_of


def bindings_of(scope: str) -> list[BindingType]:
    """What the keys of one part of the screen do; ids are those that keymaps refer to."""
    return [_binding(action) for action in actions_of(scope)]


def performs(app: App[Any], action: Action) -> bool:
    """Whether an app can do this; what is not for the whole program, its screens can."""
    method = action.call.partition("(")[0]
    return action.scope != APP or hasattr(app, f"action_{method}")


def _binding(action: Action) -> Binding:
    return Binding(
        key=action.keys,
        action=action.call,
        description=action.text,
        id=action.id,
        show=bool(action.label),
        priority=action.urgent or action.ahead,
    )
