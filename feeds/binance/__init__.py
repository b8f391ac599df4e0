"""Binance: spot, linear futures (USD-M) and inverse futures (COIN-M)."""
