"""All conversions between text, decimals and the integers of the exchange, and all rounding.

A price is an integer number of ticks, a quantity an integer number of lots, cash an integer number
of quanta of a named currency. One unit of any currency is `QUANTA_PER_UNIT` quanta. Conversion from
text is exact or refused with the nearest value; nothing here ever rounds in silence.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from engine.core.instruments import AssetClass, Instrument

QUANTA_PER_UNIT = 10**12
PPM = 1_000_000
DIGITS_MAX = 40
"""Longest decimal text accepted; longer input is a mistake or an attack."""
EXPONENT_MAX = 30
PRICE_TICKS_MAX = 10**15
LOTS_MAX = 10**15
"""No price and no quantity of an order, a print or a display lies beyond."""
_EXACT = Context(prec=120)
"""Wide enough that no conversion of an accepted number rounds by itself."""


class UnitError(ValueError):
    """A text or decimal that cannot become an exact integer; its sentence says what could."""


def parse_decimal(text: str) -> Decimal:
    """The plain decimal that a person or venue wrote.

    Raises:
        UnitError: Not a finite decimal number, or one of absurd length or exponent.
    """
    if len(text) > DIGITS_MAX:
        raise UnitError(f"{text[:12]}… is too long for a number")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UnitError(f"{text!r} is not a number") from None
    if not value.is_finite() or not text.isascii() or "_" in text:
        raise UnitError(f"{text!r} is not a number")
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > EXPONENT_MAX:
        raise UnitError(f"{text!r} is out of range")
    return value


def decimal_text(value: Decimal) -> str:
    """Plain digits without exponent or trailing zeros: `0.00001`, `62000`, `-1.5`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def steps_exact(value: Decimal, step: Decimal, what: str) -> int:
    """How many whole steps make `value`.

    Raises:
        UnitError: `value` is no multiple of `step`; names the nearest multiple.
    """
    whole = _EXACT.divide(value, step).to_integral_value(ROUND_HALF_EVEN)
    if _EXACT.multiply(whole, step) != value:
        nearest = decimal_text(_EXACT.multiply(whole, step))
        raise UnitError(
            f"{decimal_text(value)} is not a multiple of the {what} {decimal_text(step)};"
            f" nearest: {nearest}"
        )
    return int(whole)


def quanta_exact(value: Decimal) -> int:
    """Whole quanta of a currency amount.

    Raises:
        UnitError: Finer than one quantum.
    """
    return steps_exact(value, Decimal(1) / QUANTA_PER_UNIT, "currency quantum")


def quanta_decimal(quanta: int) -> Decimal:
    """The currency amount of a number of quanta, exact."""
    return Decimal(quanta).scaleb(-12, _EXACT)


def prorate_half_even(amount: int, part: int, whole: int) -> int:
    """`amount * part / whole`, rounded half to even; `whole` is positive."""
    quotient, remainder = divmod(amount * part, whole)
    twice = 2 * remainder
    if twice > whole or (twice == whole and quotient % 2):
        quotient += 1
    return quotient


def share_toward_zero(amount_quanta: int, rate_ppm: int) -> int:
    """`rate_ppm` millionths of an amount, without its fraction of a quantum.

    Fees and collateral round this way, so that the parts of an order never cost more than its
    whole.
    """
    product = amount_quanta * rate_ppm
    return product // PPM if product >= 0 else -(-product // PPM)


def money_text(quanta: int, currency: str) -> str:
    """An amount as a person reads it: grouped, two decimals or as many as it needs."""
    whole, fraction = divmod(abs(quanta), QUANTA_PER_UNIT)
    sign = "-" if quanta < 0 else ""
    if not fraction:
        return f"{sign}{whole:,}.00 {currency}"
    digits = str(fraction).rjust(12, "0").rstrip("0").ljust(2, "0")
    return f"{sign}{whole:,}.{digits} {currency}"


