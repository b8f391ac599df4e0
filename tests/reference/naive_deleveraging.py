"""Who stands in line to be closed against a position that nobody else can take."""

from dataclasses import dataclass

from engine.core import events as e
from engine.core.commands import MARKET, Side
from tests.reference.naive_endings import cut_to_position
from tests.reference.naive_margin import PPM, worth
from tests.reference.naive_means import mark, unrealised
from tests.reference.naive_pools import equity, pool_of
from tests.reference.naive_settling import settle_value
from tests.reference.naive_state import NaiveState


@dataclass(frozen=True)
class InLine:
    account: str
    lots: int
    """Signed."""
    score: int
    """In millionths, as it is told: who differs by less stands level."""


def line(x: NaiveState, symbol: str, *, long: bool) -> list[InLine]:
    """Holders of a side, who is closed first in front; the market participant comes last."""
    holders = [
        InLine(account, lots, score(x, account, symbol))
        for account in x.accounts
        if x.margined(account, symbol)
        and (lots := x.position_lots(account, symbol))
        and (lots > 0) is long
    ]
    ranked = sorted(holders, key=lambda one: (-one.score, -abs(one.lots)))
    market = x.position_lots(MARKET, symbol)
    if not x.is_owned(symbol) and market and (market > 0) is long:
        ranked.append(InLine(MARKET, market, 0))
    return ranked


def score(x: NaiveState, account: str, symbol: str) -> int:
    """Profit ratio times effective leverage; a loss counts less the more leverage it has."""
    position, at = x.money.position(account, symbol), mark(x, symbol)
    assert position is not None
    ratio = unrealised(x, account, symbol) * PPM // max(1, abs(position.cost))
    size = abs(position.cost)
    if at is not None:
        size = worth(x.instruments[symbol], at, abs(position.lots))
    leverage = max(1, size * PPM // max(1, equity(x, pool_of(x, account, symbol))))
    return ratio * leverage // PPM if ratio > 0 else ratio * PPM // leverage


def deleverage(
    x: NaiveState, against: str, symbol: str, lots: int, value: int
) -> tuple[int, int, int]:
    """Close holders of the opposite; (lots, what they brought in all, profit of the one closed).

    The value of all these lots is shared out by lots, so that its parts add up to it.
    """
    long = x.position_lots(against, symbol) > 0
    done = brought = realised = 0
    for rank, holder in enumerate(line(x, symbol, long=not long), start=1):
        part = min(lots - done, abs(holder.lots))
        if not part:
            break
        done += part
        given = value * done // lots - brought
        brought += given
        signed = part if long else -part
        realised += settle_value(x, against, symbol, -signed, -given)
        earned = settle_value(x, holder.account, symbol, signed, given)
        if holder.account in x.accounts:
            _say(x, holder, against, symbol, part, given, earned, rank)
            _follow(x, holder.account, symbol)
    return done, brought, realised


def _say(
    x: NaiveState,
    holder: InLine,
    against: str,
    symbol: str,
    lots: int,
    value: int,
    realised: int,
    rank: int,
) -> None:
    x.say(
        e.PositionDeleveraged,
        account=holder.account,
        symbol=symbol,
        against=against,
        side=Side.SELL if holder.lots > 0 else Side.BUY,
        lots=lots,
        value_quanta=abs(value),
        realised_quanta=realised,
        rank=rank,
        score=holder.score,
        lots_left=x.position_lots(holder.account, symbol),
    )


def _follow(x: NaiveState, account: str, symbol: str) -> None:
    """Orders of its owner that belong to a position which was closed."""
    for order in x.orders_of(account, symbol):
        if order.reduce_only and not order.protects and order.open and order in x.live:
            cut_to_position(x, order)
    x.changed.append((account, symbol))
    if x.counted(account, symbol):
        x.shrunk.append((account, symbol))
