"""What is done while a limit is broken: alert, reduce, cancel, halt.

| action | what is done |
|---|---|
| alert | it is told, once |
| reduce | of a position that is too large, what is over is closed at market; told otherwise |
| cancel | all working orders of the portfolio are cancelled |
| halt | they are cancelled, and nothing that opens is sent until `advise resume` |

A breach is acted upon once. Cancelling and reducing are tried again after a minute while it lasts.
It is over when the limit has held for a minute: a value that swings around its limit is one breach.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.commands import CancelAll, Command, OrderType, PlaceOrder, Side, TimeInForce
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.exchange import Exchange
from engine.core.mirror.mirror import MirrorState
from engine.monitor import Action, Breach, LimitName
from engine.sequencer import SequencerError
from tui_exchange.alarm import Alarm
from tui_exchange.portfolio_sentences import title_of
from tui_exchange.risk.advising import sized
from tui_exchange.risk.limits_kept import AdvisedLimits

AGAIN_NS = 60_000_000_000
"""How long a limit must have held until its breach is over, and how long until a second try."""
Key = tuple[str, LimitName, str | None]


@dataclass(slots=True)
class _Acted:
    """A breach that something was done about.

    Attributes:
        acted_ns: When.
        held_ns: Since when its limit holds again; None while it is broken.
    """

    acted_ns: int
    held_ns: int | None = None


class Acting:
    """Does what the limits of each portfolio ask for.

    Args:
        limits: Where a halt is noted.
        send: Sends a command as the trader's own are sent.
        news: Takes each sentence.
        now_ns: The session's time.
    """

    def __init__(
        self,
        exchange: Exchange,
        limits: AdvisedLimits,
        send: Callable[[Command], tuple[Event, ...]],
        news: Callable[[str], object],
        now_ns: Callable[[], int],
    ) -> None:
        self._exchange = exchange
        self._limits = limits
        self._send = send
        self._news = news
        self._now_ns = now_ns
        self._acted: dict[Key, _Acted] = {}

    def take(self, account: str, breaches: tuple[Breach, ...], *, sure: bool) -> None:
        """Act on what is broken now.

        Args:
            sure: Whether prices are recent; until they are, nothing is done but tell alerts.
        """
        now_ns = self._now_ns()
        broken = {(account, one.name, one.symbol) for one in breaches}
        self._forget_over(account, broken, now_ns)
        for breach in breaches:
            key = (account, breach.name, breach.symbol)
            before = self._acted.get(key)
            if not sure and breach.action is not Action.ALERT:
                continue
            if before is None:
                self._acted[key] = _Acted(now_ns)
                self._act(account, breach)
            elif breach.action in _AGAIN and now_ns - before.acted_ns >= AGAIN_NS:
                before.acted_ns = now_ns
                self._try_again(account, breach)

    def forget(self, account: str) -> None:
        """The portfolio begins anew: no breach of it was ever acted upon."""
        self._acted = {key: one for key, one in self._acted.items() if key[0] != account}

    def _forget_over(self, account: str, broken: set[Key], now_ns: int) -> None:
        """Forget breaches whose limit has held for a minute."""
        for key, one in list(self._acted.items()):
            if key[0] != account:
                continue
            if key in broken:
                one.held_ns = None
            elif one.held_ns is None:
                one.held_ns = now_ns
            elif now_ns - one.held_ns >= AGAIN_NS:
                del self._acted[key]

    def _act(self, account: str, breach: Breach) -> None:
        done = _DOING[breach.action](self, account, breach)
        title = title_of(self._exchange, account)
        self._news(Alarm(f"RISK LIMIT {breach.name.value} of {title}: {breach.sentence}{done}"))

    def _try_again(self, account: str, breach: Breach) -> None:
        """A second try, told only when something was left to do."""
        done = _DOING[breach.action](self, account, breach)
        if done:
            title = title_of(self._exchange, account)
            self._news(Alarm(f"RISK LIMIT {breach.name.value} of {title} is still broken{done}"))

    def _alert(self, account: str, breach: Breach) -> str:
        del account, breach
        return ""

    def _cancel(self, account: str, breach: Breach) -> str:
        del breach
        count = len(self._exchange.open_orders(account))
        if not count:
            return ""
        refused = self._sent(CancelAll(account=account))
        what = "its working order is" if count == 1 else f"its {count} working orders are"
        return f"; {refused}" if refused else f"; {what} cancelled"

    def _halt(self, account: str, breach: Breach) -> str:
        if self._limits.halted(account) or breach.name in self._limits.resumed(account):
            return ""
        done = self._cancel(account, breach)
        self._limits.halt(account, f"{breach.name.value}, {breach.sentence}")
        return f"{done}; nothing that opens is sent until `advise resume`"

    def _reduce(self, account: str, breach: Breach) -> str:
        """Close what is over; of a limit that no position breaks, nothing can be closed alone."""
        if breach.symbol is None or breach.passing_lots is None:
            return self._cancel(account, breach)
        if self._exchange.mirror_state(breach.symbol) is MirrorState.DOWN:
            return f"; {breach.symbol} has no book now, it is tried again in a minute"
        order = self._reduction(account, breach.symbol, breach.passing_lots)
        if order is None:
            return ""
        what = f"{sized(self._exchange, breach.symbol, order.lots)} of it"
        refused = self._sent(order)
        did = "sold" if order.side is Side.SELL else "bought back"
        return f"; {refused}" if refused else f"; {what} is {did} at market"

    def _reduction(self, account: str, symbol: str, passing_lots: int) -> PlaceOrder | None:
        position = self._exchange.position(account, symbol)
        if position is None or not position.lots:
            return None
        held, terms = abs(position.lots), self._exchange.instrument(symbol)
        lots = min(held, max(held - passing_lots, terms.lots_min))
        return PlaceOrder(
            account=account,
            symbol=symbol,
            side=Side.SELL if position.lots > 0 else Side.BUY,
            order_type=OrderType.MARKET,
            lots=lots,
            time_in_force=TimeInForce.IOC,
            reduce_only=True,
            client_id=f"advice-{self._exchange.seq + 1}",
            tag="risk-limit",
        )

    def _sent(self, command: Command) -> str:
        """Send; empty, or why it is not done."""
        try:
            events = self._send(command)
        except SequencerError as error:
            return str(error)
        for event in events:
            if isinstance(event, OrderRejected | CommandRejected):
                return f"the exchange refuses to: {event.text}"
        return ""


_AGAIN = (Action.REDUCE, Action.CANCEL)
_DOING: dict[Action, Callable[[Acting, str, Breach], str]] = {
    Action.ALERT: Acting._alert,
    Action.REDUCE: Acting._reduce,
    Action.CANCEL: Acting._cancel,
    Action.HALT: Acting._halt,
}