def time_text(ts_ns: int) -> str:
    """A moment as a person reads it: the time of day in UTC, the date before it, as in ISO 8601.

    The date is computed by the civil calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
    Algorithms", `civil_from_days`).
    """
    seconds, fraction = divmod(ts_ns, 10**9)
    days, second = divmod(seconds, 86_400)
    era, day_of_era = divmod(days + 719_468, 146_097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year += era * 400 + (month <= 2)
    text = f"{year:04}-{month:02}-{day:02} {second // 3600:02}:{second // 60 % 60:02}"
    text += f":{second % 60:02}"
    if fraction:
        text += f".{fraction:09}".rstrip("0")
    return f"{text} UTC"


class Scale:
    """The integer sizes of one instrument and the conversions that need them.

    Attributes:
        inverse: Whether a lot is worth so much of the quote currency, and settles in the base.
        notional_quanta_per_tick_lot: Quanta of quote currency that a lot is worth per tick; not of
            inverse contracts, whose worth is no multiple of the price.
        base_quanta_per_lot: Quanta of the base asset in one lot; of inverse contracts, its face:
            quanta of the quote currency.
    """

    __slots__ = (
        "_inverse_terms",
        "_price_step",
        "_size_step",
        "base_quanta_per_lot",
        "inverse",
        "lot_size",
        "notional_quanta_per_tick_lot",
        "price_decimals",
        "size_decimals",
        "tick_size",
    )

    def __init__(self, instrument: Instrument) -> None:
        sizes = (instrument.tick_size, instrument.lot_size, instrument.multiplier)
        if not all(map(_is_size, sizes)):
            raise UnitError(
                f"{instrument.symbol}: tick size, lot size and multiplier must be positive numbers"
                f" of at most {EXPONENT_MAX} places"
            )
        self.tick_size = instrument.tick_size
        self.lot_size = instrument.lot_size
        step_value = instrument.tick_size * instrument.lot_size * instrument.multiplier
        self.notional_quanta_per_tick_lot = quanta_exact(step_value)
        self.base_quanta_per_lot = quanta_exact(instrument.lot_size * instrument.multiplier)
        self.inverse = instrument.asset_class is AssetClass.INVERSE
        tick, per_unit = instrument.tick_size.as_integer_ratio()
        self._inverse_terms = self.base_quanta_per_lot * per_unit, tick
        self.price_decimals = decimals_of(instrument.tick_size)
        self.size_decimals = decimals_of(instrument.lot_size)
        self._price_step = Decimal(1).scaleb(-self.price_decimals)
        self._size_step = Decimal(1).scaleb(-self.size_decimals)

    def ticks_exact(self, price: Decimal) -> int:
        """Ticks of a price, or UnitError with the nearest price."""
        return steps_exact(price, self.tick_size, "tick size")

    def lots_exact(self, size: Decimal) -> int:
        """Lots of a quantity, or UnitError with the nearest quantity."""
        return steps_exact(size, self.lot_size, "lot size")

    def lots_floor(self, size: Decimal) -> int:
        """Lots that fit into a quantity: never more than was asked for."""
        return int(_EXACT.divide_int(size, self.lot_size))

    def notional_quanta(self, price_ticks: int, lots: int) -> int:
        """The value of a quantity at a price, in quanta of the settlement currency, signed as it.

        Exact; of inverse contracts, which are worth a number divided by the price, half even.
        """
        if self.inverse:
            face, tick = self._inverse_terms
            return prorate_half_even(face, lots, price_ticks * tick)
        return price_ticks * lots * self.notional_quanta_per_tick_lot

    def signed_value_quanta(self, price_ticks: int, signed_lots: int) -> int:
        """What a position is worth to its holder, but for a constant: it grows as profit does.

        A long inverse contract owes its worth, which falls when the price rises.
        """
        value = self.notional_quanta(price_ticks, signed_lots)
        return -value if self.inverse else value

    def quote_notional_quanta(self, price_ticks: int, lots: int) -> int:
        """The value of a quantity at a price, in quanta of the quote currency."""
        if self.inverse:
            return lots * self.base_quanta_per_lot
        return price_ticks * lots * self.notional_quanta_per_tick_lot

    def price_decimal(self, price_ticks: int) -> Decimal:
        """The price of a number of ticks, with the instrument's decimals."""
        return (price_ticks * self.tick_size).quantize(self._price_step)

    def size_decimal(self, lots: int) -> Decimal:
        """The quantity of a number of lots, with the instrument's decimals."""
        return (lots * self.lot_size).quantize(self._size_step)

    def entry_decimal(self, cost_quanta: int, lots: int) -> Decimal:
        """The average price at which `lots` cost `cost_quanta`, to four places beyond the tick."""
        if lots == 0:
            raise UnitError("an entry price needs a position")
        places = Decimal(1).scaleb(-self.price_decimals - 4)
        if self.inverse:
            price = Decimal(lots * self.base_quanta_per_lot) / -cost_quanta
            return price.quantize(places, ROUND_HALF_EVEN)
        ticks = Decimal(cost_quanta) / (lots * self.notional_quanta_per_tick_lot)
        return (ticks * self.tick_size).quantize(places, ROUND_HALF_EVEN)


def _is_size(value: Decimal) -> bool:
    """Whether a step can be computed with: a positive number that is neither vast nor minute."""
    return value.is_finite() and value > 0 and abs(value.adjusted()) <= EXPONENT_MAX


def decimals_of(step: Decimal) -> int:
    """Decimal places needed to write every multiple of `step`."""
    exponent = step.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
