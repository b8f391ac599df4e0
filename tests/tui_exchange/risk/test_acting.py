"""A broken limit is acted upon once, and the trader is told what was done and why."""

from decimal import Decimal
from pathlib import Path

import pytest

from engine.core.commands import (
    ConfigureOracle,
    HaltInstrument,
    MarkMethod,
    MirrorDown,
    SetPrice,
    TriggerSource,
)
from engine.monitor import Action, LimitName, Response, default_limits
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.risk.own_desk import OwnDesk
from tui_exchange.alarm import Alarm
from tui_exchange.risk.limits_kept import AdvisedLimits

PERP = "BTC-USDT-PERP"
LEAD = "RISK LIMIT "


@pytest.fixture
def paper() -> Paper:
    """Two BTC, which is about 2.5% of equity."""
    desk = Paper()
    desk.run()
    desk.line("b 2", PERP)
    return desk


def told(paper: Paper) -> list[str]:
    """Look once; what is told of limits."""
    paper.session.tick()
    texts = [text for text in paper.session.news if text.startswith(LEAD)]
    assert all(isinstance(text, Alarm) for text in texts)
    paper.session.news.clear()
    return texts


def orders(paper: Paper, account: str = "main") -> int:
    return len(paper.session.exchange.open_orders(account))


def lots(paper: Paper, account: str = "main") -> int:
    position = paper.session.exchange.position(account, PERP)
    return 0 if position is None else position.lots


