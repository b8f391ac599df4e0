"""Advice before an order is sent: the limits that it would break, and whether that holds it back.

Every order of the trader comes by here, whether a line, the ladder or the ticket sends it. What
only closes is never held back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.core.commands import (
    AmendOrder,
    OrderType,
    PlaceBasket,
    PlaceOrder,
    ReplaceOrder,
    Reverse,
    Side,
)
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.monitor import Breach, Limits, Proposal, Response, check, passing_lots
from tui_exchange.amount_text import plain_size_text
from tui_exchange.command_line.actions import Action, orders_of
from tui_exchange.risk.facts import Correlations, Marks, Standing, standing_of
from tui_exchange.risk.limits_kept import AdvisedLimits
from tui_exchange.risk.valuing import Valuer


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an order.

    Attributes:
        refusal: Why it is not sent; empty when it is.
        warnings: Sentences about what it would break all the same.
    """

    refusal: str = ""
    warnings: tuple[str, ...] = ()


PASSES = Verdict()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One order, or what an amendment adds to one.

    Attributes:
        price_ticks: Where it is expected to trade; None: at the mark.
        stop_ticks: The trigger of its stop.
        replaces: A live order that makes room for it.
        grows: It is added to a live order.
    """

    symbol: str
    signed_lots: int
    price_ticks: int | None
    stop_ticks: int | None = None
    replaces: int | None = None
    grows: bool = False


class Advising:
    """Judges commands against the limits of their portfolio.

    Args:
        limits: The limits, and which portfolios are halted.
        marks: Where losses are counted from.
        correlations: As the last report found them.
    """

    def __init__(
        self,
        exchange: Exchange,
        limits: AdvisedLimits,
        marks: Marks,
        correlations: Callable[[], Correlations],
    ) -> None:
        self._exchange = exchange
        self._limits = limits
        self._marks = marks
        self._correlations = correlations

    def judge(self, action: Action) -> Verdict:
        """What is said of a command before it is sent."""
        account = getattr(action, "account", None)
        if account is None or account not in self._exchange.accounts():
            return PASSES
        asked = list(self._asked(action, account))
        limits, halted = self._limits.of(account), self._limits.halted(account)
        if not asked or not (halted or _any_on(limits)):
            return PASSES
        standing = self.standing(account, asked[0].replaces)
        if halted and any(_opens(one, standing) for one in asked):
            refusal = f"openings are halted until `advise resume`; what closes is sent: {halted}"
            return Verdict(refusal)
        verdicts = []
        for one in asked:
            verdicts.append(self._judge(one, limits, standing))
            if isinstance(action, PlaceBasket):
                standing = self._with(one, standing)
        refusals = dict.fromkeys(one.refusal for one in verdicts if one.refusal)
        warnings = dict.fromkeys(text for one in verdicts for text in one.warnings)
        return Verdict("; ".join(refusals), tuple(warnings))

    def foreseen(self, actions: Sequence[Action]) -> tuple[str, ...]:
        """What is said of a statement's commands while it is typed."""
        found: dict[str, None] = {}
        for action in actions:
            verdict = self.judge(action)
            refused = (f"would not be sent: {verdict.refusal}",) if verdict.refusal else ()
            found |= dict.fromkeys((*refused, *verdict.warnings))
        return tuple(found)

    def standing(self, account: str, without_order: int | None = None) -> Standing:
        """How a portfolio stands now."""
        return standing_of(
            self._exchange, account, self._marks, self._correlations(), without_order
        )

    def _with(self, asked: _Asked, standing: Standing) -> Standing:
        """How the portfolio stands with an order more: all legs of a basket are sent together."""
        proposal = self._proposal(asked, standing.currency)
        if proposal is None:
            return standing
        return replace(standing, facts=standing.facts.with_order(proposal))

    def _judge(self, asked: _Asked, limits: Limits, standing: Standing) -> Verdict:
        if not _opens(asked, standing):
            return PASSES
        proposal = self._proposal(asked, standing.currency)
        if proposal is None:
            return Verdict(
                warnings=(
                    f"the advisory limits do not judge it: what {asked.symbol} is worth in"
                    f" {standing.currency} is not known",
                )
            )
        size = self._more if asked.grows else self._size
        breaches = check(limits, proposal, standing.facts, size)
        blocking = tuple(one for one in breaches if one.response is Response.BLOCK)
        warnings = [_warning(one) for one in breaches if one.response is Response.WARN]
        if breaches and standing.missing:
            warnings.append(f"without {', '.join(standing.missing)}, whose worth is not known")
        return Verdict(self._refusal(blocking, proposal), tuple(warnings))

    def _refusal(self, blocking: tuple[Breach, ...], proposal: Proposal) -> str:
        if not blocking:
            return ""
        told = "; ".join(f"{one.name.value} blocks it: {one.sentence}" for one in blocking)
        if len(blocking) > 1:
            lots = passing_lots(blocking, proposal.lots)
            all_pass = self._size(proposal.symbol, lots) if lots else "nothing"
            told += f"; {all_pass} passes all of them"
        return f"{told}; `advise {blocking[0].name.value} warn` only warns of it"

    def _asked(self, action: Action, account: str) -> Iterator[_Asked]:
        """What a command asks for that may open a position."""
        if isinstance(action, Reverse):
            position = self._exchange.position(account, action.symbol)
            if position is not None and position.lots:
                yield _Asked(action.symbol, -2 * position.lots, None)
        elif isinstance(action, AmendOrder):
            yield from self._added(action)
        else:
            replaces = action.order_id if isinstance(action, ReplaceOrder) else None
            for order in orders_of(action):
                if not order.reduce_only and not self._sells_owned(order):
                    yield self._of(order, replaces)

    def _sells_owned(self, order: PlaceOrder) -> bool:
        """Only what is owned can be sold without margin: that opens nothing."""
        if order.side is Side.BUY:
            return False
        return self._exchange.margin_mode(order.account, order.symbol) is CASH

    def _of(self, order: PlaceOrder, replaces: int | None) -> _Asked:
        price = order.price_ticks or order.trigger_ticks or self._touch(order.symbol, order.side)
        stop = None if order.exits is None else order.exits.stop_loss_ticks
        if stop is None:
            stop = self._attached_stop(order)
        sign = 1 if order.side is Side.BUY else -1
        return _Asked(order.symbol, sign * order.lots, price, stop, replaces)

    def _added(self, action: AmendOrder) -> Iterator[_Asked]:
        """What an amendment adds to an order that opens."""
        order = self._exchange.order(action.order_id)
        if order is None or order.reduce_only or order.follows or action.lots is None:
            return
        added = action.lots - order.lots
        if added > 0 and not self._sells_owned(order.command):
            sign = 1 if order.side is Side.BUY else -1
            price = action.price_ticks or order.price_ticks or order.trigger_ticks
            yield _Asked(order.symbol, sign * added, price, grows=True)

    def _attached_stop(self, order: PlaceOrder) -> int | None:
        """The stop that guards the position already and grows with it."""
        for one in self._exchange.open_orders(order.account, order.symbol):
            if one.follows and one.side is not order.side and _is_stop(one.command):
                return one.trigger_ticks
        return None

    def _touch(self, symbol: str, side: Side) -> int | None:
        found = self._exchange.best_ask if side is Side.BUY else self._exchange.best_bid
        touch = found(symbol)
        return None if touch is None else touch[0]

    def _proposal(self, asked: _Asked, currency: str) -> Proposal | None:
        valuer = Valuer(self._exchange, currency)
        worth = valuer.lot_value(asked.symbol, asked.price_ticks)
        if worth is None:
            return None
        loss = self._stop_loss(asked, valuer)
        return Proposal(asked.symbol, asked.signed_lots, worth, loss)

    def _stop_loss(self, asked: _Asked, valuer: Valuer) -> int | None:
        """What a lot loses from its price to its stop; None when that is no loss."""
        entry, stop = asked.price_ticks, asked.stop_ticks
        if entry is None or stop is None or (entry - stop) * asked.signed_lots <= 0:
            return None
        scale = self._exchange.scale(asked.symbol)
        settled = abs(scale.notional_quanta(entry, 1) - scale.notional_quanta(stop, 1))
        loss = valuer.value(self._exchange.instrument(asked.symbol).settlement, settled)
        return loss or None

    def _size(self, symbol: str, lots: int) -> str:
        return sized(self._exchange, symbol, lots)

    def _more(self, symbol: str, lots: int) -> str:
        return f"{self._size(symbol, lots)} more"


def sized(exchange: Exchange, symbol: str, lots: int) -> str:
    """A size in the instrument's own unit: `0.25 BTC`, `1,200 contracts`."""
    terms = exchange.instrument(symbol)
    plain = terms.multiplier == 1 and not exchange.scale(symbol).inverse
    return f"{plain_size_text(exchange, symbol, lots)} {terms.base if plain else 'contracts'}"


def _opens(asked: _Asked, standing: Standing) -> bool:
    return Proposal(asked.symbol, asked.signed_lots, 1).opens(standing.facts)


def _any_on(limits: Limits) -> bool:
    return any(one.response is not Response.OFF for one in limits.settings.values())


def _warning(breach: Breach) -> str:
    return f"warning, {breach.name.value}: {breach.sentence}"


def _is_stop(command: PlaceOrder) -> bool:
    return command.order_type in (OrderType.STOP, OrderType.STOP_LIMIT)
