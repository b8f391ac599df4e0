"""What happens to a portfolio as a whole."""

import msgspec

from engine.core.commands.portfolios import Profile
from engine.core.margin_terms import Limits


class PortfolioConfigured(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a portfolio is called and how it keeps its books from now on."""

    seq: int
    ts_ns: int
    account: str
    profile: Profile


class PortfolioReset(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A portfolio begins again with its starting balance."""

    seq: int
    ts_ns: int
    account: str
    currency: str
    starting_quanta: int
    cancelled_orders: int
    closed_positions: int


class PortfolioArchived(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A portfolio was put away or taken out again."""

    seq: int
    ts_ns: int
    account: str
    archived: bool


class LimitsSet(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a portfolio may do at most from now on."""

    seq: int
    ts_ns: int
    account: str
    limits: Limits
