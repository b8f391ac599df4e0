"""What the trader has in hand, shared by all panes: the focused market, the size, the switch."""

from collections.abc import Callable

from tui_exchange.alarm import Alarm
from tui_exchange.arming import Arming
from tui_exchange.bracket_template import BracketTemplate
from tui_exchange.market_words import market_words
from tui_exchange.notices import Notices, Weight
from tui_exchange.session_protocol import SessionLike
from tui_exchange.settings import Terminal
from tui_exchange.views import FeedState, LineOutcome

SIZE_MULTIPLES = (1, 2, 5, 10, 50)
"""The five order sizes of an instrument, in multiples of its first."""
FIRST_SIZE_QUANTA = 1_000 * 10**12
"""The first order size is worth about this much of the quote currency."""


class Desk:
    """One trader at one session.

    Args:
        session: Where views are read and lines are run.
        now_ns: The wall clock, Unix nanoseconds.
        toast: Shows a sentence over the screen.
        bracket: The exits that the ladder's entries get while it is on.
    """

    def __init__(
        self,
        session: SessionLike,
        now_ns: Callable[[], int],
        arming: Arming,
        toast: Callable[[str, Weight], None],
        bracket: BracketTemplate | None = None,
    ) -> None:
        self.session = session
        self.now_ns = now_ns
        self.arming = arming
        self.notices = Notices()
        self.symbol = ""
        self.sizes: dict[str, int] = {}
        """Order size by instrument, in lots."""
        self._presets: dict[str, tuple[int, ...]] = {}
        self._toast = toast
        self.bracket = bracket or BracketTemplate.of(Terminal())

    @property
    def ready(self) -> bool:
        """There is a market to look at; the first instrument takes the focus by itself."""
        if not self.symbol and self.session.symbols:
            self.symbol = self.session.symbols[0]
        return bool(self.symbol)

    @property
    def armed(self) -> bool:
        """Single keys send orders."""
        return self.arming.armed

    @property
    def feed(self) -> FeedState:
        """What may be believed of the focused market."""
        return self.session.quote(self.symbol).feed

    @property
    def market_words(self) -> str:
        """Why the focused market does not trade, and until when; empty while it does."""
        return market_words(self.session.market(self.symbol), self.now_ns())

    @property
    def is_spot(self) -> bool:
        """What is focused is bought and sold outright."""
        return self.session.instrument(self.symbol).asset_class.owned

    def switch_bracket(self) -> None:
        """New entries of the ladder get exits, or none any more."""
        bracket = self.bracket
        if bracket.empty:
            self.say(
                Weight.REFUSED,
                "the bracket has no exits: set terminal.bracket_take_profit or"
                " terminal.bracket_stop_loss in the config file",
            )
            return
        bracket.on = not bracket.on
        state = f"on: new entries get {bracket.words}" if bracket.on else "off"
        self.say(Weight.INFO, f"the ladder's bracket is {state}")

    def connections(self) -> tuple[int, ...]:
        """How often each feed has reconnected."""
        return tuple(feed.reconnects for feed in self.session.feeds())

    def focus(self, symbol: str) -> None:
        """Look at another instrument."""
        if symbol != self.symbol:
            self.symbol = symbol
            self.say(Weight.INFO, f"{symbol} is in focus")

    def step_symbol(self, step: int) -> None:
        """Look at the instrument before or behind this one in the list."""
        symbols = list(self.session.symbols)
        self.focus(symbols[(symbols.index(self.symbol) + step) % len(symbols)])

    def presets(self) -> tuple[int, ...]:
        """The order sizes of keys 1 to 5, in lots; round, and sensible for the price."""
        found = self._presets.get(self.symbol)
        return found if found is not None else self._make_presets()

    @property
    def size_lots(self) -> int:
        """The size that the next order by key has."""
        return self.sizes.get(self.symbol) or self.presets()[0]

    def say(self, weight: Weight, text: str) -> None:
        """Tell the trader one sentence; an alarm is one whoever passes it on."""
        weight = Weight.ALARM if isinstance(text, Alarm) else weight
        if text and self.notices.add(self.now_ns(), weight, text):
            self._toast(text, weight)

    def run(self, line: str) -> LineOutcome:
        """Run a command line on the focused market and tell what came of it."""
        outcome = self.session.run_line(line, self.symbol)
        for text in outcome.messages:
            self.say(Weight.DONE if outcome.ok else Weight.REFUSED, text)
        return outcome

    def _make_presets(self) -> tuple[int, ...]:
        quote = self.session.quote(self.symbol)
        scale = self.session.scale(self.symbol)
        terms = self.session.instrument(self.symbol)
        price = quote.last_ticks or quote.bid_ticks or quote.ask_ticks
        lowest = max(terms.lots_min, 1)
        if price is None:
            return tuple(lowest * multiple for multiple in SIZE_MULTIPLES)
        wanted = FIRST_SIZE_QUANTA // max(1, scale.notional_quanta(price, 1))
        first = max(lowest, _round_down(wanted))
        while scale.notional_quanta(price, first) < terms.notional_min_quanta:
            first *= 2
        made = tuple(min(first * multiple, terms.lots_max) for multiple in SIZE_MULTIPLES)
        self._presets[self.symbol] = made
        return made


def _round_down(lots: int) -> int:
    """The next lower number of the form 1, 2 or 5 times a power of ten; at least 1."""
    if lots < 1:
        return 1
    power: int = 10 ** (len(str(lots)) - 1)
    return max(digit * power for digit in (1, 2, 5) if digit * power <= lots)
