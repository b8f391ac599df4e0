"""What a line would do is told before it is sent, every statement of it, and why it could not."""

import msgspec
import pytest

from engine.core.commands import ListInstrument
from engine.core.margin_terms import tier
from tests.tui_exchange.paper import Paper

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    return Paper()


def previewed(paper: Paper, text: str, focus: str = "BTC-USDT") -> tuple[str, ...]:
    """The sentences of a line that could be understood; nothing of it happens."""
    before = paper.session.sequencer.seq
    outcome = paper.session.preview(text, focus)
    assert outcome.ok, outcome.messages
    assert paper.session.sequencer.seq == before
    return outcome.messages


def test_every_statement_of_a_line_is_told(paper: Paper) -> None:
    told = previewed(paper, "b 0.5 at bid; s 0.5 at +20 po; x all; help")
    begins = [one for one in told if one.startswith(("buy", "then"))]
    assert [one.split()[:2] for one in begins] == [
        ["buy", "0.500"],
        ["then", "sell"],
        ["then", "cancel"],
        ["then", "list"],
    ]


def test_what_depends_on_the_statements_before_it_is_told_in_words(paper: Paper) -> None:
    told = previewed(paper, "b 0.5; close")
    assert told[-1].startswith("then close the position")
    assert "there is no position in BTC-USDT to close" in told[-1]
    assert not paper.session.preview("close; b 0.5", "BTC-USDT").ok


def test_a_bracket_tells_its_risk_and_what_it_wins_for_it(paper: Paper) -> None:
    told = previewed(paper, "b 0.5 at 62000 sl=61000 tp=65000")
    assert told[-1] == "risks 500.00 USDT to win 1,500.00 USDT: 3.00 to 1"
    only_stop = previewed(paper, "b 0.5 at 62000 sl=61000")[-1]
    assert only_stop == "risks 500.00 USDT at its stop; no take-profit"
    only_profit = previewed(paper, "b 0.5 at 62000 tp=65000")[-1]
    assert only_profit == "wins 1,500.00 USDT at its take-profit; no stop"


def test_a_stop_tells_how_far_its_trigger_is_and_that_it_holds_nothing(paper: Paper) -> None:
    paper.line("b 0.5", PERP)
    told = previewed(paper, "stop at -1%", PERP)
    assert "holds nothing until it fires" in told[1]
    assert told[2].startswith("fires at ")
    assert "%) below the mark price, " in told[2]
    assert told[2].endswith(" USDT from the entry")
    assert "; that is -" in told[2]


def test_both_orders_of_a_pair_and_every_leg_of_a_basket_are_told(paper: Paper) -> None:
    paper.line("b 0.5")
    pair = previewed(paper, "oco sell 0.1 at +1% stop -1%")
    assert [one for one in pair if one.startswith("or sell 0.100 BTC-USDT stop at ")]
    legs = previewed(paper, "basket buy $1000 BTC-USDT:60% ETH-USDT:40%")
    assert [one.split(":")[0] for one in legs[1:]] == [
        "buy 0.009 BTC-USDT at market",
        "buy 0.13 ETH-USDT at market",
    ]


def test_a_reversal_tells_its_market_order(paper: Paper) -> None:
    paper.line("b 0.5", PERP)
    told = previewed(paper, "reverse", PERP)
    assert "reverse its position" in told[0]
    assert told[-2].startswith("takes 1 at once")
    assert told[-1].startswith("then short 0.5, margin ")


def test_mass_actions_tell_how_many_orders_they_withdraw(paper: Paper) -> None:
    paper.line("b 0.1 at bid tag=a; b 0.1 at -1%; s 0.1 at 67000", PERP)
    assert previewed(paper, "x bids", PERP)[0].endswith("(2 orders now)")
    assert previewed(paper, "x tag=a", PERP)[0].endswith("(1 order now)")
    assert previewed(paper, "x all")[0].endswith("(3 orders now)")
    assert previewed(paper, "kill")[0].endswith("(3 orders now)")
    assert previewed(paper, "flatten")[0].endswith("(0 orders now)")


@pytest.mark.parametrize(
    ("before", "text", "reason"),
    [
        ("halt", "b 0.1", "BTC-USDT is halted until it is resumed"),
        ("halt 15m", "b 0.1", "BTC-USDT is halted until 2026-01-01 00:15:01 UTC"),
        ("kill", "b 0.1", "the kill switch is engaged"),
        ("help", "b 1000", " or deposit; `portfolio topup "),
        ("help", "s 1", "selling takes 1.00 BTC, 0.00 BTC is free"),
        ("limits order=1000", "b 0.5", "1,000.00 USDT"),
        ("limits BTC-USDT lots=100", "b 0.5", "0.1"),
        ("help", "stop buy 0.1 at 1", "it would fire at once: write a price above "),
        ("help", "tp sell 0.1 at 1", "it would fire at once: write a price above "),
        ("help", "tp buy 0.1 at 900000", "or `stop` for the other way"),
    ],
)
def test_what_the_exchange_would_refuse_is_told_and_refused(
    paper: Paper, before: str, text: str, reason: str
) -> None:
    paper.run()
    paper.line(before)
    (told,) = [one for one in previewed(paper, text) if one.startswith("would be refused: ")]
    assert reason in told
    assert paper.refusal(text)


def test_leverage_that_a_larger_position_may_not_have_is_told_with_the_size_that_may(
    paper: Paper,
) -> None:
    paper.run()
    tiers = (tier(100_000, 20, 25_000), tier(None, 5, 100_000))
    terms = msgspec.structs.replace(paper.session.instrument(PERP), margin_tiers=tiers)
    paper.session.submit(ListInstrument(instrument=terms))
    paper.run()
    paper.line("lev 20", PERP)
    (told,) = [one for one in previewed(paper, "b 5", PERP) if one.startswith("would be refused")]
    assert "at 20x a position must stay below 100,000.00 USDT: send 1.61" in told
    assert told.partition(": ")[2] == paper.refusal("b 5", PERP)


def test_what_is_allowed_is_not_told_to_be_refused(paper: Paper) -> None:
    paper.line("b 0.5")
    for text in ("s 0.5", "b 0.1 at bid", "stop sell 0.1 at -1%", "close at ask", "b 0.1; s 0.6"):
        assert not [one for one in previewed(paper, text) if "refused" in one]


def test_a_post_only_order_that_would_take_is_told_what_becomes_of_it(paper: Paper) -> None:
    assert previewed(paper, "b 0.1 at ask po")[-1].endswith("so it is refused")
    assert previewed(paper, "b 0.1 at ask po=slide")[-1].endswith("best price that does not")
    assert previewed(paper, "b 0.1 at bid po")[-1] == "0.1 rests"


def test_what_a_line_changes_of_margin_is_not_foreseen_as_if_it_had_not(paper: Paper) -> None:
    told = " ".join(paper.session.preview("lev 20; b 0.1", PERP).messages)
    assert "margin and liquidation price follow from what stands before it" in told
    assert "at 10x" not in told
    assert "holds" not in told
    assert "at 10x" in " ".join(paper.session.preview("b 0.1", PERP).messages)


def test_who_has_nothing_to_sell_is_told_how_to_sell_it_short(paper: Paper) -> None:
    paper.run()
    way = "`mode TUIX-USD cross` lets you sell it short"
    assert way in " ".join(paper.session.preview("s 10", "TUIX-USD").messages)
    assert way in " ".join(paper.session.run_line("s 10", "TUIX-USD").messages)
    paper.line("mode TUIX-USD cross; s 10", "TUIX-USD")
    paper.refusal("mode TUIX-USD cash", "TUIX-USD")
