"""A filled-in ticket as a command line, and what is wrong with its fields. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.units import Scale, UnitError, parse_decimal

LIMIT, MARKET = "limit", "market"
SIDES = ("buy", "sell")
TYPES = (LIMIT, MARKET)
FORCES = ("gtc", "ioc", "fok")
ANSWERS = ("no", "yes")


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What stands in the fields."""

    symbol: str
    side: str
    order_type: str
    size: str
    price: str
    force: str
    post_only: bool

    def line(self) -> str:
        """The command line that means the same."""
        words = [self.side, _bare(self.size), self.symbol]
        if self.order_type == LIMIT:
            words += ["at", _bare(self.price)]
        if self.post_only and self.order_type == LIMIT:
            words.append("po")
        if self.force != "gtc":
            words.append(self.force)
        return " ".join(words)

    def faults(self, scale: Scale) -> dict[str, str]:
        """A sentence by field that cannot be right; words such as `bid` are left to the line."""
        faults: dict[str, str] = {}
        if not self.size.strip():
            faults["size"] = "give a size: 0.5, $500, 25% or all"
        elif _is_number(self.size):
            _check(faults, "size", lambda: scale.lots_exact(parse_decimal(_bare(self.size))))
        if self.order_type == LIMIT and not self.price.strip():
            faults["price"] = "give a price, or choose market"
        elif self.order_type == LIMIT and _is_number(self.price):
            _check(faults, "price", lambda: scale.ticks_exact(parse_decimal(_bare(self.price))))
        if self.post_only and self.force != "gtc":
            faults["post"] = f"post-only never trades at once, {self.force} never waits"
        return faults


def _check(faults: dict[str, str], field: str, convert: Callable[[], int]) -> None:
    try:
        steps = convert()
    except UnitError as error:
        faults[field] = str(error)
    else:
        if steps <= 0:
            faults[field] = "must be more than zero"


def _is_number(text: str) -> bool:
    """Only digits and separators: other forms of sizes and prices are the command line's."""
    return all(char.isdigit() or char in ".-" for char in _bare(text))


def _bare(text: str) -> str:
    return text.replace(" ", "").replace(",", "")
