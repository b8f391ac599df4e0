"""Writing events: what happened, in one line.

A line names what cannot be seen from the command before it. Sizes and prices are those of the
instrument, fees are in its settlement currency. The lines stand with their events in
`order_events`, `mass_events`, `venue_events`, `portfolio_events`, `margin_events` and
`pricing_events`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import Event
from engine.core.script import (
    margin_events,
    mass_events,
    order_events,
    portfolio_events,
    pricing_events,
    venue_events,
)
from engine.core.script.glossary import Glossary

WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    **venue_events.WRITERS,
    **order_events.WRITERS,
    **mass_events.WRITERS,
    **portfolio_events.WRITERS,
    **margin_events.WRITERS,
    **pricing_events.WRITERS,
}


def render_event(event: Event, glossary: Glossary) -> str:
    """The line of an event; `glossary` has been shown it and all before it."""
    return WRITERS[type(event)](event, glossary)
