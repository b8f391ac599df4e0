"""Kraken spot, WebSocket version 2: books with a checksum, trades, quotes and candles."""
