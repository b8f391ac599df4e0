"""A small history whose every figure can be computed by hand.

Ticks are 0.5 USDT, lots 0.001, fees 0.1 % of what is taken; a command every 0.7 s from
2023-11-14 22:13:20 UTC. The mid is set; a market order trades one tick beside it, or two where an
order before it has taken that level whole.

| trade | side | lots | entry | exit | gross | fees | net | |
|---|---|---|---|---|---|---|---|---|
| 1 | long | 100 | 100.5 | 109.5 | 0.9 | 0.01005 + 0.01095 | 0.879 | tag dip, note first |
| 2 | short | 50 | 109.0 | 115.5 | -0.325 | 0.00545 + 0.005775 | -0.336225 | |
| 3 | long | 40 | 115.5 | | 0 | 0.00462 | -0.00462 | open; its order was amended twice |
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from engine.core.commands import (
    AmendOrder,
    Command,
    OrderType,
    PlaceOrder,
    Side,
)
from engine.journal.profile import ProfileLock
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.trading import PERP, depth, opening
from tui_exchange.review.opening import Opening

NOW_NS = 1_700_000_900_000_000_000
OPENING = Opening(now_ns=count(NOW_NS).__next__, equity_interval_ns=10 * 10**9, account="me")


def commands() -> Iterator[Command]:
    """The three trades."""
    yield from opening()
    yield _order(Side.BUY, 100, tag="dip", note="first")
    yield depth(PERP, 220)
    yield _order(Side.SELL, 100)
    yield _order(Side.SELL, 50)
    yield depth(PERP, 230)
    yield _order(Side.BUY, 50)
    yield _order(Side.BUY, 40, price_ticks=225)
    yield AmendOrder(account="me", order_id=5, price_ticks=226)
    yield AmendOrder(account="me", order_id=5, price_ticks=231)
    yield _order(Side.BUY, 10, price_ticks=240, post_only=True)


def trade_in(folder: Path) -> LoggedSession:
    """A session that has traded all of it, and still runs."""
    session = LoggedSession(folder)
    session.run(commands())
    return session


def profile(folder: Path) -> Path:
    """A profile whose session is over, without a history database yet."""
    made = folder / "paper"
    made.mkdir()
    trade_in(made).close()
    return made


class RunningProfile:
    """A profile that this process holds, as a session would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "paper"
        self.lock = ProfileLock(self.folder)
        self.session = trade_in(self.folder)

    def written(self) -> None:
        """Return when the log has everything."""
        assert self.session.log.wait_written(self.session.exchange.seq, 30.0)

    def close(self) -> None:
        """End the session."""
        self.session.close()
        self.lock.release()


def _order(
    side: Side,
    lots: int,
    price_ticks: int | None = None,
    post_only: bool = False,
    tag: str = "",
    note: str = "",
) -> PlaceOrder:
    return PlaceOrder(
        account="me",
        symbol=PERP,
        side=side,
        order_type=OrderType.MARKET if price_ticks is None else OrderType.LIMIT,
        lots=lots,
        price_ticks=price_ticks,
        post_only=post_only,
        tag=tag,
        note=note,
    )
