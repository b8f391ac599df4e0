"""Finnhub: trades of US stocks; needs a key."""
