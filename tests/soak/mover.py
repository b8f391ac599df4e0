"""A true book that wanders, and the prints that take from it."""

from random import Random

from engine.core.commands import Side
from feeds.exact_text import NUMBERS
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import booked

HALF = 2
"""Prices are multiples of one half, which every venue's tick divides."""
MIDDLE, SWAY = 100 * HALF, 6 * HALF
REACH = 10
LEVELS_MIN = 3
SIZE_MAX = 60
_ONE = 10**18

Changes = tuple[dict[str, str], dict[str, str]]


class Mover:
    """Draws what changes next in a speaker's book; a size of `"0"` removes a level."""

    def __init__(self, speaker: Speaker, dice: Random) -> None:
        self.speaker = speaker
        self._dice = dice
        self._middle = MIDDLE
        self.booked = booked(speaker)

    def drawn(self) -> Changes:
        """A change: the touch may move, and some levels behind it do."""
        if not self.booked:
            return self._quote()
        step = self._dice.choice((-1, 0, 0, 0, 1))
        if abs(self._middle + step - MIDDLE) <= SWAY:
            self._middle += step
        return self.one_side(Side.BUY), self.one_side(Side.SELL)

    def one_side(self, side: Side) -> dict[str, str]:
        """A change of one side, which never reaches the other."""
        dice, known = self._dice, self._known(side)
        sign = -1 if side is Side.BUY else 1
        crossing = [half for half in known if sign * (half - self._middle) <= 0]
        changed = dict.fromkeys(crossing, 0)
        for _ in range(dice.randint(1, 3)):
            changed[self._middle + sign * dice.randint(1, REACH)] = dice.randint(1, SIZE_MAX)
        left = [half for half in known if half not in changed]
        if len(left) + len(changed) - len(crossing) > LEVELS_MIN and left:
            changed[dice.choice(left)] = 0
        return {known.get(half, f"{half / HALF:.2f}"): f"{size}" for half, size in changed.items()}

    def printed(self) -> tuple[list[str], Changes]:
        """A print at the touch, and the change that it makes of the book."""
        side = self._dice.choice((Side.BUY, Side.SELL))
        levels = self.speaker.asks if side is Side.BUY else self.speaker.bids
        best = min if side is Side.BUY else max
        price = best(levels, key=NUMBERS.__getitem__)
        size = NUMBERS[levels[price]] // _ONE
        if size < 1 or len(levels) <= LEVELS_MIN:
            return [], ({}, {})
        traded = self._dice.randint(1, size)
        left = {price: f"{size - traded}"}
        frames = self.speaker.trade(price, f"{traded}", side)
        return frames, (({}, left) if side is Side.BUY else (left, {}))

    def _known(self, side: Side) -> dict[int, str]:
        """The side's levels by their price in halves, as the venue writes it."""
        levels = self.speaker.bids if side is Side.BUY else self.speaker.asks
        return {NUMBERS[price] * HALF // _ONE: price for price in levels}

    def _quote(self) -> Changes:
        bid, away = self._dice.randint(150, 199), self._dice.randint(1, 9)
        bid_size, ask_size = self._dice.randint(1, 99), self._dice.randint(1, 99)
        ask = bid + away
        return {f"{bid / HALF:.2f}": f"{bid_size}"}, {f"{ask / HALF:.2f}": f"{ask_size}"}
