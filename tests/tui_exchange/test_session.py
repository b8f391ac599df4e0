"""One trader on the simulated market: what a session promises to both faces."""

import asyncio
from pathlib import Path

import pytest

from engine.core.commands import Side
from engine.core.units import QUANTA_PER_UNIT
from feeds.messages import BookLost, StateChanged
from feeds.messages import FeedState as State
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import Paper
from tui_exchange.revisions import ACCOUNT, FILLS, ORDERS, POSITIONS, book_topic
from tui_exchange.settings import Account, Guards, Settings
from tui_exchange.views import FeedState

STARTED = 5_000_000 * QUANTA_PER_UNIT


@pytest.fixture
def paper() -> Paper:
    return Paper()


def test_a_portfolio_has_one_starting_balance_and_is_lent_other_currencies(paper: Paper) -> None:
    view = paper.session.account_view()
    assert view.equity_quanta == view.started_quanta == view.free_quanta == STARTED
    assert view.lent_quanta == STARTED
    assert [entry.currency for entry in view.balances] == ["USDT", "USD"]
    paper.line("b 10 TUIX-USD")
    after = paper.session.account_view()
    assert after.equity_quanta is not None
    assert 0 < STARTED - after.equity_quanta < STARTED // 10_000
    assert 1_800 < (STARTED - after.free_quanta) // QUANTA_PER_UNIT < 1_900


def test_a_trade_is_told_with_price_and_fee_and_shows_in_every_view(paper: Paper) -> None:
    ask = paper.session.quote("BTC-USDT").ask_ticks
    assert ask is not None
    (told,) = paper.line("b 0.001")
    assert told.startswith("bought 0.001 BTC-USDT at ")
    assert told.endswith(" USDT")
    (fill,) = paper.session.fills(10)
    (position,) = paper.session.positions()
    scale = paper.session.scale("BTC-USDT")
    assert (fill.price_ticks, fill.side, position.lots) == (ask, Side.BUY, fill.lots)
    assert fill.fee_quanta == scale.notional_quanta(ask, fill.lots) // 1000
    view = paper.session.account_view()
    assert view.fees_quanta == fill.fee_quanta
    assert view.equity_quanta is not None
    assert view.unrealised_quanta is not None
    gained = view.realised_quanta + view.unrealised_quanta - view.fees_quanta
    assert view.equity_quanta - view.started_quanta == gained


def test_a_resting_order_waits_behind_the_displayed_quantity_and_fills_with_the_tape(
    paper: Paper,
) -> None:
    symbol = "ETH-USDT-PERP"
    shown = paper.session.quote(symbol).bid_lots
    (told,) = paper.line("b 0.5 at bid po", symbol)
    assert told.endswith(" ahead")
    (order,) = paper.session.working_orders()
    assert order.ahead_lots == shown
    for _ in range(120):
        if not paper.session.working_orders():
            break
        paper.run()
    assert sum(fill.lots for fill in paper.session.fills(50)) == order.lots


def test_statements_of_a_line_run_in_order_until_one_is_refused(paper: Paper) -> None:
    outcome = paper.session.run_line("b 0.001; s 5; b 0.1 at bid", "BTC-USDT")
    assert not outcome.ok
    assert len(paper.session.fills(10)) == 1
    assert paper.session.working_orders() == ()
    assert outcome.messages[-1] == "not run: `buy 0.1 at bid`"


def test_a_relative_price_counts_from_the_order_that_the_line_placed(paper: Paper) -> None:
    paper.line("b 0.001 at ask; s 0.001 at +20 po")
    (bought,) = paper.session.fills(1)
    (order,) = paper.session.working_orders()
    scale = paper.session.scale("BTC-USDT")
    distance = scale.price_decimal(order.price_ticks) - scale.price_decimal(bought.price_ticks)
    assert distance == 20


def test_the_same_order_twice_within_two_seconds_is_held_back(paper: Paper) -> None:
    paper.line("b 0.1 at 61000")
    assert "same order" in paper.refusal("b 0.1 at 61000")
    paper.run(3)
    paper.line("b 0.1 at 61000")


def test_the_duplicate_guard_can_be_switched_off() -> None:
    paper = Paper(settings=Settings(guards=Guards(refuse_duplicates=False), market=INSTANT.market))
    paper.line("b 0.1 at bid-5t")
    paper.line("b 0.1 at bid-5t")
    assert len(paper.session.working_orders()) == 2


def test_a_preview_changes_nothing(paper: Paper) -> None:
    before = paper.session.exchange.seq
    outcome = paper.session.preview("b 0.5 at ask", "BTC-USDT")
    assert outcome.ok
    assert any("fee" in sentence for sentence in outcome.messages)
    assert paper.session.exchange.seq == before


@pytest.mark.parametrize("text", ["b", "b x", "zz 1", "b 0.1 NOPE", "s 1e9", "b 1 at ~", ";;", "#"])
def test_nonsense_is_an_outcome_and_changes_nothing(paper: Paper, text: str) -> None:
    before = paper.session.account_view()
    outcome = paper.session.run_line(text, "BTC-USDT")
    assert not outcome.ok
    assert outcome.messages
    assert paper.session.account_view() == before


def test_revisions_move_only_for_what_changed(paper: Paper) -> None:
    session = paper.session
    topics = (ORDERS, FILLS, POSITIONS, ACCOUNT, book_topic("ETH-USDT"))
    before = [session.revision(topic) for topic in topics]
    paper.run()
    after = [session.revision(topic) for topic in topics]
    assert after[:4] == before[:4]
    assert after[4] > before[4]
    paper.line("b 0.1 BTC-USDT")
    assert all(session.revision(t) > n for t, n in zip(topics[:4], after[:4], strict=True))


