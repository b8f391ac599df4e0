"""Putting an account away, where it keeps everything and takes no orders."""

from engine.core.accounts import Account
from engine.core.commands import ArchivePortfolio
from engine.core.events import PortfolioArchived
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def archive(state: State, account: Account, command: ArchivePortfolio) -> None:
    """Put an account away, or take it out again.

    Raises:
        Refusal: It has orders, positions or commands on their way.
    """
    if command.archived and not account.archived and (using := _uses(account)):
        raise Refusal(
            Reason.PORTFOLIO_IN_USE,
            f"{account.title} has {using}: flatten it first, or reset it, then archive it",
        )
    account.archived = command.archived
    state.events.append(
        PortfolioArchived(
            seq=state.seq, ts_ns=state.now_ns, account=account.name, archived=command.archived
        )
    )


def archived(account: Account) -> Refusal:
    """The refusal of what an account that was put away does not do."""
    return Refusal(
        Reason.PORTFOLIO_ARCHIVED,
        f"{account.title} is archived: take it out of the archive first",
    )


def _uses(account: Account) -> str:
    if account.orders:
        return "open orders"
    if any(position.lots for position in account.positions.values()):
        return "positions"
    return "commands on their way" if account.line else ""
