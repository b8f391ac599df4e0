"""Reusable parts of the screen without market knowledge."""
