"""`tui-exchange risk`: what the risk pane shows of a kept portfolio, without a screen.

The simulated market passes as fast as it goes; a live one is watched while it passes.
"""

import argparse
import asyncio
import json

from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.config import Config
from tui_exchange.failures import ExitCode, JournalFailure, UsageFailure
from tui_exchange.pace import clock_for, pace_of, wait_for_books
from tui_exchange.read_models.greeks import GreeksView, greeks_view
from tui_exchange.risk.report_document import risk_document
from tui_exchange.risk.report_lines import greek_lines, risk_lines, stress_lines
from tui_exchange.risk.view import RiskView
from tui_exchange.session import Session
from tui_exchange.setting_up import config_of, duration_ns, keep, market_of, paths_of
from tui_exchange.signals import stop_on_signals


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; 1 when there are no figures.

    Raises:
        JournalFailure: There is no such profile, or another session has it open.
    """
    config = config_of(arguments)
    profile = config.settings.journal.profile
    if not paths_of(arguments).profile_dir(profile).is_dir():
        raise JournalFailure(
            f"there is no profile {profile!r}: `tui-exchange --profile {profile}` begins it"
        )
    wait_ns = duration_ns(arguments.wait, "--wait")
    view, greeks = asyncio.run(_measured(arguments, config, wait_ns))
    if arguments.json:
        print(json.dumps(risk_document(view, greeks)))
    else:
        print("\n".join(_lines(view, greeks)))
    return ExitCode.REFUSED if view.report is None or view.problem else ExitCode.DONE


async def _measured(
    arguments: argparse.Namespace, config: Config, wait_ns: int
) -> tuple[RiskView, GreeksView]:
    clock = clock_for(by_hand=arguments.feed is None, kept=True)
    market = market_of(arguments, config, clock)
    session = Session(config.settings, market, keep(config, paths_of(arguments)))
    pace, stop = pace_of(session, clock), stop_on_signals()
    await pace.begin()
    try:
        account = _account(session, arguments.portfolio)
        await wait_for_books(session, pace, duration_ns(arguments.timeout, "--timeout"))
        await pace.until(stop.is_set, wait_ns)
        session.tick()
        view = session.risk_desk.measure(account)
        return view, greeks_view(session.exchange, account)
    finally:
        await pace.end()


def _account(session: Session, name: str | None) -> str:
    if name is None:
        return session.account
    try:
        return session.portfolio_words.find(name)
    except ResolutionRefusal as refusal:
        raise UsageFailure(refusal.sentence) from refusal


def _lines(view: RiskView, greeks: GreeksView) -> list[str]:
    if view.report is None or view.problem:
        return [view.problem]
    return [
        *risk_lines(view, view.report),
        *greek_lines(greeks),
        *(stress_lines(view, view.report) if view.report.liquidity else ()),
    ]
