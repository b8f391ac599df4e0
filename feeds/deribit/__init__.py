"""Deribit: options, futures, perpetuals and spot pairs with book, ticker, trades and candles."""
