"""Alpaca: US stocks, as trades and quotes of the IEX exchange; needs a key."""
