"""Binance spot: diff depth with a REST snapshot, trades and best quotes."""
