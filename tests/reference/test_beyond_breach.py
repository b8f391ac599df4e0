"""What holds whatever is liquidated: invariants of swarms that go on past a breach."""

import pytest

from engine.core import snapshot
from engine.core.events import LiquidationEnded, LiquidationOutcome
from engine.core.exchange import Exchange
from engine.core.invariants import check
from tests.reference.directing import Director
from tests.reference.naive_settling import isolated
from tests.reference.sequences import margined, waited_ns
from tests.reference.world import opening

LIQUIDATING = (11, 45, 60, 86, 114, 156, 187, 209, 244, 376)
"""Seeds whose swarms liquidate: into the book, to the fund, by deleveraging, with losses shared."""


@pytest.mark.parametrize("seed", LIQUIDATING)
def test_nobody_is_below_zero_after_a_liquidation_and_all_money_is_accounted_for(seed: int) -> None:
    on, steps = margined(seed, 300)
    exchange, director, now_ns, ended = Exchange(), Director(on), 0, 0
    for command in opening(on):
        exchange.apply(command, now_ns)
    for step in steps:
        now_ns += waited_ns(step)
        events = exchange.apply(director.command(step, now_ns), now_ns)
        director.learn(events)
        check(exchange)
        for event in events:
            if isinstance(event, LiquidationEnded):
                ended += 1
                _is_covered(exchange, event)
    assert ended
    saved = snapshot.encode(exchange)
    assert snapshot.encode(snapshot.decode(saved)) == saved


def _is_covered(exchange: Exchange, event: LiquidationEnded) -> None:
    """Where nothing is left of the positions, nothing is owed."""
    if event.outcome is LiquidationOutcome.CLOSED:
        alone = event.symbol is not None
        owner = isolated(event.account, event.symbol or "") if alone else event.account
        assert exchange.balance(owner, event.currency)[0] >= 0
