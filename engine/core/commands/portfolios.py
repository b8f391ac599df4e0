"""What a trader states about a portfolio as a whole."""

from enum import Enum

import msgspec

from engine.core.instruments import AssetClass
from engine.core.margin_terms import Limits
from engine.core.units import QUANTA_PER_UNIT


class LotMethod(Enum):
    """Which of the lots that make up a position a sale closes."""

    FIFO = "fifo"
    LIFO = "lifo"
    AVERAGE = "average"
    """None in particular: all have the average cost."""

    __hash__ = object.__hash__


class Collateral(Enum):
    """What answers for the cross positions of a portfolio."""

    SINGLE = "single"
    """Each settlement currency for its own positions."""
    MULTI = "multi"
    """Every currency that counts as collateral, for all of them."""

    __hash__ = object.__hash__


class DepositKind(Enum):
    """Why paper money arrives."""

    START = "start"
    TOP_UP = "top_up"
    LENT = "lent"
    """To trade with in a currency besides its own: it is there to pay, and no part of equity."""

    __hash__ = object.__hash__


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a portfolio is called and how it keeps its books."""

    title: str = ""
    """As people call it; empty: by the account's name."""
    description: str = ""
    base_currency: str = "USDT"
    """In which its equity and its limits are stated."""
    starting_quanta: int = 5_000_000 * QUANTA_PER_UNIT
    """Of the base currency, given at its start and at each reset."""
    lot_method: LotMethod = LotMethod.AVERAGE
    collateral: Collateral = Collateral.SINGLE
    leverages: dict[AssetClass, int] = {}
    """Where no leverage was chosen for an instrument; as far as its tiers allow."""
    tags: tuple[str, ...] = ()
    public: bool = False


class ConfigurePortfolio(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Replace the profile of an account."""

    account: str
    profile: Profile


class ResetPortfolio(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Begin again with the starting balance: orders and positions go, what happened stays told."""

    account: str


class ArchivePortfolio(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """Put an account away, or take it out again; nothing of it is lost."""

    account: str
    archived: bool = True


class SetLimits(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Replace what an account may do at most."""

    account: str
    limits: Limits
