"""Where displayed quantity stands."""

from engine.core.commands import Side

Place = tuple[Side, int]
"""A resting side and a price in ticks."""
