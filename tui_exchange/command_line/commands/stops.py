"""Commands whose orders wait for a price: stops, trailing stops, pairs, exits of a position."""

from engine.core.commands import OrderType, TriggerSource
from tui_exchange.command_line.amounts import is_symbol, read_price
from tui_exchange.command_line.clauses import Clauses, take_price
from tui_exchange.command_line.flag_words import OrderShape, read_source
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import (
    OcoStatement,
    ProtectStatement,
    Statement,
    StopStatement,
    TrailStatement,
)
from tui_exchange.command_line.terms import (
    BuyingPowerShare,
    Distance,
    Everything,
    Off,
    OffsetUnit,
    PositionShare,
    Price,
    RiskUnits,
    Size,
)
from tui_exchange.command_line.vocabulary import SOURCE_PREFIX

SIDED = (Slot.ORDER_SIDES, Slot.SYMBOL, Slot.SIZE, Slot.PRICE, Slot.LASTING, Slot.FLAGS)
PLAIN = (*SIDED[:-1], Slot.PLAIN_FLAGS)
PAIR = tuple(slot for slot in PLAIN if slot is not Slot.LASTING)
LIMIT_KEYWORD = ("limit", "the limit that it has once it fires")
STOP_ARGUMENTS = "[buy|sell] [symbol] [size] at <trigger> [limit <price>] [flags]"


@command(
    family="stops",
    arguments=STOP_ARGUMENTS,
    help="Send an order when the price turns against you; without a size, guard the position.",
    examples=("stop sell 0.5 at 61000 limit 60990", "stop at 61000", "stop buy 0.1 at +1% on=mark"),
    slots=SIDED,
    keywords=(LIMIT_KEYWORD,),
)
def stop(scanner: Scanner) -> Statement:
    """Read a stop, of an order's size or of a position's."""
    return _triggered(scanner, "stop", OrderType.STOP)


@command(
    family="stops",
    arguments=STOP_ARGUMENTS,
    help="Send an order when the price has moved your way; without a size, for the position.",
    examples=("tp sell 0.5 at 65000 limit 64990", "tp at +2%", "tp 50% at 65000"),
    slots=SIDED,
    keywords=(LIMIT_KEYWORD,),
)
def tp(scanner: Scanner) -> Statement:
    """Read a take-profit, of an order's size or of a position's."""
    return _triggered(scanner, "tp", OrderType.TAKE_PROFIT)


@command(
    family="stops",
    arguments="[buy|sell] [symbol] [size] by <distance> [from <price>] [limit <distance>] [flags]",
    help="Send a stop that follows the price at a distance; without a size, of the whole position.",
    examples=("trail sell 0.5 by 1%", "trail by 50 from 63000", "trail sell 0.5 by 20t limit 5"),
    slots=PLAIN,
    keywords=(
        ("by", "the distance follows: 50, 20t or 1%"),
        ("from", "the price at which it begins to follow"),
        ("limit", "how far beyond its trigger the limit lies: 5 or 10t"),
    ),
)
def trail(scanner: Scanner) -> TrailStatement:
    """Read a trailing stop."""
    clauses = Clauses(scanner, "trail", ("from",), ("by", "limit"), sided=True).read()
    distance = clauses.distances.get("by")
    if distance is None or distance.amount == 0:
        scanner.refuse_here("trail needs its distance: `by 50`, `by 20t` or `by 1%`")
    limit = clauses.distances.get("limit")
    _refuse_share(scanner, limit)
    flags = clauses.words.check(
        OrderShape(waits=True, at_market=limit is None, opens=False), clauses.verb
    )
    size = _size_or_all(clauses)
    activation = clauses.prices.get("from")
    return TrailStatement(distance, size, clauses.side, clauses.symbol, activation, limit, flags)


@command(
    family="stops",
    arguments="[buy|sell] [symbol] [size] at <price> stop <trigger> [limit <price>] [flags]",
    help="Send a limit order and a stop of which only one fills; without a size, for the position.",
    examples=("oco sell 0.5 at 65000 stop 61000", "oco at +2% stop -1% limit -10t"),
    slots=PAIR,
    keywords=(("stop", "the trigger of the stop"), LIMIT_KEYWORD),
)
def oco(scanner: Scanner) -> Statement:
    """Read a limit order and a stop."""
    clauses = Clauses(scanner, "oco", ("at", "stop", "limit"), sided=True).read()
    price = clauses.need_price("at", "oco sell 0.5 at 65000 stop 61000")
    trigger = clauses.need_price("stop", "oco sell 0.5 at 65000 stop 61000")
    limit = clauses.prices.get("limit")
    shape = OrderShape(priced=True, waits=True, at_market=limit is None, opens=False)
    flags = clauses.words.check(shape, clauses.verb)
    size = _size_or_all(clauses)
    return OcoStatement(price, trigger, size, clauses.side, clauses.symbol, limit, flags)


