"""Price-time priority and the few things a book can do."""

from engine.core.book.levels import BookSide, Level
from engine.core.book.order import BookOrder, DisplayedOrder
from engine.core.book.order_book import Fill, OrderBook

__all__ = ["BookOrder", "BookSide", "DisplayedOrder", "Fill", "Level", "OrderBook"]
