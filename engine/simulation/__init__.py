"""Seeded runs of the exchange under stress: who trades, what fails, and what must still hold."""
