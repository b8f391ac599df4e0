"""Sheets of the screen library's CSS."""
