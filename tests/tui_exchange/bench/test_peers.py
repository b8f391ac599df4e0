"""Other books fill as ours does, or the benchmark says where they do not."""

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

import pytest

from tui_exchange.bench import peers as module
from tui_exchange.bench.book import check_fills, peer_figures
from tui_exchange.bench.book_commands import LIMIT, MARKET, BookCommand, drawn_commands
from tui_exchange.bench.figures import BenchmarkFailed
from tui_exchange.bench.peers import PEERS, Fill, InstalledPeer, Ours, Peer, installed_peers


class Careless(Ours):
    """A book that gives market orders one lot too little."""

    def play(self, commands: Sequence[BookCommand]) -> None:
        super().play(
            [
                (kind, order_id, side, price, lots - (kind is MARKET and lots > 1))
                for kind, order_id, side, price, lots in commands
            ]
        )


class Unable(Ours):
    """A book whose own parts are not installed."""

    def __init__(self) -> None:
        raise ImportError("No module named 'polars'")


def is_here(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize(("name", "commands", "make"), PEERS, ids=[peer[0] for peer in PEERS])
def test_a_peer_fills_the_same_orders_at_the_same_prices_in_the_same_order(
    name: str, commands: int, make: Callable[[], Peer]
) -> None:
    if not is_here(name):
        pytest.skip(f"{name} is not installed; it is in the extra `bench`")
    opening, drawn = drawn_commands(11, 20_000)
    peer = InstalledPeer(name, commands, make)
    assert check_fills(peer, opening, drawn[: min(commands, 20_000)]) > 200


def test_our_own_fills_are_those_that_the_book_made() -> None:
    opening, drawn = drawn_commands(2, 2_000)
    book = Ours()
    book.play(opening)
    assert book.fills() == []
    book.play(drawn)
    placed = {
        order_id: (side, price)
        for kind, order_id, side, price, _ in opening + drawn
        if kind is LIMIT
    }
    assert all(placed[fill.order_id][1] == fill.price_ticks for fill in book.fills())
    assert all(isinstance(fill, Fill) and fill.lots > 0 for fill in book.fills())


def test_a_book_that_fills_otherwise_is_named_with_the_first_fill_that_differs() -> None:
    opening, drawn = drawn_commands(3, 500)
    peer = InstalledPeer("careless 1.0", 500, Careless)
    with pytest.raises(BenchmarkFailed, match=r"careless 1\.0 fills otherwise.*fill \d+ is Fill"):
        check_fills(peer, opening, drawn)


def test_a_book_that_fills_less_is_noticed_too() -> None:
    opening, drawn = drawn_commands(3, 500)
    short = InstalledPeer("short", 500, Ours)

    class Short(Ours):
        def fills(self) -> list[Fill]:
            return super().fills()[:-1]

    check_fills(short, opening, drawn)
    with pytest.raises(BenchmarkFailed, match="is None there"):
        check_fills(InstalledPeer("short", 500, Short), opening, drawn)


def test_what_is_not_installed_is_left_out_and_what_cannot_be_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = ("no-such-order-book", 10, Ours)
    monkeypatch.setattr(module, "PEERS", (absent, ("pytest", 10, Unable), ("hypothesis", 10, Ours)))
    (peer,) = installed_peers()
    assert peer.label == f"hypothesis {version('hypothesis')}"
    assert "No module named 'polars'" in capsys.readouterr().err


def test_each_peer_is_printed_beside_ours_on_the_same_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PEERS", (("hypothesis", 300, Ours),))
    opening, drawn = drawn_commands(4, 1_000)
    theirs, ours = peer_figures(opening, drawn)
    assert theirs.what.startswith("hypothesis ")
    assert theirs.what.endswith(": 300 commands, best")
    assert ours.what == "  ours beside it: 300 commands, best"
    assert theirs.unit == ours.unit == "/s"
