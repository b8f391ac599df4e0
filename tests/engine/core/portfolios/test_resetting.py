"""A reset gives everything back: nothing is lost or made, and nobody else notices."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core import snapshot
from engine.core.commands import DepositKind, ResetPortfolio, SetMarginMode, Side
from engine.core.margin_terms import MarginMode
from engine.core.units import QUANTA_PER_UNIT
from tests.engine.core.risk.test_limits import SIDES, Desk

ORDERS = st.lists(
    st.tuples(st.sampled_from(["ann", "bob"]), SIDES, st.integers(1, 50), st.integers(95, 105)),
    max_size=12,
)


@given(ORDERS, st.booleans())
def test_a_reset_leaves_the_starting_balance_and_nothing_else(
    orders: list[tuple[str, Side, int, int]], isolated: bool
) -> None:
    desk = Desk()
    if isolated:
        desk.send(SetMarginMode(account="ann", symbol="P", mode=MarginMode.ISOLATED))
    for account, side, lots, price in orders:
        desk.place(account, side, lots, price)
    bob = desk.exchange.balances("bob")
    desk.send(ResetPortfolio(account="ann"))
    exchange = desk.exchange
    starting = 5_000_000 * QUANTA_PER_UNIT
    assert exchange.balances("ann")["USDT"] == (starting, 0)
    assert exchange.deposited("ann") == {("USDT", DepositKind.START): starting}
    assert not exchange.open_orders("ann")
    assert all(not position.lots for position in exchange.positions("ann").values())
    assert exchange.balances("bob") == bob
    assert snapshot.state_hash(snapshot.decode(snapshot.encode(exchange))) == (
        snapshot.state_hash(exchange)
    )
