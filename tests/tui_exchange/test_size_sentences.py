"""The position sizing calculator: published examples, and what it says of them."""

from decimal import Decimal

import msgspec
import pytest

from engine.core.instruments import AssetClass
from engine.core.units import Scale, quanta_exact
from tests.tui_exchange.command_line.trader import Trader, actions_of, make_market, terms
from tests.tui_exchange.paper import Paper
from tui_exchange.command_line.actions import ShowSize
from tui_exchange.read_models.valuation import break_even_ticks, entry_ticks

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


@pytest.fixture(scope="module")
def still() -> Paper:
    """For lines that change nothing."""
    desk = Paper()
    desk.run()
    return desk


def sized(equity: int, text: str) -> ShowSize:
    """A size reckoned for an account in dollars that trades whole shares."""
    share = terms("XYZ-USD", AssetClass.STOCK, "0.01", "1", 1_000_000)
    desk = Trader(
        focus="XYZ-USD",
        markets={"XYZ-USD": make_market(share)},
        equity=quanta_exact(Decimal(equity)),
    )
    (found,) = actions_of(text, desk)
    assert isinstance(found, ShowSize)
    return found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        # headge.com, "Position Size Calculator", Example: 2% of 10,000, 100 to 98: 100 units.
        ("size entry=100 stop=98 risk=2%", 100),
        # thecalculatorvault.com, "Position Size Calculator": 2% of 10,000, 40 shares are 6,000
        # of capital, so bought at 150; 200 of risk on 40 shares is 5 each.
        ("size entry=150 stop=145 risk=2%", 40),
        # profitai.co, "Position Size Calculator": 1% of 10,000, a stop 2 away on a stock at 50.
        ("size entry=50 stop=48 risk=1%", 50),
    ],
)
def test_published_examples_come_out(text: str, units: int) -> None:
    assert sized(10_000, text).lots == units


def test_a_stop_above_the_entry_sells_and_the_risk_may_be_money() -> None:
    found = sized(10_000, "size entry=98 stop=100 tp=92 risk=$500")
    assert found.line == "sell XYZ-USD 250 at 98 sl=100 tp=92"


def test_the_size_is_that_of_a_risk_unit_also_of_an_inverse_contract() -> None:
    inverse = terms("BTC-USD", AssetClass.INVERSE, "0.5", "1", 10_000)
    inverse = msgspec.structs.replace(inverse, settlement="BTC")
    market = make_market(inverse, bid_ticks=99_999, ask_ticks=100_000)
    desk = Trader(focus="BTC-USD", markets={"BTC-USD": market}, equity=quanta_exact(Decimal(1)))
    (found,) = actions_of("size entry=50000 stop=40000 risk=2%", desk)
    (order,) = actions_of("b 1r@40000 at 50000", desk)
    # 1/40,000 - 1/50,000 is 0.000005 BTC lost by each contract of one dollar; 0.02 are risked.
    assert found.lots == order.lots == 4_000
    (order,) = actions_of("b $500 at 50000", desk)
    assert order.lots == 500


def test_an_inverse_position_has_its_entry_where_its_face_was_worth_its_cost() -> None:
    inverse = terms("BTC-USD", AssetClass.INVERSE, "0.5", "1", 10_000)
    inverse = msgspec.structs.replace(inverse, settlement="BTC", taker_fee_ppm=500)
    scale = Scale(inverse)
    for lots in (4_000, -4_000):
        cost = scale.signed_value_quanta(100_000, lots)
        held = make_market(inverse, position_lots=lots, position_cost_quanta=cost)
        assert held.entry_ticks == 100_000
        assert entry_ticks(scale, lots, cost) == 100_000
        even = break_even_ticks(scale, inverse, lots, cost)
        assert even is not None
        # Both fees of 0.05 % are earned by a move of 0.1 %: 100 ticks of 0.5.
        assert abs(even - 100_000 - (100 if lots > 0 else -100)) <= 1


def test_it_tells_loss_margin_liquidation_reward_and_the_line_that_sends_it(paper: Paper) -> None:
    paper.line("lev 5", PERP)
    said = paper.line("size entry=62000 stop=61000 tp=65000 risk=$100000", PERP)
    assert said[0] == (
        f"buy 100 {PERP} at 62,000: the stop at 61,000 loses 100,000.00 USDT, 2.00% of equity;"
        " 106,150.00 with taker fees"
    )
    assert said[1].startswith("value 6,200,000.00 USDT, 1.24x equity; holds 1,243,100.00 USDT")
    assert said[2].startswith("liquidation at ")
    assert said[2].endswith(" beyond the stop")
    assert said[3].endswith("wins 300,000.00 USDT: 3.00 R, 2.77 R with taker fees")
    assert said[4] == f"to send it: buy {PERP} 100 at 62000 sl=61000 tp=65000"
    assert paper.session.preview(said[4].partition(": ")[2], PERP).ok


def test_a_liquidation_before_the_stop_is_a_warning_and_the_leverage_it_names_mends_it(
    paper: Paper,
) -> None:
    paper.line("mode isolated; lev 50", PERP)
    warned = paper.line("size entry=62000 stop=60000 risk=$1000", PERP)[2]
    assert warned.startswith("WARNING: liquidation at ")
    named = int(warned.partition("`lev ")[2].partition("`")[0])
    paper.line(f"lev {named}", PERP)
    assert paper.line("size entry=62000 stop=60000 risk=$1000", PERP)[2].endswith("beyond the stop")
    paper.line(f"lev {named + 1}", PERP)
    assert paper.line("size entry=62000 stop=60000 risk=$1000", PERP)[2].startswith("WARNING")


def test_what_is_not_free_is_a_warning_that_names_the_leverage_that_is_enough(
    paper: Paper,
) -> None:
    paper.line("lev 1", PERP)
    (warned,) = [one for one in paper.line("size stop=-1%", PERP) if one.startswith("WARNING")]
    assert "`lev 3` is enough" in warned
    assert "paid in full" in paper.line("size entry=62000 stop=61000")[1]
    assert "`mode cross BTC-USDT` lets it be sold short" in paper.refusal("size stop=+1%")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("size", "size needs a stop"),
        ("size stop=62000 entry=62000", "no size loses anything"),
        ("size stop=61000 stop=60000", "`stop` is given twice"),
        ("size 0.5 stop=61000", "size reckons the quantity from prices"),
        ("size stop=61000 risk=0.5", "'0.5' is no risk"),
        ("size stop=61000 risk=$0.01", "bring the stop nearer, or risk more"),
        ("size entry=62000 stop", "`stop` needs its value"),
    ],
)
def test_what_is_wrong_is_a_sentence(still: Paper, text: str, words: str) -> None:
    assert words in still.refusal(text, PERP)
