"""What a session tells of a portfolio's risk, as one view."""

from collections.abc import Mapping

import msgspec

from engine.monitor import Breach, CorrelatedPair, GridKind, Limits, RiskReport, StressGrid

NOT_MEASURED = "risk is not measured yet: the first figures are there in a moment"


class RiskView(msgspec.Struct, frozen=True):
    """The newest finished figures of one portfolio; money in quanta of `currency`.

    Attributes:
        account: Whose they are.
        currency: The base currency of the portfolio.
        made_ns: When the figures were computed, in the session's time; None: not yet.
        grids: Of both kinds; empty when there is no report.
        limits: The advisory limits in effect.
        breaches: Those that are broken now.
        pairs: Positions that gain and lose together by more than the warning allows.
        day_start_quanta: Equity at the UTC midnight or when the portfolio was first seen since,
            with what was paid in or out since then added or taken off.
        peak_quanta: The highest equity, likewise.
        unvalued: Positions and balances that nothing converts to the base currency; no figure
            counts them.
        problem: Empty, or one sentence: why there are no figures.
        halted: The action of a breach stopped orders that open; `advise resume` lifts it.
        history: Which past returns the figures rest on: `412 minutes`, `45 days`; empty
            without any.
    """

    account: str
    currency: str
    made_ns: int | None
    report: RiskReport | None
    limits: Limits
    grids: Mapping[GridKind, StressGrid] = msgspec.field(default_factory=dict)
    breaches: tuple[Breach, ...] = ()
    pairs: tuple[CorrelatedPair, ...] = ()
    day_start_quanta: int | None = None
    peak_quanta: int | None = None
    unvalued: tuple[str, ...] = ()
    problem: str = ""
    halted: bool = False
    history: str = ""
