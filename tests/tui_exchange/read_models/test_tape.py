"""What has traded: newest first, bounded, nothing lost of the sums that are shown."""

from engine.core.commands import Side
from tui_exchange.read_models import tape as module
from tui_exchange.read_models.tape import Tape


def test_the_first_trade_is_what_change_is_measured_from() -> None:
    tape = Tape()
    assert tape.open_ticks is None
    for number, price in enumerate((100, 101, 99)):
        tape.add(number, price, 2, Side.BUY, own=False)
    assert (tape.open_ticks, tape.volume_lots) == (100, 6)


def test_prints_are_newest_first_and_bounded() -> None:
    tape = Tape()
    for number in range(module.PRINTS_KEPT + 10):
        tape.add(number, 100, 1, Side.SELL, own=False)
    latest = tape.latest(10**6)
    assert len(latest) == module.PRINTS_KEPT
    assert latest[0].ts_ns == module.PRINTS_KEPT + 9
    assert tape.latest(2) == latest[:2]


def test_a_trade_counts_on_the_side_of_its_aggressor() -> None:
    tape = Tape()
    tape.add(1, 100, 3, Side.BUY, own=True)
    tape.add(2, 100, 2, Side.SELL, own=False)
    assert (tape.bought, tape.sold) == ({100: 3}, {100: 2})


def test_prices_far_from_the_market_are_forgotten_first() -> None:
    tape = Tape()
    for price in range(module.PRICES_KEPT + 1):
        tape.add(price, price, 1, Side.BUY, own=False)
    assert len(tape.bought) == module.PRICES_KEPT // 2
    assert min(tape.bought) > module.PRICES_KEPT // 2 - 2
    assert tape.volume_lots == module.PRICES_KEPT + 1
