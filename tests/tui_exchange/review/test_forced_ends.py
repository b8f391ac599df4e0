"""A trade that paid funding and was closed by the exchange says so, on its page and in JSON."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec

from engine.core.commands import (
    AdvanceTime,
    Command,
    ConfigureFunding,
    ConfigurePortfolio,
    Deposit,
    FundingModel,
    LotMethod,
    OpenAccount,
    Profile,
    SetFundingRate,
    SetLeverage,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.journal.profile import HISTORY_NAME
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.trading import PERP, UNIT, depth, opening, order
from tests.tui_exchange.review.histories import OPENING
from tui_exchange.panes.review_life import life_lines
from tui_exchange.renderables.palette import Palette
from tui_exchange.review.filtering import parse_filter
from tui_exchange.review.model import TradeLife
from tui_exchange.review.opening import open_profile
from tui_exchange.review.report import document
from tui_exchange.review.source import FileSource
from tui_exchange.theming import DEFAULT_THEME, load_themes


def life_text(life: TradeLife, width: int) -> str:
    """The page of a trade as one reads it."""
    palette = Palette(load_themes()[0][DEFAULT_THEME].colors)
    return "\n".join(strip.text for strip in life_lines(life, width, palette))


def test_a_trade_tells_its_funding_and_that_it_was_liquidated(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(liquidated_after_funding(session))
    session.close()
    opened = open_profile(tmp_path, replace(OPENING, account="thin"))
    (trade,) = opened.history().trades
    life = opened.life(trade)
    # 0.1 at a mark of 100, at 0.1 %.
    assert (trade.funding, life.payments) == (Decimal("0.01"), 1)
    assert trade.closed_by == "liquidation"
    assert trade.net == trade.gross - trade.fees - trade.funding
    assert any(step.realised is not None for step in life.forced)
    assert parse_filter("ended:liq funding>0")(trade)
    page = life_text(life, 100)
    assert "closed by liquidation" in page
    assert "- funding 0.01 in 1 payment" in page
    assert "sold or bought in the book at " in page
    (told,) = document(opened.history(), [trade])["trades"]
    assert (told["closed_by"], told["funding"]) == ("liquidation", "0.01")
    opened.close()


def liquidated_after_funding(session: LoggedSession) -> Iterator[Command]:
    """A hundred times its margin long, over midnight, and into a fall of three percent."""
    yield from opening()
    yield OpenAccount(account="thin")
    yield Deposit(account="thin", currency="USDT", amount_quanta=UNIT // 2)
    yield SetLeverage(account="thin", symbol=PERP, leverage=100)
    yield SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=200)
    yield SetPrice(symbol=PERP, source=TriggerSource.INDEX, price_ticks=200)
    yield ConfigureFunding(symbol=PERP, model=FundingModel.VENUE)
    yield SetFundingRate(symbol=PERP, rate_ppb=1_000_000)
    yield msgspec.structs.replace(order(Side.BUY, 100), account="thin")
    session.clock.advance(2 * 3600 * 10**9)
    yield AdvanceTime()
    yield depth(PERP, 194)
    yield SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=192)


def test_a_trade_tells_the_lots_that_were_closed(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(opening())
    fifo = Profile(lot_method=LotMethod.FIFO, base_currency="USDT", title="Long Term")
    session.run([ConfigurePortfolio(account="me", profile=fifo)])
    session.run([order(Side.BUY, 10), order(Side.BUY, 20), depth(PERP, 220), order(Side.SELL, 15)])
    session.close()
    opened = open_profile(tmp_path, OPENING)
    history = opened.history()
    assert history.title(history.account) == "Long Term"
    (trade,) = history.trades
    life = opened.life(trade)
    assert [lot.size for lot in life.lots] == [Decimal("0.01"), Decimal("0.005")]
    assert sum(lot.realised for lot in life.lots) == trade.gross
    assert "Lots closed" in life_text(life, 80)
    opened.close()


def test_a_history_from_before_margin_can_still_be_read(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run([*opening(), order(Side.BUY, 10)])
    session.close()
    open_profile(tmp_path, OPENING).close()
    with duckdb.connect(tmp_path / HISTORY_NAME) as database:
        wanted = "SELECT sql FROM duckdb_views() WHERE view_name = 'v_trades'"
        ((sql,),) = database.execute(wanted).fetchall()
        database.execute(sql.replace("v_trades", "with_margin", 1))
        database.execute(
            "CREATE OR REPLACE VIEW v_trades AS SELECT * EXCLUDE (funding, closed_by)"
            " FROM with_margin"
        )
        for table in ("liquidations", "closings", "closed_lots", "funding"):
            database.execute(f"DROP TABLE {table}")
    source = FileSource(tmp_path / HISTORY_NAME, OPENING.now_ns)
    (trade,) = source.history().trades
    assert (trade.funding, trade.closed_by) == (0, "")
    life = source.life(trade)
    assert (life.forced, life.lots, life.payments) == ((), (), 0)