def test_a_ladder_window_holds_the_book_our_orders_and_what_traded(paper: Paper) -> None:
    paper.run(5)
    paper.line("b 0.05 at bid po")
    session = paper.session
    quote = session.quote("BTC-USDT")
    assert quote.bid_ticks is not None
    fine = session.ladder("BTC-USDT", quote.bid_ticks + 10, 40, 1)
    assert [row.price_ticks for row in fine.rows][:2] == [quote.bid_ticks + 10, quote.bid_ticks + 9]
    row = fine.rows[10]
    assert (row.price_ticks, row.bid_lots) == (quote.bid_ticks, quote.bid_lots)
    assert [own.open_lots for own in row.own] == [session.working_orders()[0].lots]


def test_a_grouped_ladder_adds_up_to_the_fine_one(paper: Paper) -> None:
    paper.run(5)
    session = paper.session
    bid = session.quote("BTC-USDT").bid_ticks
    assert bid is not None
    top = (bid + 50) // 10 * 10 + 9
    fine = session.ladder("BTC-USDT", top, 100, 1)
    coarse = session.ladder("BTC-USDT", top, 10, 10)
    for index, row in enumerate(coarse.rows):
        part = fine.rows[10 * index : 10 * index + 10]
        assert row.price_ticks == part[-1].price_ticks
        assert row.bid_lots == sum(one.bid_lots for one in part)
        assert row.ask_lots == sum(one.ask_lots for one in part)
        assert row.sold_lots == sum(one.sold_lots for one in part)
        assert row.bought_lots == sum(one.bought_lots for one in part)


def test_break_even_pays_both_taker_fees(paper: Paper) -> None:
    paper.line("b 0.5")
    session = paper.session
    price = session.ladder("BTC-USDT", 1, 1, 1).break_even_ticks
    assert price is not None
    scale = session.scale("BTC-USDT")
    (position,) = session.positions()
    for ticks, pays in ((price, True), (price - 1, False)):
        value = scale.notional_quanta(ticks, position.lots)
        cost = sum(scale.notional_quanta(f.price_ticks, f.lots) for f in session.fills(99))
        assert (value - value // 1000 - cost - position.fees_quanta >= 0) is pays


def test_a_perpetual_goes_short_and_its_profit_is_in_the_equity(paper: Paper) -> None:
    paper.line("s 2 ETH-USDT-PERP")
    paper.run(5)
    (position,) = paper.session.positions()
    assert position.lots < 0
    view = paper.session.account_view()
    assert view.held_quanta > 0
    assert view.equity_quanta is not None
    assert position.unrealised_quanta is not None
    cash = sum(balance.balance_quanta for balance in view.balances) - view.lent_quanta
    assert view.equity_quanta == cash + position.unrealised_quanta
    paper.line("flatten all")
    assert paper.session.positions() == ()
    assert paper.session.account_view().held_quanta == 0


def test_a_reconnect_withdraws_the_depth_and_orders_are_refused_meanwhile(paper: Paper) -> None:
    lost = BookLost(received_ns=paper.clock.now_ns(), symbol="BTC-USDT", text="gone")
    paper.session.take(lost)
    assert paper.session.quote("BTC-USDT").bid_ticks is None
    assert "BTC-USDT" in paper.refusal("b 0.1 at 60000")


def test_why_a_market_went_down_is_told_once(paper: Paper) -> None:
    for seconds in (1, 2, 4):
        for symbol in ("BTC-USDT", "ETH-USDT"):
            text = f"cannot reach the venue; next try in {seconds} s"
            change = StateChanged(received_ns=1, symbol=symbol, state=State.DOWN, text=text)
            paper.session.take(change)
    assert list(paper.session.news) == ["simulated: cannot reach the venue; next try in 1 s"]
    back = StateChanged(received_ns=1, symbol="BTC-USDT", state=State.LIVE, text="")
    paper.session.take(back)
    paper.session.take(change)
    assert len(paper.session.news) == 2


async def test_feeds_that_failed_end_the_program_and_never_stand_still_unseen(paper: Paper) -> None:
    async def fail() -> None:
        raise RuntimeError("a defect")

    paper.feed.run = fail  # type: ignore[method-assign]
    await paper.session.start()
    await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "feed"])
    with pytest.raises(RuntimeError, match="a defect"):
        paper.session.frame()
    await paper.session.stop()


def test_a_symbol_that_the_feed_does_not_carry_is_down(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    first.line("b 0.1 BTC-USDT")
    first.session.close()
    second = Paper(tmp_path)
    assert second.session.quote("BTC-USDT").feed is FeedState.LIVE
    second.session.close()


def test_aliases_notes_and_tags_outlive_the_session(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    first.line("b 0.1 at bid-50t tag=plan")
    (order,) = first.session.working_orders()
    first.line(f"note #{order.order_id} after the news; tag #{order.order_id} breakout")
    first.line('alias dip "b 0.2 at bid-90t"')
    first.session.close()
    second = Paper(tmp_path)
    (kept,) = second.session.working_orders()
    assert (kept.tag, kept.note) == ("breakout", "after the news")
    second.line("dip")
    assert len(second.session.working_orders()) == 2
    second.session.close()


def test_the_base_currency_comes_from_the_settings() -> None:
    paper = Paper(settings=Settings(account=Account(name="ann", base_currency="USD")))
    view = paper.session.account_view()
    assert (view.name, view.base_currency) == ("ann", "USD")
    assert view.equity_quanta == STARTED
