"""Layouts of the screen as data: a tree of splits, and the presets for each size of terminal."""
