"""The parts of statements back into text: prices, sizes, distances, exits, legs."""

from decimal import Decimal

from engine.core.commands import Side
from engine.core.units import decimal_text
from tui_exchange.command_line.scanner import QUOTE, SEPARATOR, quote
from tui_exchange.command_line.statements import BasketLeg
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Distance,
    Everything,
    ExitPrices,
    Money,
    Offset,
    OffsetPrice,
    PositionShare,
    Price,
    Quantity,
    Size,
    Weight,
)
from tui_exchange.command_line.vocabulary import (
    NOTE_MARK,
    SIDE_WORDS,
    STOP_LOSS_PREFIX,
    TAKE_PROFIT_PREFIX,
)


def render_price(price: Price) -> str:
    """A price as it stands after `at`."""
    if isinstance(price, AbsolutePrice):
        return decimal_text(price.value)
    if isinstance(price, OffsetPrice):
        return render_offset(price.offset)
    return price.word.value + (render_offset(price.offset) if price.offset else "")


def render_offset(offset: Offset) -> str:
    """An offset with its sign."""
    sign = "-" if offset.amount < 0 else "+"
    return f"{sign}{decimal_text(abs(offset.amount))}{offset.unit.value}"


def render_distance(distance: Distance) -> str:
    """A distance without a sign."""
    return f"{decimal_text(distance.amount)}{distance.unit.value}"


def render_protection(ppm: int) -> str:
    """A distance from the touch in percent."""
    return f"{decimal_text(Decimal(ppm) / 10_000)}%"


def render_size(size: Size) -> str:
    """A size as it stands after the verb."""
    if isinstance(size, Quantity):
        return decimal_text(size.value)
    if isinstance(size, Money):
        return f"${decimal_text(size.value)}"
    if isinstance(size, BuyingPowerShare):
        return f"{decimal_text(size.percent)}%"
    if isinstance(size, PositionShare):
        return f"{decimal_text(size.percent)}%pos"
    if isinstance(size, Everything):
        return "all"
    return f"{decimal_text(size.count)}r@{render_price(size.stop)}"


def render_exits(exits: ExitPrices) -> list[str]:
    """The flags of a bracket."""
    found = []
    if exits.stop_loss is not None:
        limit = "" if exits.stop_limit is None else f"/{render_price(exits.stop_limit)}"
        found.append(STOP_LOSS_PREFIX + render_price(exits.stop_loss) + limit)
    if exits.take_profit is not None:
        found.append(TAKE_PROFIT_PREFIX + render_price(exits.take_profit))
    return found


def render_leg(leg: BasketLeg, *, signed: bool) -> str:
    """One leg of a basket; its sign only where the legs do not all have one side."""
    sign = ("+" if leg.side is Side.BUY else "-") if signed else ""
    if isinstance(leg.amount, Weight):
        size = f"{decimal_text(leg.amount.percent)}%"
    else:
        size = render_size(leg.amount)
    price = "" if leg.price is None else f"@{render_price(leg.price)}"
    return f"{sign}{leg.symbol}:{size}{price}"


def side_word(side: Side | None) -> str:
    """The word for one side of the own orders: `bids` or `asks`; empty for both."""
    return next((word for word, named in SIDE_WORDS.items() if named is side), "")


def note_text(text: str) -> str:
    """A note without its mark, in quotes where it needs them."""
    plain = text.strip() == text and SEPARATOR not in text and text[0] not in (QUOTE, NOTE_MARK)
    return text if plain else quote(text)
