"""Whatever sends an order, the advisory limits hold it back alike."""

from tests.tui_exchange.screens.trader import text_of, trader

REFUSAL = "position-size blocks it: BTC-USDT would be"


async def test_a_blocked_size_is_sent_neither_by_ladder_keys_nor_by_the_ticket() -> None:
    async with trader() as at:
        session = at.paper.session
        session.run_line("b 0.806; advise position-size 1 block", "BTC-USDT")
        fills = len(session.fills(10))
        await at.press("A", "q", "a")
        assert f"not sent: {REFUSAL}" in at.said
        await at.press("b")
        await at.type("0.25")
        preview = " ".join(text_of(at.app.trading.query_one("#ticket-preview")).split())
        assert f"would not be sent: {REFUSAL}" in preview
        await at.press("enter", "enter", "escape")
        assert len(session.fills(10)) == fills
        assert not session.working_orders()
        session.run_line("advise position-size warn", "BTC-USDT")
        await at.press("q")
        assert len(session.working_orders()) == 1
        assert "warning, position-size: BTC-USDT would be" in at.said
