"""Bybit v5: spot, linear and inverse futures and options, one public WebSocket for each."""
