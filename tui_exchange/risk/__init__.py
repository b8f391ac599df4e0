"""Advice on risk in a session: limits that warn or hold back, what is watched, and reports."""
