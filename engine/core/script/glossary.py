"""What the text form must remember to write numbers as a person would."""

from engine.core.events import BasketAccepted, Event, InstrumentListed, OrderAccepted
from engine.core.units import Scale


class Glossary:
    """The instruments that are listed, the instrument of each order, and which ids are baskets.

    Shown every event in order, it stays true: an amendment names an order only, and its numbers are
    in the units of that order's instrument.
    """

    def __init__(self) -> None:
        self._scales: dict[str, Scale] = {}
        self._symbols: dict[int, str] = {}
        self._baskets: set[int] = set()

    def learn(self, event: Event) -> None:
        """Take note of an event."""
        if isinstance(event, InstrumentListed):
            self._scales[event.instrument.symbol] = Scale(event.instrument)
        elif isinstance(event, OrderAccepted):
            self._symbols[event.order_id] = event.symbol
        elif isinstance(event, BasketAccepted):
            self._baskets.add(event.basket_id)

    def scale(self, symbol: str) -> Scale | None:
        """The units of an instrument; None if it is not listed."""
        return self._scales.get(symbol)

    def order_scale(self, order_id: int) -> Scale | None:
        """The units of an order's instrument; None if there never was such an order."""
        symbol = self._symbols.get(order_id)
        return None if symbol is None else self._scales.get(symbol)

    def is_basket(self, parent_id: int | None) -> bool:
        """Whether the parent of an order is a basket, not the entry of a bracket."""
        return parent_id in self._baskets
