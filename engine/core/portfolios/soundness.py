"""What must hold of portfolios after every command."""

from engine.core.accounts import Account, Position, chart
from engine.core.commands import LotMethod
from engine.core.state import State


def problems(state: State) -> list[str]:
    """What does not add up: lots of positions, and paper money that was given out."""
    found = _deposits(state)
    for account in state.accounts.values():
        for symbol, position in account.positions.items():
            found += _lots(account, symbol, position)
    return found


def _lots(account: Account, symbol: str, position: Position) -> list[str]:
    """The lots of a position are all of one sign and sum to it, in quantity and in cost."""
    owner, tranches = f"{account.name}'s position in {symbol}", position.tranches
    if position.method is not account.profile.lot_method:
        return [f"{owner} closes lots by another method than its portfolio"]
    if position.method is LotMethod.AVERAGE:
        return [f"{owner} has lots, although the average counts"] if tranches else []
    found = []
    if sum(lot.lots for lot in tranches) != position.lots:
        found.append(f"the lots of {owner} do not add up to it")
    if sum(lot.cost_quanta for lot in tranches) != position.cost_quanta:
        found.append(f"the lots of {owner} do not cost what it did")
    if any(lot.lots * position.lots <= 0 for lot in tranches):
        found.append(f"the lots of {owner} are not all on its side")
    return found


def _deposits(state: State) -> list[str]:
    """What has left `exchange:outside` was deposited, but for what resets gave back."""
    expected = {currency: -quanta for currency, quanta in state.returned.items()}
    for account in state.accounts.values():
        for (currency, _), quanta in account.deposited.items():
            expected[currency] = expected.get(currency, 0) + quanta
    return [
        f"{expected.get(entry.currency, 0)} {entry.currency} quanta were deposited,"
        f" {-entry.balance_quanta} have left the outside"
        for entry in state.ledger.accounts.values()
        if entry.owner == chart.OUTSIDE and expected.get(entry.currency, 0) != -entry.balance_quanta
    ]
