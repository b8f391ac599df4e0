"""What follows from trades and prices, until nothing follows any more.

First the exits of brackets and positions are brought up to date, then prices have their effects,
then one reached order fires; again from the start. Orders of an instrument that does not trade now
stay reached, and fire in their turn once it does.
"""

from engine.core.events import HaltCause
from engine.core.halts.halting import halt
from engine.core.instruments import Breaker
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.orders import bracket, position_exits, waiting
from engine.core.state import State
from engine.core.triggers.prices import take_move

CASCADE_HALT_NS = Breaker().halt_ns
"""How long a cascade halts an instrument that has no breaker to say so."""


def settle(state: State) -> None:
    """Run to the fixed point; a cascade that does not end halts its instrument."""
    fired: dict[str, int] = {}
    while True:
        if state.grown:
            bracket.grow(state, state.grown.popleft())
        elif state.exposed:
            account, market = state.exposed.popleft()
            position_exits.follow(state, market, account)
        elif state.moves:
            take_move(state, *state.moves.popleft())
        elif not (state.restless and _fire_one(state, fired)):
            return


def _fire_one(state: State, fired: dict[str, int]) -> bool:
    """Fire the next order whose instrument trades; instruments in the order of listing."""
    for symbol, market in state.markets.items():
        if symbol not in state.restless:
            continue
        _drop_ended(state, market)
        if not market.firing:
            del state.restless[symbol]
        elif market.trades(state.now_ns) and market.mirror.state is not DOWN:
            if fired.get(symbol, 0) >= market.instrument.cascade_orders_max:
                _halt_cascade(state, market)
                continue
            fired[symbol] = fired.get(symbol, 0) + 1
            waiting.fire(state, market, *market.firing.popleft())
            return True
    return False


def _drop_ended(state: State, market: Market) -> None:
    """Orders that ended after they were reached do not fire."""
    while market.firing and state.orders.get(market.firing[0][0].order_id) is None:
        market.firing.popleft()


def _halt_cascade(state: State, market: Market) -> None:
    breaker = market.instrument.breaker
    halt_ns = CASCADE_HALT_NS if breaker is None else breaker.halt_ns
    halt(state, market, HaltCause.CASCADE, state.now_ns + halt_ns)