@command(
    family="stops",
    arguments="[symbol] [tp <price>|off] [sl <price>|off] [on=<source>] | [symbol] off",
    help="Attach a take-profit and a stop to a position; they follow its size and end with it.",
    examples=("protect tp 65000 sl 61000", "protect sl -1% on=mark", "protect tp off"),
    slots=(Slot.SYMBOL,),
    keywords=(
        ("tp", "the price that takes the profit, or `off`"),
        ("sl", "the price that stops the loss, or `off`"),
        ("off", "take both away"),
        *((f"on={source}", "the price that both watch") for source in ("last", "mark", "index")),
    ),
)
def protect(scanner: Scanner) -> ProtectStatement:
    """Read what is attached to a position."""
    return _Protection(scanner).read()


def _triggered(scanner: Scanner, verb: str, order_type: OrderType) -> Statement:
    clauses = Clauses(scanner, verb, ("at", "limit"), sided=True).read()
    trigger = clauses.need_price("at", f"{verb} sell 0.5 at 61000")
    if clauses.size is None:
        return _of_position(clauses, order_type, trigger)
    limit = clauses.prices.get("limit")
    shape = OrderShape(waits=True, at_market=limit is None, opens=clauses.side is not None)
    flags = clauses.words.check(shape, f"{verb} without a side")
    size = _closing_size(clauses, clauses.size)
    return StopStatement(order_type, trigger, size, clauses.side, clauses.symbol, limit, flags)


def _of_position(clauses: Clauses, order_type: OrderType, trigger: Price) -> ProtectStatement:
    scanner, verb = clauses.scanner, clauses.verb
    if clauses.side is not None:
        clauses.refuse_missing_size()
    if "limit" in clauses.prices:
        scanner.refuse_here(f"{verb} without a size goes to market when it fires; give a size")
    flags = clauses.words.labels(
        f"{verb} without a size guards the position and takes only `on=`; give a size",
        (SOURCE_PREFIX,),
    )
    if flags.tag or flags.note:
        scanner.refuse_here(f"{verb} without a size takes no tag and no note; give a size")
    if order_type is OrderType.STOP:
        return ProtectStatement(clauses.symbol, None, trigger, flags.trigger_on)
    return ProtectStatement(clauses.symbol, trigger, None, flags.trigger_on)


def _size_or_all(clauses: Clauses) -> Size:
    """The size; the whole position where neither size nor side is said."""
    if clauses.size is None and clauses.side is None:
        return Everything()
    return _closing_size(clauses, clauses.need_size())


def _closing_size(clauses: Clauses, size: Size) -> Size:
    """Without a side the order is against the position, so its size is a part of that."""
    if clauses.side is not None:
        return size
    if isinstance(size, BuyingPowerShare):
        return PositionShare(size.percent)
    if isinstance(size, RiskUnits):
        clauses.scanner.refuse_here("a size in risk units needs the side: `buy` or `sell`")
    if isinstance(size, PositionShare) and size.percent > 100:
        clauses.scanner.refuse_here(
            "without a side it is at most 100% of the position; say `buy` or `sell` to go beyond"
        )
    return size


def _refuse_share(scanner: Scanner, limit: Distance | None) -> None:
    if limit is not None and limit.unit is OffsetUnit.PERCENT:
        scanner.refuse_here("the limit of a trailing stop is a distance such as `5` or `10t`")


class _Protection:
    """What `protect` says."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.symbol: str | None = None
        self.exits: dict[str, Price | Off] = {}
        self.source: TriggerSource | None = None

    def read(self) -> ProtectStatement:
        """Read the statement to its end."""
        while (token := self.scanner.take()) is not None:
            self._take(token)
        if not self.exits:
            self.scanner.refuse_here("protect needs `tp <price>`, `sl <price>`, both, or `off`")
        exits = self.exits
        return ProtectStatement(self.symbol, exits.get("tp"), exits.get("sl"), self.source)

    def _take(self, token: Token) -> None:
        word = token.text.lower()
        lead, mark, value = word.partition("=")
        if token.kind is not TokenKind.WORD:
            self.scanner.refuse(token, "protect takes no text and no note")
        elif lead in ("tp", "sl"):
            self._set(token, lead, value if mark else None)
        elif word == "off":
            self._once(token, "tp", Off())
            self._once(token, "sl", Off())
        elif word.startswith(SOURCE_PREFIX) and self.source is None:
            self._watch(token, value)
        elif is_symbol(word) and self.symbol is None:
            self.symbol = token.text.upper()
        else:
            self.scanner.refuse(
                token, f"`{token.text[:24]}` has no place here: `protect tp 65000 sl 61000`"
            )

    def _set(self, token: Token, lead: str, value: str | None) -> None:
        if value is not None:
            self._once(token, lead, Off() if value == "off" else self._price(token, value))
        else:
            following = self.scanner.peek()
            bare = following is not None and following.kind is TokenKind.WORD
            if following is not None and bare and following.text.lower() == "off":
                self.scanner.take()
                self._once(token, lead, Off())
            else:
                self._once(token, lead, take_price(self.scanner))

    def _price(self, token: Token, value: str) -> Price:
        try:
            return read_price(value)
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _watch(self, token: Token, value: str) -> None:
        try:
            self.source = read_source(value)
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _once(self, token: Token, lead: str, value: Price | Off) -> None:
        if lead in self.exits:
            self.scanner.refuse(token, f"`{lead}` is given twice; keep one")
        self.exits[lead] = value
