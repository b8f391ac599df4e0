"""The order grammar, over sessions of lines typed by one trader at a real exchange.

A line of an input is a command line, or behind `>` a command of a scenario script: what the market
does meanwhile. Any text is read or refused with a sentence and a place in it; what is read can be
written and read back the same; what it comes to is taken or refused by the exchange, and no
invariant breaks; what the preview refuses is not done.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NoReturn

from engine.clock import ManualClock
from engine.core import snapshot
from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.core.invariants import check
from engine.core.script import Glossary, ScriptError, parse_command
from feeds.group import FeedGroup
from tests.fuzz.mutation import changed_lines, changed_words
from tests.fuzz.target import Target, Wrong
from tui_exchange.aliases import Aliases
from tui_exchange.command_line import (
    COMMANDS,
    GrammarRefusal,
    Offers,
    complete,
    describe,
    parse_line,
    render,
    render_line,
)
from tui_exchange.command_line.scanner import LINE_CHARS_MAX
from tui_exchange.command_line.vocabulary import FLAG_HELP, FLAG_VALUES, SIZE_HELP
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.failures import ReviewFailure
from tui_exchange.fill_report import FillReports
from tui_exchange.labels import OrderLabels
from tui_exchange.line_runner import LineRunner
from tui_exchange.market_time import MarketTime
from tui_exchange.order_history import OrderHistory
from tui_exchange.order_life.remembered import RememberedOrders
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.risk.advising import Advising
from tui_exchange.risk.limits_kept import AdvisedLimits
from tui_exchange.settings import Settings
from tui_exchange.words import Words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "grammar.md"
BYTES_MAX = 1_500
STEP_NS = 3_000_000_000
"""From line to line: longer than two equal lines are held apart."""
FOCUS = "BTC-USDT"
ALIASES = {"scalp": "b 0.1 at bid po; s 0.1 at +20 po", "again": "again again"}
OPENING = """\
time 20778d14:00:00
instrument BTC-USDT spot tick 0.1 lot 0.001
instrument BTC-USDT-PERP perpetual tick 0.1 lot 0.001 margin 10%
instrument ETH-USDT spot tick 0.01 lot 0.0001 margin 20% borrow 10%
instrument BTC-USD-PERP inverse settlement BTC tick 0.5 lot 1 multiplier 100 margin 10%
currency BTC haircut 5%
funding BTC-USDT-PERP exchange every 8h
account main
account bob
deposit main 50000 USDT
deposit main 1 BTC
deposit bob 5000000 USDT
deposit bob 100 BTC
deposit bob 100 ETH
depth BTC-USDT snapshot bids 61999.9:0.1,61999:0.4,61990:2 asks 62000.1:0.1,62001:0.4,62010:2
depth BTC-USDT-PERP snapshot bids 61999.9:1,61990:4 asks 62000.1:1,62010:4
depth BTC-USD-PERP snapshot bids 61999.5:90,61990:900 asks 62000.5:90,62010:900
print BTC-USDT buy 0.05 at 62000.1
print BTC-USDT-PERP sell 0.05 at 61999.9
price BTC-USDT-PERP index 62000
place main BTC-USDT buy 0.4 market
place main BTC-USDT-PERP sell 0.2 market
place main BTC-USDT buy 0.2 limit 61900
place main BTC-USDT sell 0.1 limit 63000 tag=grid
place main BTC-USDT sell 0.2 stop trigger 61000 tag=guard
place main BTC-USDT-PERP buy 0.1 iceberg 61000 show 0.01
place bob BTC-USDT sell 3 limit 62100
place bob BTC-USDT-PERP buy 3 limit 61800
"""
MARKET = (
    "> print BTC-USDT sell 0.1 at 61900",
    "> print BTC-USDT buy 0.5 at 63000",
    "> print BTC-USDT-PERP buy 1 at 62500",
    "> price BTC-USDT-PERP mark 61000",
    "> depth BTC-USDT snapshot asks 62000.1:1",
    "> market-down BTC-USDT",
    "> halt BTC-USDT",
    "> resume BTC-USDT",
    "> kill main",
    "> release main",
    "> place bob BTC-USDT-PERP sell 5 market",
    "> place bob ETH-USDT sell 1 limit 3000",
    "> wait 1h",
    "> wait 8h",
    "> price BTC-USDT-PERP mark 56000",
    "> price BTC-USDT-PERP mark 70000",
    "> price BTC-USDT index 40000",
    "> mode main BTC-USDT-PERP isolated",
    "> mode main ETH-USDT cross",
    "> leverage main BTC-USDT-PERP 50",
    "> leverage bob BTC-USDT-PERP 2",
    "> margin main BTC-USDT-PERP +500",
    "> portfolio main base USDT start 50000 lots fifo collateral multi",
    "> portfolio main base USDT start 50000 lots lifo",
    "> portfolio bob base BTC start 10",
    "> reset main",
    "> archive main",
    "> unarchive main",
    "> limits main order 20000 position 50000 positions 2 leverage 3 rate 2",
    "> limits main in BTC-USDT-PERP size 1 leverage 20",
    "> limits main",
    "> currency BTC haircut 90%",
    "> currency ETH haircut 10%",
    "> oracle BTC-USDT-PERP mark basis age 1m sample 5s source kraken 2 source okx 1",
    "> oracle BTC-USDT mark book age 30s sample 10s",
    "> index BTC-USDT-PERP kraken 61000 confidence 0.1%",
    "> index BTC-USDT-PERP okx 63000",
    "> funding BTC-USDT-PERP venue every 1h",
    "> funding BTC-USD-PERP damped every 4h",
    "> rate BTC-USDT-PERP 0.3%",
    "> deposit main 20000 USDT top-up",
    "> deposit main 1 BTC lent",
    "> place bob BTC-USDT-PERP buy 6 limit 55000",
    "> place bob BTC-USD-PERP sell 500 market",
)


def _quiet_market() -> FeedGroup:
    """No feed: it takes no word of the command line."""
    return FeedGroup(lambda message: None, ManualClock(0))


def _no_marks(account: str, currency: str) -> tuple[None, None]:
    """No equity of earlier is known."""
    del account, currency
    return None, None


class Desk:
    """One trader's command line at an exchange, whose invariants are checked after each command."""

    def __init__(self, exchange: Exchange, glossary: Glossary) -> None:
        self.exchange = exchange
        self.glossary = glossary
        self.now_ns = exchange.now_ns
        settings = Settings()
        labels = OrderLabels(None, self._now)
        self.remembered = RememberedOrders(exchange)
        portfolio = Portfolio(exchange, CurrentPortfolio("main"), labels.tag_of, labels.note_of)
        self.aliases = Aliases(ALIASES, None)
        self.runner = LineRunner(
            exchange,
            self.submit,
            settings,
            portfolio,
            labels,
            self.aliases,
            Words(MarketTime(_quiet_market(), lambda: None)),
            exchange.symbols,
            self._now,
            OrderHistory(self.remembered, FillReports(exchange), _no_history),
            Advising(exchange, AdvisedLimits(None, lambda: None), _no_marks, dict),
        )

    def submit(self, command: Command) -> tuple[Event, ...]:
        events = self.exchange.apply(command, self.now_ns)
        check(self.exchange)
        for event in events:
            self.glossary.learn(event)
        self.remembered.read(command, self.now_ns, events)
        return events

    def market(self, text: str) -> None:
        """What the market does; a line that says nothing is passed over."""
        try:
            command, self.now_ns = parse_command(text, self.glossary, self.now_ns)
        except ScriptError:
            return
        self.submit(command)

    def type(self, text: str) -> None:
        """A line as a trader enters it: completed, looked at, run."""
        self.now_ns += STEP_NS
        complete(text, len(text), Offers(symbols=self.exchange.symbols(), orders={3: "buy"}))
        looked = self.runner.preview(text, FOCUS)
        seq = self.exchange.seq
        result = self.runner.execute(text, FOCUS)
        if not looked.ok and (result.ok or self.exchange.seq != seq):
            raise Wrong(f"what the preview refuses is done: {text!r}: {looked.messages}")
        for said in (*looked.messages, *result.messages, *(() if result.ok else [result.refusal])):
            if not said.strip():
                raise Wrong(f"an empty sentence is told of {text!r}")

    def _now(self) -> int:
        return self.now_ns


