"""What exchanges say happens in a liquidation: who loses what, who is closed, what the fund has."""

from decimal import Decimal

from engine.core.commands import BUY
from engine.core.events import PositionDeleveraged, PositionLiquidated, ReducedBy
from engine.core.margin_terms import CROSS, ISOLATED
from engine.core.units import quanta_decimal
from tests.engine.published.adl import BITMEX_FUND_EXAMPLE, BITMEX_QUEUE
from tests.engine.published.desk import COUNTERPARTY, Desk, contract
from tests.engine.published.liquidation_prices import ISOLATED as EXAMPLES
from tests.engine.published.observing import health, shown

SYMBOL = "BTC-USDT-PERP"
FUND = "exchange:insurance"


def desk_of(rate: str = "0.005") -> Desk:
    return Desk(contract(SYMBOL, tick="0.01", lot="1", tiers=((None, Decimal(rate)),)))


def test_an_isolated_position_loses_its_margin_and_nothing_else() -> None:
    """BitMEX: 4 XBT set aside of 100; at 94, past the liquidation at 97, just these 4 are lost."""
    example = EXAMPLES["bitmex isolated margin example"]
    desk = desk_of(str(example.maintenance_rate))
    desk.open("trader", "USDT", Decimal(100))
    desk.trade_as("trader", SYMBOL, ISOLATED, example.leverage)
    desk.trade("trader", SYMBOL, long=True, size=example.size, price=example.entry)
    assert desk.cash("trader", "USDT") == 96
    desk.mark(SYMBOL, Decimal(94))
    position = desk.exchange.position("trader", SYMBOL)
    assert position is not None
    assert position.lots == 0
    assert desk.cash("trader", "USDT") == 96


def test_in_cross_margin_the_same_position_is_kept_at_a_larger_loss() -> None:
    """BitMEX: an unrealised loss of 6 XBT, and no liquidation."""
    example = EXAMPLES["bitmex isolated margin example"]
    desk = desk_of(str(example.maintenance_rate))
    desk.open("trader", "USDT", Decimal(100))
    desk.trade_as("trader", SYMBOL, CROSS, example.leverage)
    desk.trade("trader", SYMBOL, long=True, size=example.size, price=example.entry)
    desk.mark(SYMBOL, Decimal(94))
    position = desk.exchange.position("trader", SYMBOL)
    assert position is not None
    assert position.lots == 1
    assert quanta_decimal(health(desk, "trader", SYMBOL)[0]) == 94


def test_the_fund_gains_and_bears_what_bitmex_says() -> None:
    """BitMEX gives the fund all that a fill betters the bankruptcy price by; ours a fee of 0.5%.

    Of a margin of 1% with half of it left, that fee is all that is left: the fund has the same.
    The second position finds no bid at its bankruptcy price: the fund takes it, and sells it below.
    """
    example = BITMEX_FUND_EXAMPLE
    desk = desk_of()
    for name, mark, bid in (
        ("first", example.liquidation, example.first_fill),
        ("second", example.second_fill, example.second_fill),
    ):
        desk.mark(SYMBOL, example.entry)
        desk.open(name, "USDT", Decimal(10))
        desk.trade_as(name, SYMBOL, ISOLATED, 100)
        desk.trade(name, SYMBOL, long=True, size=Decimal(1), price=example.entry)
        desk.do(desk.order(COUNTERPARTY, SYMBOL, BUY, Decimal(1), bid))
        events = desk.mark(SYMBOL, mark)
        (closed,) = (each for each in events if isinstance(each, PositionLiquidated))
        assert desk.cash(name, "USDT") == 9
        if name == "first":
            assert closed.by is ReducedBy.BOOK
            assert quanta_decimal(closed.value_quanta) == example.first_fill
            assert desk.cash(FUND, "USDT") == example.fund_after_first
        else:
            assert closed.by is ReducedBy.FUND
            assert quanta_decimal(closed.value_quanta) == example.bankruptcy
            assert desk.cash(FUND, "USDT") == example.fund_after_second
            assert not desk.exchange.state.fund.positions[SYMBOL].lots


def queue() -> Desk:
    """BitMEX's six longs, the higher their score the cheaper they bought, and a short of 20."""
    desk = desk_of()
    for holder in BITMEX_QUEUE.longs:
        desk.open(holder.name, "USDT", Decimal(100_000))
        desk.trade_as(holder.name, SYMBOL, ISOLATED, 10)
        size, price = Decimal(holder.lots), Decimal(560 - 10 * holder.score)
        desk.trade(holder.name, SYMBOL, long=True, size=size, price=price)
    lots, entry = Decimal(BITMEX_QUEUE.liquidated_lots), Decimal(600)
    desk.open("short", "USDT", (BITMEX_QUEUE.bankruptcy_price - entry) * lots)
    desk.trade_as("short", SYMBOL, CROSS, 100)
    desk.trade("short", SYMBOL, long=False, size=lots, price=entry)
    return desk


def test_the_first_in_bitmexs_queue_are_closed_at_the_bankruptcy_price() -> None:
    """Ranked by profit ratio x effective leverage: all of the first's 10, 10 of the second's 20."""
    desk = queue()
    events = desk.mark(SYMBOL, BITMEX_QUEUE.bankruptcy_price + 10)
    closed = [each for each in events if isinstance(each, PositionDeleveraged)]
    first_in_line = sorted(BITMEX_QUEUE.longs, key=lambda holder: holder.percentile)
    expected = [(holder.name, holder.taken) for holder in first_in_line if holder.taken]
    assert [(each.account, each.lots) for each in closed] == expected
    for each in closed:
        assert quanta_decimal(each.value_quanta) / each.lots == BITMEX_QUEUE.bankruptcy_price
    for holder in BITMEX_QUEUE.longs:
        position = desk.exchange.position(holder.name, SYMBOL)
        assert position is not None
        assert position.lots == holder.lots - holder.taken
    assert desk.cash("short", "USDT") == 0


def test_our_indicator_counts_holders_where_bitmexs_counts_their_lots() -> None:
    """BitMEX: the fifth in which the last of a holder's lots stands; ours: how many are before it.

    So the two differ by where large positions stand, and agree on the first and on the last.
    """
    desk = queue()
    desk.mark(SYMBOL, Decimal(640))
    line = sorted(BITMEX_QUEUE.longs, key=lambda holder: -holder.score)
    assert [name for name, _, _ in desk.exchange.adl_line(SYMBOL, long=True)] == [
        holder.name for holder in line
    ]
    ours = [shown(desk, holder.name, SYMBOL).adl_lights for holder in line]
    theirs = [6 - holder.percentile // 20 for holder in line]
    assert theirs == [5, 4, 3, 2, 2, 1]
    assert ours == [5, 5, 4, 3, 2, 1]
