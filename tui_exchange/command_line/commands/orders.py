"""Commands that send an order which trades or rests at once."""

from engine.core.commands import Side
from tui_exchange.command_line.clauses import Clauses
from tui_exchange.command_line.flag_words import OrderShape
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner
from tui_exchange.command_line.statements import PlaceStatement, Statement

PLACE_ARGUMENTS = "[symbol] <size> [at <price>] [flags]"
PLACE_SLOTS = (Slot.SYMBOL, Slot.SIZE, Slot.PRICE, Slot.FLAGS)


@command(
    family="orders",
    short="b",
    arguments=PLACE_ARGUMENTS,
    help="Send a buy order, at market when no price is given.",
    examples=("buy 0.5 BTC-USDT at 62000 po", "b $500 sl=-1% tp=+2%", "b 1r@61500 at bid+1t"),
    slots=PLACE_SLOTS,
)
def buy(scanner: Scanner) -> PlaceStatement:
    """Read a buy order."""
    return _place(scanner, Side.BUY)


@command(
    family="orders",
    short="s",
    arguments=PLACE_ARGUMENTS,
    help="Send a sell order, at market when no price is given.",
    examples=("sell 5 BTC-USDT at 63000 show=0.5", "s 50%pos at ask gtd=15m", "s all ~target hit"),
    slots=PLACE_SLOTS,
)
def sell(scanner: Scanner) -> PlaceStatement:
    """Read a sell order."""
    return _place(scanner, Side.SELL)


@command(
    family="orders",
    arguments="buy|sell [symbol] <size> [at <price>] [tp <price>] [sl <price>[/<limit>]] [flags]",
    help="Send an order with exits: a take-profit and a stop for what it fills, one of which ends.",
    examples=("bracket buy 0.5 at 62000 tp 65000 sl 61000", "bracket sell 0.1 tp -2% sl +1%"),
    slots=(Slot.ORDER_SIDES, Slot.SYMBOL, Slot.SIZE, Slot.PRICE, Slot.FLAGS),
    keywords=(("tp", "the price that takes the profit"), ("sl", "the price that stops the loss")),
)
def bracket(scanner: Scanner) -> Statement:
    """Read an order and its exits."""
    clauses = Clauses(scanner, "bracket", sided=True, exits=True).read()
    if clauses.side is None:
        scanner.refuse_here("bracket needs its side: `bracket buy` or `bracket sell`")
    if clauses.words.flags.exits is None:
        scanner.refuse_here("bracket needs an exit: `tp <price>`, `sl <price>` or both")
    return _placed(clauses, clauses.side)


def _place(scanner: Scanner, side: Side) -> PlaceStatement:
    return _placed(Clauses(scanner, side.value).read(), side)


def _placed(clauses: Clauses, side: Side) -> PlaceStatement:
    size, priced = clauses.need_size(), clauses.price is not None
    flags = clauses.words.check(OrderShape(priced=priced, at_market=not priced), clauses.verb)
    return PlaceStatement(side, size, clauses.symbol, clauses.price, flags)
