"""What a line may say, and what it is told when it says something else."""

import pytest

from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    Deposit,
    MirrorDepth,
    OrderType,
    PlaceOrder,
    Side,
    TimeInForce,
)
from engine.core.script import Glossary, ScriptError, parse_command
from tests.engine.core.script.test_round_trip import known


def parsed(line: str) -> object:
    return parse_command(line, known(), 0)[0]


def refusal(line: str) -> ScriptError:
    with pytest.raises(ScriptError) as caught:
        parsed(line)
    return caught.value


def test_prices_and_sizes_are_decimals_of_the_instrument() -> None:
    assert parsed("place ann BTC-USDT buy 0.5 limit 62000.10 ioc post-only id=c1") == PlaceOrder(
        account="ann",
        symbol="BTC-USDT",
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=50_000,
        price_ticks=6_200_010,
        time_in_force=TimeInForce.IOC,
        post_only=True,
        client_id="c1",
    )


def test_an_amendment_is_in_the_units_of_its_order() -> None:
    amendment = AmendOrder(account="ann", order_id=3, lots=40_000, price_ticks=6_100_000)
    assert parsed("amend ann 3 size 0.4 price 61000") == amendment


def test_without_a_listed_instrument_numbers_are_ticks_and_lots() -> None:
    assert parsed("amend ann 99 size 4") == AmendOrder(account="ann", order_id=99, lots=4)
    assert "write lots" in str(refusal("amend ann 99 size 0.4"))


def test_levels_are_price_and_size_pairs() -> None:
    assert parsed("depth BTC-USDT snapshot bids 62000:1.5,61999:0 asks 62001:2") == MirrorDepth(
        symbol="BTC-USDT",
        bids=((6_200_000, 150_000), (6_199_900, 0)),
        asks=((6_200_100, 200_000),),
        snapshot=True,
    )


def test_a_mass_cancel_names_a_symbol_a_side_both_or_neither() -> None:
    assert parsed("cancel-all ann") == CancelAll(account="ann")
    assert parsed("cancel-all ann sell") == CancelAll(account="ann", side=Side.SELL)
    both = CancelAll(account="ann", symbol="BTC-USDT", side=Side.BUY)
    assert parsed("cancel-all ann BTC-USDT buy") == both


def test_money_is_exact_to_the_quantum() -> None:
    deposit = Deposit(account="ann", currency="USDT", amount_quanta=100_000_000_000_000_001)
    assert parsed("deposit ann 100000.000000000001 USDT") == deposit


def test_waiting_moves_the_clock_and_only_forwards() -> None:
    assert parse_command("wait 1.5ms", Glossary(), 7) == (AdvanceTime(), 1_500_007)
    moved = parse_command("time 10:00:00.000000001", Glossary(), 0)
    assert moved == (AdvanceTime(), 36_000_000_000_001)
    with pytest.raises(ScriptError, match="never goes back"):
        parse_command("time 00:00:00", Glossary(), 1)


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("", 1, "instrument"),
        ("buy 1", 1, "place"),
        ("place ann BTC-USDT long 1 market", 20, "buy or sell"),
        ("place ann BTC-USDT buy 1", 25, "limit or market"),
        ("place ann BTC-USDT buy 0.000001 market", 24, "nearest: 0"),
        ("place ann BTC-USDT buy 1 limit 62000.001", 32, "nearest: 62000"),
        ("place ann BTC-USDT buy 1 limit 62000 gtx", 38, "gtc, ioc, fok, gtd"),
        ("place ann BTC-USDT buy NaN market", 24, "not a number"),
        ("place ann BTC-USDT buy 1e999 market", 24, "out of range"),
        ('place ann BTC-USDT buy 1 market note="x', 33, "quoted"),
        ("place ann BTC-USDT buy 1 market id=a id=b", 38, "twice"),
        ("depth BTC-USDT bids 62000:1,61999", 29, "62000:1.5"),
        ("depth BTC-USDT bids 62000:1,61999:x", 35, "not a number"),
        ("cancel ann three", 12, "whole number"),
        ("cancel ann 3 now", 14, "end of the line"),
        ("mirror BTC-USDT hold 5", 22, "duration"),
        ("time 25:00:00", 6, "10:00:00"),
        ("instrument X spot tick 1", 25, "lot"),
        ("instrument X spot tick 1 lot 1 lot 2", 32, "each once"),
        ("instrument X spot tick 1 lot 1 maker 5", 38, "bps"),
        ("instrument X swap tick 1 lot 1", 14, "spot or stock or etf or fx"),
    ],
)
def test_a_wrong_line_is_told_where_and_what_is_allowed(line: str, column: int, says: str) -> None:
    error = refusal(line)
    assert says in str(error)
    assert error.column == column
