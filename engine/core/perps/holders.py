"""Who holds positions on margin in an instrument, and which money answers for them."""

from collections.abc import Iterator

from engine.core.accounts import Account, LedgerAccount, Position
from engine.core.margin_terms import CASH
from engine.core.market import Market
from engine.core.state import State


def holders(state: State, market: Market) -> Iterator[tuple[Account, Position]]:
    """Traders with an open margined position, in order of opening, then the insurance fund."""
    symbol = market.instrument.symbol
    for account in (*state.accounts.values(), state.fund):
        position = account.positions.get(symbol)
        if position is not None and position.lots and margined(market, position):
            yield account, position


def margined(market: Market, position: Position) -> bool:
    """Whether what an account trades here opens positions, rather than moving assets."""
    return not market.spot or position.mode is not CASH


def purse(state: State, account: Account, market: Market, position: Position) -> LedgerAccount:
    """The ledger account that pays for a position, and is paid."""
    if position.isolated is not None:
        return position.isolated
    return state.ledger.account(account.name, market.instrument.settlement)
