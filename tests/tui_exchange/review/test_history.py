"""What review reads is what was computed by hand."""

from decimal import Decimal

import duckdb
import pytest

from engine.journal.migrations import migrate
from tests.engine.journal.trading import PERP
from tests.tui_exchange.review.histories import NOW_NS
from tui_exchange.failures import ReviewFailure
from tui_exchange.review.model import EMPTY_HISTORY, History
from tui_exchange.review.queries import read_history
from tui_exchange.review.source import ReviewSource
from tui_exchange.review.summary import summaries, worst_drawdown


def test_trades_are_the_round_trips(history: History) -> None:
    found = [
        (t.trade, t.side, t.state, t.size, t.entry, t.exit, t.gross, t.fees, t.net)
        for t in history.trades
    ]
    long, short, still = found
    assert long == (1, "long", "closed", *decimals("0.1 100.5 109.5 0.9 0.021 0.879"))
    assert short == (2, "short", "closed", *decimals("0.05 109 115.5 -0.325 0.011225 -0.336225"))
    assert still[:5] == (3, "long", "open", *decimals("0.04 115.5"))
    assert still[5:] == (None, *decimals("0 0.00462 -0.00462"))


def test_a_trade_has_the_labels_of_the_order_that_opened_it(history: History) -> None:
    assert [(trade.tags, trade.note) for trade in history.trades] == [
        (("dip",), "first"),
        ((), ""),
        ((), ""),
    ]


def test_equity_ends_at_all_nets_and_the_open_loss(history: History) -> None:
    last = history.equity[-1]
    # 0.04 bought at 115.5 stand at the mid of 115.
    assert last.profit == Decimal("0.879") - Decimal("0.336225") - Decimal("0.00462") - Decimal(
        "0.02"
    )
    assert last.equity == 1_000_000 + last.profit
    assert history.currency == "USDT"


def test_the_summary_follows_its_formulas(history: History) -> None:
    (sums,) = summaries(history.trades)
    assert sums.net == Decimal("0.538155")
    assert (sums.gross, sums.fees) == (Decimal("0.575"), Decimal("0.036845"))
    assert (sums.closed, sums.open, sums.wins, sums.losses) == (2, 1, 1, 1)
    assert sums.win_rate == 50
    assert (sums.average_win, sums.average_loss) == (Decimal("0.879"), Decimal("-0.336225"))
    assert sums.expectancy == Decimal("0.2713875")
    assert sums.profit_factor == Decimal("2.6143")


def test_a_ratio_of_nothing_is_unknown_and_not_zero(history: History) -> None:
    (sums,) = summaries([trade for trade in history.trades if trade.state == "open"])
    assert sums.win_rate is None
    assert sums.average_win is None
    assert sums.profit_factor is None
    assert summaries([]) == ()
    assert worst_drawdown([]).amount is None


def test_the_worst_drawdown_is_from_the_highest_profit_to_the_last_point(history: History) -> None:
    worst = worst_drawdown(history.equity)
    assert worst.amount == Decimal("0.879") - history.equity[-1].profit


def test_a_trade_tells_its_whole_life(source: ReviewSource) -> None:
    trade = source.history().trades[2]
    life = source.life(trade)
    assert [(event.kind, event.price) for event in life.events if event.order_id] == [
        ("accepted", Decimal("112.5")),
        ("amended", Decimal("113")),
        ("amended", Decimal("115.5")),
        ("fill", Decimal("115.5")),
        ("filled", None),
    ]
    (order,) = life.orders
    assert (order.price, order.average, order.state) == (*decimals("115.5 115.5"), "filled")
    (fill,) = life.fills
    assert (fill.entry, fill.size, fill.fee, fill.position) == (
        True,
        *decimals("0.04 0.00462 0.04"),
    )


def test_a_refusal_while_a_trade_is_open_is_part_of_its_life(source: ReviewSource) -> None:
    refused = [
        event for event in source.life(source.history().trades[2]).events if not event.order_id
    ]
    assert [event.kind for event in refused] == ["rejected"]
    assert "would trade" in refused[0].text


def test_orders_of_other_trades_are_not_part_of_it(source: ReviewSource) -> None:
    trades = source.history().trades
    assert [order.order_id for order in source.life(trades[0]).orders] == [1, 2]
    assert [order.order_id for order in source.life(trades[1]).orders] == [3, 4]
    entries = [fill.entry for fill in source.life(trades[1]).fills]
    assert entries == [True, False]


def test_notes_and_tags_are_there_when_the_history_is_opened_again(source: ReviewSource) -> None:
    source.write_note(2, "  too   early ")
    source.add_tag(2, "#breakout")
    source.add_tag(2, "breakout")
    source.add_tag(1, "good")
    found = {trade.trade: trade for trade in source.history().trades}
    assert (found[2].note, found[2].tags) == ("too early", ("breakout",))
    assert found[1].tags == ("dip", "good")


def test_a_tag_can_be_taken_away_and_a_note_replaced(source: ReviewSource) -> None:
    source.add_tag(2, "breakout")
    source.take_tag(2, "breakout")
    source.write_note(2, "one")
    source.write_note(2, "two")
    trade = source.history().trades[1]
    assert (trade.note, trade.tags) == ("two", ())


@pytest.mark.parametrize("tag", ["", "  ", "two words", "x" * 41, "#"])
def test_a_tag_is_one_word(source: ReviewSource, tag: str) -> None:
    with pytest.raises(ReviewFailure, match="one word"):
        source.add_tag(1, tag)


def test_a_note_has_a_bound(source: ReviewSource) -> None:
    with pytest.raises(ReviewFailure, match="2001"):
        source.write_note(1, "x" * 2001)


def test_a_history_without_anything_is_empty() -> None:
    with duckdb.connect() as database:
        migrate(database)
        assert read_history(database) == EMPTY_HISTORY


def test_the_account_that_was_asked_for_is_shown_if_there_is_one(history: History) -> None:
    assert history.account == "me"
    assert history.others == ()
    assert all(trade.symbol == PERP for trade in history.trades)
    assert history.trades[0].opened_ns < NOW_NS


def decimals(text: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, text.split()))


def test_a_coarse_curve_keeps_every_extreme_and_the_end(source: ReviewSource) -> None:
    whole, coarse = source.history().equity, source.history(stretches=2).equity
    assert len(coarse) <= len(whole)
    assert set(coarse) <= set(whole)
    assert worst_drawdown(coarse) == worst_drawdown(whole)
    for pick in (min, max):
        assert pick(point.equity for point in coarse) == pick(point.equity for point in whole)
    assert coarse[-1] == whole[-1]
