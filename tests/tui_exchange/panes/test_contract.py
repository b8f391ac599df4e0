"""The contract pane: what a venue says of a market besides its book and its tape."""

from tests.tui_exchange.screens.live_venues import SKEWED, greeks_of, spoken
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import Trader, trader
from tui_exchange.number_text import price_text

PERPETUAL = """\
mark 3,051.20
index 3,050.00
basis +1.20 +0.039%
funding +0.0100% in 1h02m
held 48,210.5
high 1m 3,052.35
low 1m 3,049.10
volume 812.400"""
OPTION = """\
underlying 62,015.50
volatility 65.43%
ask vol 66.10%
delta -0.4124
gamma +0.000021
vega +52.1000
theta -31.2500"""


def lines(at: Trader) -> str:
    """What stands below the title."""
    pane = at.pane("contract").splitlines()[1:]
    return "\n".join(" ".join(line.split()) for line in pane if line)


async def test_each_fact_is_a_line_and_what_was_never_said_is_none() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.press("C")
        assert "a spot market has only its book and its tape" in " ".join(lines(at).split())
        spoken(market)
        market.session.take(greeks_of("BTC-USDT", market.clock.now_ns()))
        await at.market(1)
        assert lines(at) == OPTION
        await at.command(f"focus {SKEWED}")
        assert lines(at) == PERPETUAL
        await at.market(10)
        assert "in 1h01m" in lines(at)
        await at.market(30)
        assert lines(at).startswith("oracle FALLBACK")


async def test_a_position_reads_its_next_funding_and_where_it_is_liquidated() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        spoken(market)
        await at.command(f"mode isolated {SKEWED}; lev 50 {SKEWED}; b 2 {SKEWED}")
        await at.command(f"focus {SKEWED}")
        await at.press("C", "P")
        await at.market(1)
        stake = market.session.stake(SKEWED)
        assert stake is not None
        price = price_text(market.session.scale(SKEWED), stake.liquidation_ticks)
        assert f"L liq {price}" in at.pane("ladder")
        assert "x50 I  " in at.pane("positions")
        assert price in at.pane("positions")
        assert "\nmine -0.61 in " in lines(at)
        assert "oracle" not in lines(at)
