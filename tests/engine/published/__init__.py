"""Worked numbers from the documentation of exchanges, and this engine's answer to each."""
