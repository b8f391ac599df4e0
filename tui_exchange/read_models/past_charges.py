"""Funding, borrow fees and the insurance fund of earlier sessions, read from the history."""

from typing import TYPE_CHECKING

from engine.core.units import quanta_exact
from tui_exchange.read_models.charges import KEPT, Charge, FundBalance, PastCharges, Settled

if TYPE_CHECKING:
    import duckdb

_PAID = """
SELECT epoch_ns(ts), account, symbol, epoch_ns(until), rate_ppb, lots, paid
FROM funding WHERE seq <= ? ORDER BY seq DESC, n DESC LIMIT ?
"""
_SETTLED = """
SELECT epoch_ns(ts), symbol, epoch_ns(until), rate_ppb, mark_ticks
FROM funding_rates WHERE seq <= ? ORDER BY seq DESC, n DESC LIMIT ?
"""
_FUND = """
SELECT epoch_ns(ts), currency, balance FROM (
    SELECT *, lag(balance) OVER (PARTITION BY currency ORDER BY seq) AS before FROM insurance
) WHERE seq <= ? AND balance IS DISTINCT FROM before ORDER BY seq DESC, currency DESC LIMIT ?
"""
ALL = 2**63 - 1
"""A last command that leaves none out."""


def past_charges(reader: "duckdb.DuckDBPyConnection", last_seq: int = ALL) -> PastCharges:
    """The latest of each kind up to a command, oldest first.

    Raises:
        duckdb.Error: The database refused.
    """
    asked = [last_seq, KEPT]
    paid = reader.execute(_PAID, asked).fetchall()
    settled = reader.execute(_SETTLED, asked).fetchall()
    fund = reader.execute(_FUND, asked).fetchall()
    return PastCharges(
        charges=tuple(Charge._make((*row[:-1], quanta_exact(row[-1]))) for row in reversed(paid)),
        settled=tuple(Settled._make(row) for row in reversed(settled)),
        fund=tuple(FundBalance._make((*row[:-1], quanta_exact(row[-1]))) for row in reversed(fund)),
    )
