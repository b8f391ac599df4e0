"""Coinbase: the Advanced Trade feed, and the older feed of Coinbase Exchange."""
