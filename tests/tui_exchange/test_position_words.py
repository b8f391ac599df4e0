"""An open position tells what it went through, and takes notes and tags that the review shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.commands import SetPrice, TriggerSource
from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Paper]:
    """A session that keeps its history."""
    desk = Paper(tmp_path)
    desk.run()
    yield desk
    desk.session.close()


def said(paper: Paper) -> dict[str, str]:
    """What `position` says, by the title of the line."""
    first, *rest = paper.line(f"position {PERP}", PERP)
    titled = (text.partition(": ") for text in rest)
    return {"position": first, **{title: text for title, _, text in titled}}


def test_a_position_tells_its_largest_size_its_extremes_and_its_lots(paper: Paper) -> None:
    paper.line("portfolio set lots=fifo; lev 20; b 0.3", PERP)
    paper.run()
    paper.line("b 0.2; s 0.1", PERP)
    paper.run()
    told = said(paper)
    assert told["position"] == f"long 0.4 {PERP}, 0.5 at its largest"
    assert told["lots"] == "first in, first out"
    assert told["margin"].startswith("cross at 20x, ")
    stands = paper.session.exchange.position("main", PERP)
    assert stands is not None
    assert [lot.lots for lot in stands.tranches] == [200, 200]
    (view,) = paper.session.positions()
    assert view.worst_quanta is not None
    assert view.best_quanta is not None
    assert view.worst_quanta <= min(view.unrealised_quanta or 0, 0)
    assert view.best_quanta >= max(view.unrealised_quanta or 0, 0)
    assert (view.largest_lots, view.opened_ns) == (500, stands.opened_ns)


def test_what_is_paid_in_full_has_no_extremes_of_the_mark(paper: Paper) -> None:
    paper.line("b 0.1")
    (view,) = paper.session.positions()
    assert (view.worst_quanta, view.best_quanta) == (None, None)
    assert not [one for one in paper.line("position") if one.startswith(("excursion", "margin"))]


def test_what_is_free_is_what_may_be_spent_while_a_position_loses(paper: Paper) -> None:
    paper.line("lev 5; b 20", PERP)
    mark = paper.session.exchange.price(PERP, TriggerSource.MARK)
    assert mark is not None
    lower = SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=mark * 9 // 10)
    paper.session.submit(lower)
    view = paper.session.account_view()
    pool = paper.session.exchange.pool("main", "USDT")
    assert view.free_quanta == pool.spendable_quanta == pool.available_quanta
    assert (view.unrealised_quanta or 0) < -100_000 * 10**12


def test_notes_and_tags_of_a_position_are_those_of_its_trade(kept: Paper) -> None:
    kept.line("b 0.3 tag=dip ~early", PERP)
    kept.line(f"note {PERP} above the range; tag {PERP} swing")
    told = said(kept)
    assert (told["tags"], told["note"]) == ("#dip #swing", "above the range")
    source = kept.session.review()
    trade = source.open_trade("main", PERP)
    source.close()
    assert trade is not None
    assert (trade.tags, trade.note) == (("dip", "swing"), "above the range")


def test_the_next_position_does_not_inherit_them(kept: Paper) -> None:
    kept.line("b 0.3", PERP)
    kept.line(f"note {PERP} above the range")
    kept.run()
    kept.line("flatten; s 0.2", PERP)
    assert "note" not in said(kept)


def test_what_cannot_be_labelled_is_a_sentence(paper: Paper) -> None:
    assert "there is no open position in BTC-USDT-PERP" in paper.refusal(f"note {PERP} late")
    assert "there is no open position" in paper.refusal("position")
    assert "needs an order or the symbol of a position" in paper.refusal("tag")
    paper.line("b 0.1", PERP)
    assert "keeps no history" in paper.refusal(f"tag {PERP} swing")
    assert paper.line("position", PERP)[0] == f"long 0.1 {PERP}, 0.1 at its largest"
