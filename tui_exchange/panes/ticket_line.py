"""A filled-in ticket as a command line, and what is wrong with its fields. Pure.

Which fields an order type has follows from `engine.core.orders.terms`; what a field may hold is
read by the grammar, which the line is written in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.core.commands import OrderType, SelfTrade, TimeInForce, TriggerSource
from engine.core.orders.terms import AT_ONCE, LASTING, TERMS, Terms
from engine.core.reasons import Reason
from engine.core.units import Scale, UnitError, parse_decimal
from tui_exchange.command_line.amounts import (
    read_distance,
    read_price,
    read_protection,
    read_size,
)
from tui_exchange.command_line.flag_words import read_display
from tui_exchange.command_line.moments import read_expiry
from tui_exchange.command_line.refusals import CommandLineRefusal

OCO = "oco"
MARKET = OrderType.MARKET.value
KINDS: dict[str, Terms] = {
    **{kind.value.replace("_", " "): terms for kind, terms in TERMS.items()},
    OCO: replace(TERMS[OrderType.LIMIT], trigger=True, at_market=True, exits=False, lives=LASTING),
}
"""What can be sent, by the word that chooses it; a pair is a limit order and a stop."""
USUAL = "usual"
NO, YES, SLIDE = "no", "yes", "slide"
LABELS = {
    "trigger": "fires",
    "stop limit": "limit",
    "from": "starts",
    "watch": "on",
    "protect": "slip",
}
"""What stands before a field, where it is not its name."""
SELF_TRADES = {mode.value.removeprefix("cancel_").removesuffix("_both"): mode for mode in SelfTrade}
GTD = TimeInForce.GTD.value

Has = Callable[[Terms, Mapping[str, str]], bool]


def _rests(values: Mapping[str, str]) -> bool:
    return values.get("tif") not in [life.value for life in AT_ONCE]


def _opens(terms: Terms, values: Mapping[str, str]) -> bool:
    """It may be the entry of a bracket."""
    return terms.exits and values.get("reduce") != YES


def _has_limit(values: Mapping[str, str]) -> bool:
    """The stop of a pair is a limit order once it fires."""
    return values["type"] == OCO and bool(values.get("stop limit"))


def _has_stop(terms: Terms, values: Mapping[str, str]) -> bool:
    return _opens(terms, values) and bool(values.get("sl"))


FIELDS: dict[str, Has] = {
    "side": lambda terms, values: True,
    "type": lambda terms, values: True,
    "size": lambda terms, values: True,
    "price": lambda terms, values: terms.price,
    "trigger": lambda terms, values: terms.trigger,
    "stop limit": lambda terms, values: values["type"] == OCO,
    "trail": lambda terms, values: terms.trailing,
    "from": lambda terms, values: terms.trailing,
    "offset": lambda terms, values: terms.offset,
    "show": lambda terms, values: terms.display,
    "tif": lambda terms, values: True,
    "until": lambda terms, values: values.get("tif") == GTD,
    "post": lambda terms, values: terms.post_only and _rests(values),
    "reduce": lambda terms, values: True,
    "protect": lambda terms, values: terms.at_market and not _has_limit(values),
    "tp": lambda terms, values: _opens(terms, values),
    "sl": lambda terms, values: _opens(terms, values),
    "watch": lambda terms, values: terms.trigger or terms.trailing or _has_stop(terms, values),
    "stp": lambda terms, values: True,
}
"""Every field in the order of the form, and when an order has it."""

CHOICES: dict[str, tuple[str, ...]] = {
    "side": ("buy", "sell"),
    "type": tuple(KINDS),
    "watch": (USUAL, *(source.value for source in TriggerSource)),
    "tif": tuple(life.value for life in TimeInForce),
    "post": (NO, YES, SLIDE),
    "reduce": (NO, YES),
    "stp": tuple(SELF_TRADES),
}
"""Fields that are one of a few words; the others are text."""

NEEDED = {
    "size": "give a size: 0.5, $500, 25% or all",
    "price": "give a price: 62000, bid, -0.5%",
    "trigger": "give the price that fires it: 61000, -1%",
    "trail": "give its distance: 50, 20t or 1%",
    "offset": "give the limit's distance from the trigger: 5, 10t or 0",
    "show": "give the size that is shown: 0.1",
    "until": "give its end: 15m, 14:30 or 2026-11-22T14:30",
}
"""What is said where a field must not be empty."""

FIELDS_OF: dict[Reason, tuple[str, ...]] = {
    Reason.PRICE_MISSING: ("price",),
    Reason.PRICE_NOT_ALLOWED: ("price", "type"),
    Reason.PRICE_OUT_OF_RANGE: ("price", "trigger", "from"),
    Reason.TRIGGER_MISSING: ("trigger",),
    Reason.TRIGGER_NOT_ALLOWED: ("trigger", "watch"),
    Reason.TRAIL_INVALID: ("trail",),
    Reason.DISPLAY_INVALID: ("show",),
    Reason.EXPIRY_INVALID: ("until", "tif"),
    Reason.EXITS_INVALID: ("sl", "tp"),
    Reason.PROTECTION_INVALID: ("protect",),
    Reason.FLAGS_CONFLICT: ("tif",),
    Reason.QUANTITY_TOO_SMALL: ("size",),
    Reason.QUANTITY_TOO_LARGE: ("size",),
    Reason.NOTIONAL_TOO_SMALL: ("size",),
    Reason.NO_POSITION: ("reduce",),
    Reason.TRIGGER_WOULD_FIRE: ("trigger",),
    Reason.PRICE_OUTSIDE_BAND: ("price",),
    Reason.NO_LIQUIDITY: ("type",),
    Reason.POST_ONLY_WOULD_TAKE: ("post",),
    Reason.FOK_NOT_FILLABLE: ("tif",),
    Reason.INSUFFICIENT_FUNDS: ("size",),
    Reason.NOTHING_TO_SELL: ("size",),
}
"""The fields that a refusal of the exchange may be about, the likeliest first."""


@dataclass(frozen=True, slots=True)
class TicketForm:
    """What stands in the fields, those included that the chosen type does not have."""

    symbol: str
    values: Mapping[str, str]
    """By the names of `FIELDS`; one that is missing is empty."""

    @property
    def terms(self) -> Terms:
        """What the chosen type has."""
        return KINDS[self.values["type"]]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that this order has."""
        return tuple(name for name, has in FIELDS.items() if has(self.terms, self.values))

    def choices(self, name: str) -> tuple[str, ...]:
        """The words of a field that this order may have."""
        if name == "tif":
            return tuple(life.value for life in self.terms.lives)
        return CHOICES[name]

    def value(self, name: str) -> str:
        """A field without blanks and separators; empty where the order has no such field."""
        has = FIELDS[name](self.terms, self.values)
        return self.values.get(name, "").replace(" ", "").replace(",", "") if has else ""

    def line(self) -> str:
        """The command line that means the same."""
        words = [*self._subject(), *self._prices(), *self._flags()]
        return " ".join(word for word in words if word)

    def faults(self, scale: Scale) -> dict[str, str]:
        """A sentence by field that cannot be right."""
        faults: dict[str, str] = {}
        for name in self.fields:
            if name in CHOICES:
                continue
            text = self.value(name)
            sentence = _fault(name, text, scale) if text else NEEDED.get(name, "")
            if sentence:
                faults[name] = sentence
        return faults

    def field_of(self, reason: Reason) -> str:
        """The field that a refusal stands beside; empty for one that is about the whole order."""
        return next((name for name in FIELDS_OF.get(reason, ()) if name in self.fields), "")

    def _subject(self) -> list[str]:
        side, size = self.value("side"), self.value("size")
        if self.values["type"] == OCO:
            return [OCO, side, size, self.symbol]
        if self.terms.trailing:
            return ["trail", side, size, self.symbol]
        if self.terms.trigger:
            verb = "tp" if self.values["type"].startswith("take") else "stop"
            return [verb, side, size, self.symbol]
        return [side, size, self.symbol]

    def _prices(self) -> list[str]:
        price, trigger = self.value("price"), self.value("trigger")
        if self.values["type"] == OCO:
            return ["at", price, "stop", trigger, *_pair("limit", self.value("stop limit"))]
        if self.terms.trailing:
            return [
                *_pair("by", self.value("trail")),
                *_pair("from", self.value("from")),
                *_pair("limit", self.value("offset")),
            ]
        if self.terms.trigger:
            return ["at", trigger, *_pair("limit", price)]
        return _pair("at", price)

    def _flags(self) -> list[str]:
        post, force, watch = self.value("post"), self.value("tif"), self.value("watch")
        self_trade = SELF_TRADES[self.value("stp") or next(iter(SELF_TRADES))]
        return [
            {YES: "po", SLIDE: "po=slide"}.get(post, ""),
            f"gtd={self.value('until')}" if force == GTD else "" if force == "gtc" else force,
            "reduce" if self.value("reduce") == YES else "",
            _flag("show", self.value("show")),
            "" if self_trade is SelfTrade.CANCEL_RESTING else f"stp={self_trade.value}",
            _flag("protect", self.value("protect")),
            _flag("sl", self.value("sl")),
            _flag("tp", self.value("tp")),
            "" if watch in ("", USUAL) else f"on={watch}",
        ]


