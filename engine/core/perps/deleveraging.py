"""Auto-deleveraging: who must give up a profitable position when nobody else takes the other side.

Holders of the opposite side are ranked by profit ratio times effective leverage; a loss counts the
less the higher the leverage. Source: the rankings that Binance and Bybit publish for their
auto-deleveraging.
"""

from engine.core.accounts import Account, Position
from engine.core.events import PositionDeleveraged
from engine.core.market import Market
from engine.core.perps.estate import Estate
from engine.core.perps.holders import holders
from engine.core.perps.transferring import close_part, closing_side
from engine.core.state import State
from engine.core.units import PPM


def score(state: State, market: Market, account: Account, position: Position) -> int:
    """Where a holder stands, in millionths; the highest is deleveraged first."""
    cost = max(1, abs(position.cost_quanta))
    ratio = position.unrealised_quanta * PPM // cost
    if position.isolated is not None:
        equity = position.isolated.balance_quanta + position.unrealised_quanta
    else:
        purse = account.pools[market.instrument.settlement].cash
        equity = Estate(account, None, purse).equity_quanta(state)
    notional = abs(position.cost_quanta)
    if market.mark_ticks is not None:
        notional = market.scale.notional_quanta(market.mark_ticks, abs(position.lots))
    leverage = max(1, notional * PPM // max(1, equity))
    return ratio * leverage // PPM if ratio > 0 else ratio * PPM // leverage


def ranked(state: State, market: Market, *, long: bool) -> list[tuple[int, Account, Position]]:
    """(score, holder, position) of one side, first in line first; the fund is never in line.

    Of equal scores the larger position comes first, then the account that was opened first.
    """
    line = [
        (score(state, market, account, position), account, position)
        for account, position in holders(state, market)
        if account is not state.fund and (position.lots > 0) is long
    ]
    return sorted(line, key=lambda each: (-each[0], -abs(each[2].lots)))


def lights(state: State, market: Market, account: Account) -> int:
    """How near a holder is to the front of its line: 5 for the first fifth, 0 for no position."""
    position = account.positions.get(market.instrument.symbol)
    if position is None or not position.lots:
        return 0
    line = ranked(state, market, long=position.lots > 0)
    place = [holder for _, holder, _ in line].index(account)
    return 5 - 5 * place // len(line)


def deleverage(
    state: State, market: Market, against: str, signed_lots: int, signed_value: int
) -> int:
    """Close a bankrupt position against the holders of the other side, the first in line first.

    Args:
        against: Whose position it is.
        signed_lots: What is to be closed, as that position is signed.
        signed_value: For what, in all; each holder closes its part for its part of it.

    Returns:
        How many lots found a holder; the venue whose depth is mirrored comes last of all.
    """
    wanted = left = abs(signed_lots)
    sign = 1 if signed_lots > 0 else -1
    line = [each for each in ranked(state, market, long=sign < 0) if each[1].name != against]
    for rank, (points, account, position) in enumerate(line, start=1):
        lots = min(left, abs(position.lots))
        if not lots:
            break
        value = _part(signed_value, wanted, wanted - left, lots)
        side = closing_side(position)
        realised = close_part(state, market, account, -sign * lots, -value)
        left -= lots
        state.events.append(
            PositionDeleveraged(
                seq=state.seq,
                ts_ns=state.now_ns,
                account=account.name,
                symbol=market.instrument.symbol,
                against=against,
                side=side,
                lots=lots,
                value_quanta=abs(value),
                realised_quanta=realised,
                rank=rank,
                score=points,
                lots_left=position.lots,
            )
        )
    shown = market.shown_position
    lots = 0 if market.spot else min(left, max(0, -sign * shown.lots))
    if lots:
        value = _part(signed_value, wanted, wanted - left, lots)
        realised = shown.fill(sign * lots, value, state.now_ns)
        state.ledger.transfer(market.clearing, market.shown_cash, realised)
        left -= lots
    return wanted - left


def _part(value: int, whole: int, before: int, lots: int) -> int:
    """What the next lots are given for, so that all parts together make the value."""
    return value * (before + lots) // whole - value * before // whole