def test_an_alert_is_told_once_while_it_lasts(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.limit(1, Action.ALERT)
    assert desk.after(1) == [
        "RISK LIMIT position-size of main: BTC-USDT-PERP is 2.49% of equity; the limit is 1%;"
        " 0.806 BTC would be within it"
    ]
    assert not desk.after(1)
    assert not desk.after(3_600)


def test_an_alert_is_told_again_once_its_limit_held_for_a_minute(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.limit(1, Action.ALERT)
    assert desk.after(1)
    desk.limit(25, Action.ALERT)
    assert not desk.after(1)
    desk.limit(1, Action.ALERT)
    assert not desk.after(59)
    desk.limit(25, Action.ALERT)
    assert not desk.after(1)
    assert not desk.after(60)
    desk.limit(1, Action.ALERT)
    assert desk.after(1)


def test_cancel_withdraws_every_order_and_tries_again_after_a_minute(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.limit(1, Action.CANCEL)
    paper.line("b 0.1 at -1%; b 0.1 at -2%")
    (done,) = desk.after(1)
    assert done.endswith("; its 2 working orders are cancelled")
    assert not orders(paper)
    paper.line("b 0.1 at -3%")
    assert not desk.after(59)
    assert orders(paper) == 1
    assert desk.after(1) == [
        "RISK LIMIT position-size of main is still broken; its working order is cancelled"
    ]
    assert not orders(paper)
    assert not desk.after(60)


def test_a_lifted_halt_comes_back_only_when_its_limit_had_held(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.limit(1, Action.HALT)
    assert desk.after(1)
    assert desk.desk.limits.halted("main")
    assert desk.desk.resume("main") == (LimitName.POSITION_SIZE,)
    assert not desk.after(3_600)
    desk.limit(25, Action.HALT)
    desk.after(1)
    desk.after(60)
    desk.limit(1, Action.HALT)
    assert desk.after(1)
    assert desk.desk.limits.halted("main")


def test_a_lifted_halt_stays_lifted_after_a_restart(paper: Paper, tmp_path: Path) -> None:
    limits = AdvisedLimits(tmp_path, lambda: None)
    limits.halt("main", "why")
    limits.resume("main", (LimitName.POSITION_SIZE,))
    desk = OwnDesk(paper)
    desk.desk = desk.made(tmp_path)
    desk.limit(1, Action.HALT)
    desk.after(1)
    assert not desk.desk.limits.halted("main")


def test_reduce_closes_just_what_is_over(paper: Paper) -> None:
    paper.line("b 0.1 at 60000; advise position-size 1 action=reduce", PERP)
    (done,) = told(paper)
    assert done.endswith("; 1.194 BTC of it is sold at market")
    assert lots(paper) == 806
    assert orders(paper) == 1
    assert not told(paper)


def test_reduce_buys_a_short_back(paper: Paper) -> None:
    paper.line("s 4; advise position-size 1 action=reduce", PERP)
    (done,) = told(paper)
    assert "is bought back at market" in done
    assert lots(paper) == -806


def test_halt_cancels_and_refuses_what_opens_until_it_is_lifted(paper: Paper) -> None:
    paper.line("b 0.1 at -1%; advise position-size 1 action=halt")
    (done,) = told(paper)
    assert done.endswith("; nothing that opens is sent until `advise resume`")
    assert not orders(paper)
    refusal = paper.refusal("b 0.01")
    assert refusal.startswith(
        "not sent: openings are halted until `advise resume`; what closes is sent: position-size,"
        " BTC-USDT-PERP is 2.49% of equity"
    )
    assert paper.session.risk().halted
    looked = paper.session.preview("b 0.01", "BTC-USDT")
    assert looked.messages[-1].startswith("would not be sent: openings are halted")
    paper.line("s 1", PERP)
    (resumed,) = paper.line("advise resume")
    assert resumed == (
        "portfolio main may open positions again; still broken: position-size, which halts again"
        " once it held"
    )
    paper.line("b 0.01")


def test_a_reset_lifts_the_halt_and_keeps_the_limits(paper: Paper) -> None:
    paper.line("advise position-size 1 action=halt")
    told(paper)
    paper.line("portfolio reset")
    assert not paper.session.risk().halted
    assert "1%, warns, halt" in paper.line("advise position-size")[0]


def test_portfolios_that_are_not_on_the_screen_are_guarded_too(paper: Paper) -> None:
    paper.line("advise position-size 1 action=reduce; portfolio new swing; portfolio use swing")
    (done,) = told(paper)
    assert done.startswith("RISK LIMIT position-size of main: ")
    assert lots(paper) == 806


def test_of_a_limit_that_no_position_breaks_reducing_cancels(paper: Paper) -> None:
    paper.line("b 0.1 at -1%; b 0.1", "ETH-USDT")
    paper.line("advise open-positions 1 action=reduce")
    (done,) = told(paper)
    assert done == (
        "RISK LIMIT open-positions of main: 2 positions are open; the limit is 1 position; its"
        " working order is cancelled"
    )
    assert lots(paper) == 2_000


def test_without_a_book_reducing_waits_for_one(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.limit(1, Action.REDUCE)
    paper.session.submit(MirrorDown(symbol=PERP))
    (told_so,) = desk.after(1)
    assert told_so.endswith("; BTC-USDT-PERP has no book now, it is tried again in a minute")
    assert lots(paper) == 2_000


def test_a_refused_action_is_told(paper: Paper) -> None:
    paper.line("advise position-size 1 action=reduce")
    paper.session.submit(HaltInstrument(symbol=PERP))
    (done,) = told(paper)
    assert "; the exchange refuses to: " in done


def test_without_a_mark_no_loss_is_told_and_nothing_is_done(paper: Paper) -> None:
    desk = OwnDesk(paper)
    desk.after(1)
    paper.session.submit(ConfigureOracle(symbol=PERP, mark=MarkMethod.BOOK, sample_ns=10**9))
    paper.session.submit(MirrorDown(symbol=PERP))
    paper.run(2)
    assert paper.session.oracle(PERP).mark_ticks is None
    desk.limit(1, Action.HALT)
    assert not desk.after(1)
    standing = desk.desk.advising.standing("main")
    assert standing.missing == (PERP,)
    assert standing.facts.peak_quanta is None


def test_the_loss_of_a_day_halts_and_topping_up_does_not_hide_it(paper: Paper) -> None:
    desk = OwnDesk(paper)
    paper.line("b 58", PERP)
    halting = default_limits().with_setting(LimitName.DAILY_LOSS, action=Action.HALT)
    off = halting.with_setting(LimitName.POSITION_SIZE, response=Response.OFF)
    desk.desk.limits.set("main", off)
    assert not desk.after(1)
    fallen = paper.session.scale(PERP).ticks_exact(Decimal(53_000))
    paper.session.submit(SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=fallen))
    paper.line("portfolio topup 1000000 USDT")
    assert not desk.after(1)
    fallen = paper.session.scale(PERP).ticks_exact(Decimal(51_900))
    paper.session.submit(SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=fallen))
    (done,) = desk.after(1)
    assert done.startswith("RISK LIMIT daily-loss of main: the loss of the day is 10.1")
    assert done.endswith("; nothing that opens is sent until `advise resume`")
    desk.now_ns += 86_400 * 10**9
    assert not desk.after(1)
    assert desk.desk.limits.halted("main")
