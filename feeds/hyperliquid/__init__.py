"""Hyperliquid: whole books, trades, best quotes, candles and what it says of its perpetuals."""
