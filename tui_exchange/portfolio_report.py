"""The portfolios of a profile, for `tui-exchange portfolios`."""

from typing import Any

from engine.core.exchange import Exchange
from engine.core.units import decimal_text, quanta_decimal
from tui_exchange.number_text import money_text


def portfolio_lines(exchange: Exchange, current: str) -> list[str]:
    """One line a portfolio, in the order of opening; `*` stands before the current one."""
    return [portfolio_line(exchange, account, current) for account in exchange.accounts()]


def portfolio_line(exchange: Exchange, account: str, current: str) -> str:
    """`* main: equity 5,000,000.00 USDT, 1 open position, 0 working orders`."""
    equity = exchange.equity(account)
    held = _held(exchange, account)
    orders = len(exchange.open_orders(account))
    mark = "* " if account == current else "  "
    away = ", put away" if exchange.archived(account) else ""
    profile = exchange.profile(account)
    about = f", {profile.description}" if profile.description else ""
    unknown = f" (without {', '.join(equity.missing)})" if equity.missing else ""
    return (
        f"{mark}{profile.title or account}: equity {money_text(equity.quanta)} {equity.currency}"
        f"{unknown}, {held} open position{'' if held == 1 else 's'}, {orders} working"
        f" order{'' if orders == 1 else 's'}{away}{about}"
    )


def portfolio_documents(exchange: Exchange, current: str) -> list[dict[str, Any]]:
    """The same as objects; amounts are exact text."""
    return [_document(exchange, account, current) for account in exchange.accounts()]


def _document(exchange: Exchange, account: str, current: str) -> dict[str, Any]:
    profile, equity = exchange.profile(account), exchange.equity(account)
    return {
        "account": account,
        "title": profile.title or account,
        "current": account == current,
        "archived": exchange.archived(account),
        "description": profile.description,
        "tags": list(profile.tags),
        "public": profile.public,
        "base": profile.base_currency,
        "start": decimal_text(quanta_decimal(profile.starting_quanta)),
        "lots": profile.lot_method.value,
        "collateral": profile.collateral.value,
        "leverages": {one.value: leverage for one, leverage in profile.leverages.items()},
        "equity": decimal_text(quanta_decimal(equity.quanta)),
        "equity_missing": list(equity.missing),
        "equity_stale": equity.stale,
        "open_positions": _held(exchange, account),
        "working_orders": len(exchange.open_orders(account)),
        "balances": {
            currency: decimal_text(quanta_decimal(balance))
            for currency, (balance, _) in exchange.balances(account).items()
        },
        "deposited": [
            {"currency": currency, "kind": kind.value, "amount": _amount(quanta)}
            for (currency, kind), quanta in exchange.deposited(account).items()
        ],
    }


def _amount(quanta: int) -> str:
    return decimal_text(quanta_decimal(quanta))


def _held(exchange: Exchange, account: str) -> int:
    return sum(1 for each in exchange.positions(account).values() if each.lots)