def _no_history() -> NoReturn:
    raise ReviewFailure("nothing is kept")


@cache
def _opened() -> tuple[bytes, tuple[Event, ...]]:
    exchange, glossary, now_ns = Exchange(), Glossary(), 0
    seen: list[Event] = []
    for line in OPENING.splitlines():
        command, now_ns = parse_command(line, glossary, now_ns)
        events = exchange.apply(command, now_ns)
        for event in events:
            glossary.learn(event)
        seen += events
    return snapshot.encode(exchange), tuple(seen)


def open_desk() -> Desk:
    """A desk of its own, always the same."""
    saved, events = _opened()
    glossary = Glossary()
    for event in events:
        glossary.learn(event)
    return Desk(snapshot.decode(saved), glossary)


def attempt(data: bytes) -> None:
    """Run a session of lines."""
    desk = open_desk()
    for line in data.decode("utf-8", "replace").split("\n"):
        if line.startswith(">"):
            desk.market(line[1:])
            continue
        _read(line, desk)
        desk.type(line)


def _read(line: str, desk: Desk) -> None:
    """A line is statements that can be written and read back, or a refusal with a place."""
    try:
        statements = parse_line(line, desk.aliases.all())
    except GrammarRefusal as refusal:
        if not 0 <= refusal.start <= refusal.end <= len(refusal.line) or not refusal.sentence:
            raise Wrong(f"a refusal points beside its line: {line!r}") from refusal
        return
    for statement in statements:
        if not describe(statement):
            raise Wrong(f"a statement without words: {statement}")
        if parse_line(render(statement)) != (statement,):
            raise Wrong(f"a statement reads back as another one\n{render(statement)}")
    written = render_line(statements)
    if len(written) <= LINE_CHARS_MAX and parse_line(written) != statements:
        raise Wrong(f"a line reads back as another one\n{written}")


