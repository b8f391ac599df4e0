"""What the size that a risk allows would come to: loss, value, margin, liquidation, reward."""

from decimal import Decimal

from engine.core.accounts.requirements import Tiers, maintenance
from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH, ISOLATED
from engine.core.perps.foresight import WhatIf
from engine.core.units import PPM, share_toward_zero
from tui_exchange.amount_text import fee_text, plain_price_text, plain_size_text
from tui_exchange.command_line.actions import ShowSize
from tui_exchange.command_line.budgets import taker_ppm
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.line_foresight import leverage_words
from tui_exchange.number_text import money_text


def size_told(exchange: Exchange, found: ShowSize) -> tuple[str, ...]:
    """The order, its risk and its reward, and the line that sends it; what is wrong first.

    Raises:
        ResolutionRefusal: It would sell what is not owned.
    """
    reckoned = _Reckoned(exchange, found)
    return tuple(filter(None, reckoned.told()))


class _Reckoned:
    """The numbers of one size; money in the settlement currency."""

    def __init__(self, exchange: Exchange, found: ShowSize) -> None:
        self._exchange = exchange
        self._found = found
        market = found.market
        self._market = market
        self._symbol = market.symbol
        self._currency = market.instrument.settlement
        self._value = market.scale.notional_quanta(found.entry_ticks, found.lots)
        self._fee = share_toward_zero(self._value, taker_ppm(market))
        self._loss = self._difference(found.stop_ticks)

    def told(self) -> tuple[str, ...]:
        """Every sentence; empty ones say nothing."""
        if self._exchange.margin_mode(self._found.account, self._symbol) is CASH:
            return (self._risk_told(), self._cash_told(), self._reward_told(), self._line_told())
        after = self._exchange.what_if(
            self._found.account,
            self._symbol,
            self._found.side,
            self._found.lots,
            self._found.entry_ticks,
        )
        return (
            self._risk_told(),
            self._margin_told(after),
            self._liquidation_told(after),
            self._reward_told(),
            self._line_told(),
        )

    def _risk_told(self) -> str:
        found, exchange = self._found, self._exchange
        size = plain_size_text(exchange, self._symbol, found.lots)
        total = self._loss + self._fees_to(found.stop_ticks)
        equity = found.equity_quanta
        share = f", {_percent(self._loss, equity)} of equity" if equity else ""
        return (
            f"{found.side.value} {size} {self._symbol} at {self._price(found.entry_ticks)}: the"
            f" stop at {self._price(found.stop_ticks)} loses {self._money(self._loss)}{share};"
            f" {fee_text(total)} with taker fees"
        )

    def _cash_told(self) -> str:
        market, found = self._market, self._found
        if found.side is Side.SELL and found.lots > (market.sellable_lots or 0):
            owned = plain_size_text(self._exchange, self._symbol, market.sellable_lots or 0)
            size = plain_size_text(self._exchange, self._symbol, found.lots)
            raise ResolutionRefusal(
                f"a stop above the entry means to sell {size} {self._symbol}, of which {owned} can"
                f" be sold: `mode cross {self._symbol}` lets it be sold short"
            )
        told = f"value {self._money(self._value)}{self._of_equity()}, paid in full"
        missing = self._value + self._fee - market.buying_power_quanta
        if found.side is Side.SELL or missing <= 0:
            return told
        return (
            f"WARNING: {told}, and {self._money(missing)} of it are missing:"
            f" `mode cross {self._symbol}` pays a part, as margin"
        )

    def _margin_told(self, after: WhatIf) -> str:
        needed = share_toward_zero(self._value, self._market.margin_ppm) + self._fee
        told = (
            f"value {self._money(self._value)}{self._of_equity()}; holds {self._money(needed)} with"
            f" its fee at {leverage_words(after.leverage_ppm)}"
        )
        least, highest = self._least_leverage(), self._highest_leverage(after)
        if after.leverage_ppm > highest * PPM:
            return f"WARNING: {told}; this size may have {highest}x at most: `lev {highest}`"
        free = self._market.buying_power_quanta
        if needed <= free:
            return f"{told}, {least}x is enough" if least * PPM < after.leverage_ppm else told
        short = f"WARNING: {told}, and {money_text(free)} are free"
        if least <= highest:
            return f"{short}: `lev {least}` is enough"
        return f"{short}: no leverage that it may have, up to {highest}x, is enough; risk less"

    def _least_leverage(self) -> int:
        """The lowest leverage whose margin is free."""
        free = self._market.buying_power_quanta - self._fee
        return -(-self._value // free) if free > 0 else self._value

    def _highest_leverage(self, after: WhatIf) -> int:
        scale = self._market.scale
        notional = scale.quote_notional_quanta(self._found.entry_ticks, abs(after.lots_after))
        return Tiers(self._market.instrument).leverage_at(notional)

    def _liquidation_told(self, after: WhatIf) -> str:
        found, price_ticks = self._found, after.liquidation_ticks
        if after.lots_after * (1 if found.side is Side.BUY else -1) <= 0:
            return "it only reduces the position"
        if price_ticks is None:
            return "no price liquidates it"
        beyond = found.stop_ticks - price_ticks
        told = f"liquidation at {self._price(price_ticks)}"
        if (beyond if found.side is Side.BUY else -beyond) > 0:
            near = abs(beyond) < found.stop_ticks
            away = _percent(abs(beyond), found.stop_ticks) if near else "far"
            return f"{told}, {away} beyond the stop"
        return (
            f"WARNING: {told} comes before the stop at {self._price(found.stop_ticks)}:"
            f" {self._remedy(after)}"
        )

    def _remedy(self, after: WhatIf) -> str:
        """What keeps the liquidation behind the stop."""
        if self._exchange.margin_mode(self._found.account, self._symbol) is not ISOLATED:
            return "risk less, or add money"
        kept = maintenance(
            Tiers(self._market.instrument), self._market.scale, after.lots_after, self._value
        )
        leverage = min(self._value // (self._loss + kept + 1), self._highest_leverage(after))
        return f"`lev {leverage}` puts it behind" if leverage else "put money behind it"

    def _reward_told(self) -> str:
        found = self._found
        if found.take_profit_ticks is None:
            return ""
        wins = self._difference(found.take_profit_ticks)
        net = wins - self._fees_to(found.take_profit_ticks)
        total = self._loss + self._fees_to(found.stop_ticks)
        return (
            f"the target at {self._price(found.take_profit_ticks)} wins {self._money(wins)}:"
            f" {_times(wins, self._loss)} R, {_times(net, total)} R with taker fees"
        )

    def _line_told(self) -> str:
        return f"to send it: {self._found.line}"

    def _difference(self, ticks: int) -> int:
        """What the position wins or loses from its entry to a price, without sign."""
        return abs(self._market.scale.notional_quanta(ticks, self._found.lots) - self._value)

    def _fees_to(self, ticks: int) -> int:
        """Of the entry, and of the way out at a price."""
        left = self._market.scale.notional_quanta(ticks, self._found.lots)
        return self._fee + share_toward_zero(left, taker_ppm(self._market))

    def _of_equity(self) -> str:
        equity = self._found.equity_quanta
        return f", {_times(self._value, equity)}x equity" if equity else ""

    def _money(self, quanta: int) -> str:
        return f"{fee_text(quanta)} {self._currency}"

    def _price(self, ticks: int) -> str:
        return plain_price_text(self._exchange, self._symbol, ticks)


def _times(part: int, whole: int) -> str:
    return f"{Decimal(part) / whole:.2f}" if whole else "0.00"


def _percent(part: int, whole: int) -> str:
    """To two places, rounded down, so that a risk never reads as more than was asked for."""
    hundredths = part * 10_000 // whole
    if part and not hundredths:
        return "under 0.01%"
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
