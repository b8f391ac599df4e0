"""The trading workstation: composition, terminal and command line; imports nothing heavy."""

__version__ = "0.1.0"