@cache
def examples() -> tuple[str, ...]:
    """Every line that the page of the grammar or a command's help shows."""
    blocks = re.findall(
        r"^```grammar\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    shown = [line for block in blocks for line in block.splitlines() if line[:1] not in "=>!"]
    helped = [example for command in COMMANDS for example in command.examples]
    return tuple(dict.fromkeys((*shown, *helped)))


@cache
def vocabulary() -> tuple[str, ...]:
    """The words of the grammar, and of its examples as often as they stand there."""
    values = [lead + value for lead, words in FLAG_VALUES.items() for value in words]
    own = (*COMMANDS.words(), *FLAG_HELP, *values, *SIZE_HELP, ";", "-", "+", '"', "\\", "½")
    numbers = tuple(f"#{order_id}" for order_id in range(1, 13))
    return (*own, *numbers, *(word for line in examples() for word in line.split()))


def seeds() -> Iterator[bytes]:
    """Each example alone, and all of them a few at a time with the market between."""
    yield from (line.encode() for line in examples())
    dice = Random(1)
    for _ in range(60):
        lines = [*dice.sample(examples(), 5), *dice.sample(MARKET, 3)]
        dice.shuffle(lines)
        yield "\n".join(lines).encode()


def mutate(data: bytes, dice: Random, size: int) -> bytes:
    """A session with some of its lines and their words changed."""

    def change(line: str) -> str:
        words = line.split(" ")
        for _ in range(dice.randint(1, 3)):
            words = changed_words(words, vocabulary(), dice)
        return " ".join(words)

    pool = (*examples(), *MARKET)
    lines = changed_lines(data.decode("utf-8", "replace").split("\n"), pool, dice, change)
    return "\n".join(lines).encode()[:size]


def split(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def join(pieces: Sequence[bytes]) -> bytes:
    return b"\n".join(pieces)


def told(data: bytes) -> str:
    return data.decode("utf-8", "replace")


TARGET = Target(BYTES_MAX, seeds, mutate, attempt, split, join, told)
