"""Giving the keyboard to a widget."""

from textual.widget import Widget


def take_keyboard(widget: Widget) -> None:
    """Let a widget have the very next key.

    `Widget.focus` comes into force after the keys that wait already: of a line that is typed or
    pasted at once behind the key that opens it, the first letters would act on the ladder.
    """
    widget.screen.set_focus(widget)
