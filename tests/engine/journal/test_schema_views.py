"""The views give the numbers that a person computes by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.core.commands import (
    AmendOrder,
    CancelOrder,
    Exits,
    MirrorTrade,
    OrderType,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    Side,
)
from engine.journal.annotations import Annotation, Kind, Subject, append_annotation
from engine.journal.rebuild import rebuild
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.stores import query
from tests.engine.journal.trading import PERP, depth, opening, order

# One tick is 0.5, one lot 0.001: a lot is worth 0.0005 per tick. Taker fee: 0.1 %.


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Long 60 at 201, out by 20 and 70 at 205 (through zero), the short 30 back at 211."""
    session = LoggedSession(tmp_path)
    session.run(opening())
    session.run(
        [
            order(Side.BUY, 60),
            MirrorTrade(symbol=PERP, side=Side.SELL, price_ticks=195, lots=10),
            MirrorTrade(symbol=PERP, side=Side.BUY, price_ticks=210, lots=10),
            depth(PERP, 206),
            order(Side.SELL, 20),
            order(Side.SELL, 70),
            depth(PERP, 210),
            order(Side.BUY, 30),
        ]
    )
    session.close()
    note = {"at_ns": 1, "subject": Subject.TRADE, "subject_id": 1}
    append_annotation(tmp_path, Annotation(**note, kind=Kind.NOTE, text="too early"))
    append_annotation(tmp_path, Annotation(**note, kind=Kind.TAG, text="breakout"))
    rebuild(tmp_path, tmp_path / "out.duckdb")
    return tmp_path / "out.duckdb"


def picked(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def test_a_round_trip_from_flat_through_zero(store: Path) -> None:
    first, second = query(store, "SELECT * FROM v_trades")
    prices = ("side", "state", "max_size", "entry_price", "exit_price")
    money = ("realised", "fees", "net", "mae", "mfe")
    assert picked(first, *prices) == ("long", "closed", *map(Decimal, ("0.06", "100.5", "102.5")))
    assert picked(first, *money) == tuple(
        map(Decimal, ("0.12", "0.01218", "0.10782", "0.18", "0.27"))
    )
    assert picked(second, *prices) == ("short", "closed", *map(Decimal, ("0.03", "102.5", "105.5")))
    assert picked(second, *money) == tuple(
        map(Decimal, ("-0.09", "0.00624", "-0.09624", "0.09", "0"))
    )
    assert picked(first, "fills", "currency", "tag") == (3, "USDT", "test")
    assert first["return_percent"] == pytest.approx(1.7881, abs=1e-9)
    assert first["opened_at"] == datetime(2023, 11, 14, 22, 13, 24, 900_000)
    assert first["holding"] == timedelta(seconds=3.5)
    assert first["closed_at"] == second["opened_at"]


def test_notes_and_tags_stand_beside_their_trade(store: Path) -> None:
    first, second = query(store, "SELECT note, tags FROM v_trades")
    assert picked(first, "note", "tags") == ("too early", ["breakout"])
    assert picked(second, "note", "tags") == (None, None)


def test_a_day_sums_its_fills_and_counts_its_trades(store: Path) -> None:
    (day,) = query(store, "SELECT * FROM v_daily")
    assert picked(day, "account", "day", "currency") == ("me", date(2023, 11, 14), "USDT")
    assert picked(day, "fills", "trades", "wins", "losses") == (4, 2, 1, 1)
    assert picked(day, "value", "realised", "fees", "net") == tuple(
        map(Decimal, ("18.42", "0.03", "0.01842", "0.01158"))
    )
    assert day["equity"] == Decimal("1000000.01158")


def test_the_equity_curve_values_open_positions_at_the_mid(store: Path) -> None:
    curve = query(store, "SELECT * FROM v_equity")
    profits = ["0", "-0.03603", "0.13192", "0.089745", "0.01158"]
    assert [row["profit"] for row in curve] == list(map(Decimal, profits))
    assert [row["drawdown"] for row in curve] == list(
        map(Decimal, ("0", "0.03603", "0", "0.042175", "0.12034"))
    )


def test_an_order_tells_its_whole_history(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(opening())
    session.run([order(Side.BUY, 10, 195)])
    (placed,) = session.exchange.open_orders("me")
    order_id = placed.order_id
    session.run(
        [
            AmendOrder(account="me", order_id=order_id, lots=8),
            CancelOrder(account="me", order_id=order_id),
            CancelOrder(account="me", order_id=order_id),
            order(Side.BUY, 10**9, 195),
        ]
    )
    session.close()
    rebuild(tmp_path, tmp_path / "out.duckdb")
    told = query(tmp_path / "out.duckdb", "SELECT * FROM v_order_history")
    names = ("kind", "state", "side", "price", "size", "open_size", "reason")
    size, smaller, price = Decimal("0.01"), Decimal("0.008"), Decimal("97.5")
    assert [picked(row, *names) for row in told[:3]] == [
        ("accepted", "accepted", "buy", price, size, size, None),
        ("amended", "accepted", "buy", price, smaller, smaller, None),
        ("cancelled", "cancelled", "buy", None, smaller, 0, "requested"),
    ]
    assert picked(told[3], "kind", "order_id", "reason") == ("refused", order_id, "unknown_order")
    assert picked(told[4], "kind", "order_id", "state_now") == ("rejected", None, None)
    assert told[4]["text"]


def test_groups_are_told_order_by_order(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    exits = Exits(take_profit_ticks=220, stop_loss_ticks=190)
    bracket = msgspec.structs.replace(order(Side.BUY, 20), exits=exits)
    stop = PlaceOrder(
        account="me",
        symbol=PERP,
        side=Side.BUY,
        order_type=OrderType.STOP,
        lots=5,
        trigger_ticks=230,
    )
    session.run(opening())
    session.run(
        [
            bracket,
            PlaceOco(account="me", first=order(Side.BUY, 5, 195), second=stop),
            ProtectPosition(account="me", symbol=PERP, stop_loss_ticks=150),
            PlaceBasket(
                account="me", legs=(order(Side.BUY, 2), order(Side.BUY, 3, symbol="BTC-USDT"))
            ),
        ]
    )
    session.close()
    rebuild(tmp_path, tmp_path / "out.duckdb")
    rows = query(tmp_path / "out.duckdb", "SELECT * FROM v_order_groups")
    told = [picked(row, "group_id", "kind", "order_id", "role", "state", "trade") for row in rows]
    assert told == [
        (1, "bracket", 1, "entry", "filled", 1),
        (1, "bracket", 2, "take_profit", "accepted", 1),
        (1, "bracket", 3, "stop_loss", "waiting", 1),
        (4, "oco", 4, "first", "accepted", None),
        (4, "oco", 5, "second", "waiting", None),
        (6, "position", 6, "stop_loss", "waiting", 1),
        (7, "basket", 8, "leg", "filled", 1),
        (7, "basket", 9, "leg", "filled", 2),
    ]
    assert {row["share_ppm"] for row in rows} == {None, 1_000_000}