def _pair(word: str, value: str) -> list[str]:
    return [word, value] if value else []


def _flag(name: str, value: str) -> str:
    return f"{name}={value}" if value else ""


def _fault(name: str, text: str, scale: Scale) -> str:
    """What is wrong with a field that is not empty."""
    try:
        if name == "size":
            if read_size(text) is None:
                return NEEDED[name]
            _check_steps(text, scale.lots_exact)
        elif name == "show":
            read_display(text)
            _check_steps(text, scale.lots_exact)
        elif name == "until":
            read_expiry(text)
        elif name == "protect":
            read_protection(text)
        elif name in ("trail", "offset"):
            read_distance(text)
            if name == "trail":
                _check_steps(text, scale.ticks_exact)
        else:
            for part in text.split("/") if name == "sl" else [text]:
                read_price(part)
                _check_steps(part, scale.ticks_exact)
    except (CommandLineRefusal, UnitError) as error:
        return str(error)
    return ""


def _check_steps(text: str, convert: Callable[..., int]) -> None:
    """A plain number must be a whole number of ticks or lots; other forms are the line's.

    Raises:
        UnitError: It is not; names the nearest.
        CommandLineRefusal: It is zero.
    """
    if all(char.isdigit() or char == "." for char in text) and convert(parse_decimal(text)) <= 0:
        raise CommandLineRefusal("must be more than zero")
