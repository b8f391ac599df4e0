"""What Binance's numbers mean, checked before any of a frame is used."""

NS_PER_MS = 1_000_000
NS_PER_US = 1_000
MICROSECONDS_FROM = 10**14
"""Of a stamp: in milliseconds this would be the year 5138."""


def nanoseconds(stamp: int) -> int:
    """Unix nanoseconds, from milliseconds or from the microseconds that an address may ask for."""
    return stamp * (NS_PER_MS if stamp < MICROSECONDS_FROM else NS_PER_US)
