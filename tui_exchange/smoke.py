"""A check of the installed program without a terminal, for continuous integration.

The real screen runs on the simulated market, an order is placed and cancelled through its command
line, and nothing is kept.
"""

from textual.pilot import Pilot

from engine.clock import SystemClock
from tui_exchange.app import TradingApp
from tui_exchange.failures import ExitCode, Failure
from tui_exchange.markets import simulated
from tui_exchange.session import Session
from tui_exchange.settings import Settings

SIZE = (120, 40)
PAUSE_S = 0.02
PAUSES_MAX = 500


async def smoke(settings: Settings) -> int:
    """Run the check.

    Raises:
        Failure: Some step did not come about; the sentence says which.
    """
    session = Session(settings, simulated(settings, SystemClock()))
    app = TradingApp(session, settings.terminal)
    try:
        async with app.run_test(size=SIZE) as pilot:
            for _ in range(PAUSES_MAX):
                if session.symbols and session.quote(session.symbols[0]).bid_ticks is not None:
                    break
                await pilot.pause(PAUSE_S)
            else:
                raise Failure("the simulated market showed no book on the screen")
            await _trade(session, pilot)
            await pilot.pause(PAUSE_S)
    finally:
        await session.stop()
    print("smoke: the screen ran, an order was placed, filled and closed")
    return ExitCode.DONE


async def _trade(session: Session, pilot: Pilot[None]) -> None:
    symbol = session.symbols[0]
    lines = ("b 0.1", "close", "b 0.1 at bid-10t po", "x all")
    for line in lines:
        outcome = session.run_line(line, symbol)
        if not outcome.ok:
            raise Failure(f"`{line}` was refused: {' '.join(outcome.messages)}")
        for _ in range(PAUSES_MAX):
            if not session.on_the_way():
                break
            await pilot.pause(PAUSE_S)
    if session.positions() or session.working_orders():
        raise Failure("the account is not flat after closing and cancelling")
