"""The bare order book: limit, cancel and market commands around a touch that wanders.

The commands are drawn beforehand, so only the book is timed. Other order books that are installed
(`pip install 'tui-exchange[bench]'`) play the same commands in the same run, and must fill the same
orders at the same prices in the same order.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from engine.core.book import BookOrder, OrderBook
from tui_exchange.bench.book_commands import BookCommand, drawn_commands, play
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_least, at_most
from tui_exchange.bench.measuring import frozen_collector, median, percentile, rates
from tui_exchange.bench.peers import InstalledPeer, Ours, Peer, installed_peers

COMMANDS = 200_000
ROUNDS = 7
PEER_ROUNDS = 5
SEED = 1

Commands = Sequence[BookCommand]


def measure() -> list[Figure]:
    """Commands per second over several rounds, what single commands take, and what peers do."""
    opening, commands = drawn_commands(SEED, COMMANDS)
    found = rates(lambda: _ours(opening, commands), ROUNDS)
    times_ns = _single_times_ns(opening, commands)
    return [
        Figure("commands, best round", max(found), "/s", at_least(800_000)),
        Figure("commands, median round", median(found), "/s"),
        Figure("command, 50th percentile", percentile(times_ns, 0.5) / 1000, "µs"),
        Figure("command, 99th percentile", percentile(times_ns, 0.99) / 1000, "µs", at_most(10)),
        *peer_figures(opening, commands),
    ]


def peer_figures(opening: Commands, commands: Commands) -> Iterator[Figure]:
    """Each installed peer's rate beside ours on the same commands, in turns so that both have the
    same busy and idle moments of the machine.

    Raises:
        BenchmarkFailed: A peer filled otherwise than we do.
    """
    for peer in installed_peers():
        some = commands[: peer.commands]
        check_fills(peer, opening, some)
        books = (peer.label, peer.make), ("  ours beside it", Ours)
        best = dict.fromkeys((label for label, _ in books), 0.0)
        for _ in range(PEER_ROUNDS):
            for label, make in books:
                (rate,) = rates(partial(_played, make, opening, some), 1)
                best[label] = max(best[label], rate)
        for label, rate in best.items():
            yield Figure(f"{label}: {len(some):,} commands, best", rate, "/s")


def check_fills(peer: InstalledPeer, opening: Commands, commands: Commands) -> int:
    """How many fills a peer and our book make of the same commands.

    Raises:
        BenchmarkFailed: They differ; names the first that does.
    """
    books: list[Peer] = [Ours(), peer.make()]
    for book in books:
        book.play(opening)
        book.play(commands)
    ours, theirs = (book.fills() for book in books)
    for number, (here, there) in enumerate(zip_longest(ours, theirs), 1):
        if here != there:
            raise BenchmarkFailed(
                f"{peer.label} fills otherwise than our book: fill {number} is {there} there and"
                f" {here} here; look whether another version does, or uninstall it"
            )
    return len(ours)


def _ours(opening: Commands, commands: Commands) -> Callable[[], int]:
    book, orders = OrderBook(), dict[int, BookOrder]()
    play(book, orders, opening)

    def timed() -> int:
        play(book, orders, commands)
        return len(commands)

    return timed


def _played(make: Callable[[], Peer], opening: Commands, commands: Commands) -> Callable[[], int]:
    book = make()
    book.play(opening)

    def timed() -> int:
        book.play(commands)
        return len(commands)

    return timed


def _single_times_ns(opening: Commands, commands: Commands) -> list[int]:
    """The time of each command alone, the call around it and the reading of the clock included."""
    book, orders = OrderBook(), dict[int, BookOrder]()
    play(book, orders, opening)
    times_ns = []
    clock_ns = time.perf_counter_ns
    with frozen_collector():
        for command in commands:
            one = (command,)
            begin_ns = clock_ns()
            play(book, orders, one)
            times_ns.append(clock_ns() - begin_ns)
    return times_ns
