"""How deep a subscribed book is, which says when a level is to be forgotten.

Kraken tells of the best levels of a side, as many as were subscribed to, and does not say that one
has fallen out. The acknowledgement of the subscription names the depth. A recording may lack it:
then the first snapshot is as deep as the smallest of the offered depths that holds it.

Source: Kraken, *Spot WebSocket v2: book*.
"""

OFFERED = (10, 25, 100, 500, 1000)


def depth_of(levels: int, acknowledged: int | None) -> int:
    """The depth of a book whose snapshot has at most so many levels a side."""
    if acknowledged is not None and levels <= acknowledged:
        return acknowledged
    return next((depth for depth in OFFERED if levels <= depth), levels)
