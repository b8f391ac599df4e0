"""Every action that a key, the palette or the help can name: id, words and default keys.

Footer, palette, help page and `tui-exchange keys` are derived from this table; keymap files refer
to the ids. `ladder.centre` is performed by the method `action_centre` of the ladder, unless the
table names another call: `ladder.join_bid` is `passive('buy', 0)`.
"""

from dataclasses import dataclass

APP = "app"
DESK = "desk"
LADDER = "ladder"
LISTS = "list"
RISK = "risk"
REVIEW = "review"
TRADES = "trades"
TRADE = "trade"
ORDER = "order"
REVIEWING = (REVIEW, TRADES, TRADE)
"""The scopes of the review screens, which are never seen together with those of the desk."""
OVER_DESK = (*REVIEWING, ORDER)
"""The scopes of every screen that has keys of its own and lies over the desk."""
TRADE_COLUMNS = (
    "opened",
    "symbol",
    "side",
    "size",
    "entry",
    "exit",
    "held",
    "fees",
    "net",
    "tags",
)
"""Of the list of trades; the place of a column is the key that sorts by it, the tenth is 0."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a trader can do with a key."""

    id: str
    text: str
    """What it does, as a sentence without subject: for help and palette."""
    keys: str
    """Default keys, separated by commas, in the names of the screen library."""
    label: str = ""
    """One word for the footer; empty keeps it out of there."""
    armed: bool = False
    """It sends an order and is refused until the keys are armed."""
    hidden: bool = False
    """Movement that needs no palette entry."""
    urgent: bool = False
    """Its key works wherever the keyboard is, in a text field and over a dialog too."""
    ahead: bool = False
    """It takes the keyboard, and is done before the keys behind it are handed on; what is typed or
    pasted in one burst stays together. In a text field its key is a letter."""
    calls: str = ""
    """The call that performs it, where it is not the name behind the dot."""

    @property
    def scope(self) -> str:
        """The part of the screen that performs it."""
        return self.id.partition(".")[0]

    @property
    def call(self) -> str:
        """What that part of the screen is asked to do: the name behind `action_`, arguments."""
        return self.calls or self.id.partition(".")[2]


ACTIONS = (
    Action("app.command_palette", "Search every action", "ctrl+p", "palette"),
    Action("app.help", "Show the keys of this pane", "question_mark,f1", "help"),
    Action("app.next_theme", "Switch to the next theme", "f5"),
    Action("app.quit", "Leave; orders and positions are kept", "ctrl+q", "quit"),
    Action("desk.command", "Type a command", "colon", "command", ahead=True),
    Action("desk.symbol", "Find an instrument", "slash", "symbol"),
    Action("desk.jump", "Jump to a pane by its letter", "ctrl+o", "jump"),
    Action("desk.buy", "Open a buy ticket", "b", "buy", calls="ticket('buy')"),
    Action("desk.sell", "Open a sell ticket", "s", "sell", calls="ticket('sell')"),
    Action("desk.arm", "Arm or disarm the trading keys", "A,ctrl+a", "arm"),
    Action(
        "app.cancel_everything",
        "Cancel every order, armed or not",
        "ctrl+x",
        "cancel all",
        urgent=True,
    ),
    Action(
        "app.kill",
        "Twice: cancel every order, close every position, take no new risk",
        "ctrl+k",
        urgent=True,
    ),
    Action("app.release_kill", "Release the kill switch: trade again", "f8"),
    Action("desk.ladder", "Go to the ladder", "D", calls="go('ladder')"),
    Action("desk.orders", "Go to the working orders", "O", calls="go('orders')"),
    Action("desk.positions", "Go to the positions", "P", calls="go('positions')"),
    Action("desk.fills", "Go to the fills", "F", calls="go('fills')"),
    Action("desk.account", "Go to the account", "M", calls="go('account')"),
    Action("desk.tape", "Go to time and sales", "T", calls="go('tape')"),
    Action("desk.imbalance", "Go to the imbalance of the book", "I", calls="go('imbalance')"),
    Action("desk.contract", "Go to what the venue says of the market", "C", calls="go('contract')"),
    Action("desk.risk", "Go to the risk: what the portfolio may lose", "V", calls="go('risk')"),
    Action("desk.feeds", "Go to the feeds", "E", calls="go('feeds')"),
    Action("desk.log", "Go to the log", "L", calls="go('log')"),
    Action("desk.review", "Review equity and trades", "R"),
    Action(
        "desk.next_symbol", "Focus the next instrument", "greater_than_sign", calls="step_symbol(1)"
    ),
    Action(
        "desk.previous_symbol",
        "Focus the instrument before",
        "less_than_sign",
        calls="step_symbol(-1)",
    ),
    Action("desk.maximise", "Give the focused pane the whole screen, or give it back", "z"),
    Action("desk.next_pane", "Go to the next pane", "tab", hidden=True),
    Action("desk.previous_pane", "Go to the pane before", "shift+tab", hidden=True),
    Action("desk.step_out", "Step out of what is open; never trades", "escape", hidden=True),
    Action("ladder.up", "Move the cursor up", "up,k", hidden=True, calls="move(1)"),
    Action("ladder.down", "Move the cursor down", "down,j", hidden=True, calls="move(-1)"),
    Action(
        "ladder.page_up", "Move the cursor up by a page", "pageup", hidden=True, calls="page(1)"
    ),
    Action(
        "ladder.page_down",
        "Move the cursor down by a page",
        "pagedown",
        hidden=True,
        calls="page(-1)",
    ),
    Action(
        "ladder.coarser", "Group more ticks into one row", "plus,equals_sign", calls="regroup(1)"
    ),
    Action("ladder.finer", "Group fewer ticks into one row", "minus", calls="regroup(-1)"),
    Action("ladder.centre", "Centre on the market", "c", "centre"),
    Action("ladder.freeze", "Hold the ladder still, or let it follow again", "f", "freeze"),
    Action(
        "ladder.join_bid",
        "Bid with the best bid",
        "q",
        "join bid",
        armed=True,
        calls="passive('buy', 0)",
    ),
    Action(
        "ladder.join_ask",
        "Offer with the best ask",
        "w",
        "join ask",
        armed=True,
        calls="passive('sell', 0)",
    ),
    Action("ladder.better_bid", "Bid one tick better", "Q", armed=True, calls="passive('buy', 1)"),
    Action(
        "ladder.better_ask", "Offer one tick better", "W", armed=True, calls="passive('sell', 1)"
    ),
    Action(
        "ladder.lift", "Buy at the best ask, at once", "a", "lift", armed=True, calls="take('buy')"
    ),
    Action(
        "ladder.hit",
        "Sell at the best bid, at once; disarmed: a sell ticket",
        "s",
        armed=True,
        calls="take('sell')",
    ),
    Action("ladder.place", "Order at the cursor", "space", "place", armed=True),
    Action("ladder.cancel_here", "Cancel own orders at the cursor", "x", "cancel", armed=True),
    Action(
        "ladder.nudge_down",
        "Move own orders at the cursor a tick down",
        "[",
        armed=True,
        calls="nudge(-1)",
    ),
    Action(
        "ladder.nudge_up",
        "Move own orders at the cursor a tick up",
        "]",
        armed=True,
        calls="nudge(1)",
    ),
    Action("ladder.cancel_symbol", "Cancel every order of this instrument", "e", armed=True),
    Action(
        "ladder.cancel_bids",
        "Cancel every buy order of this instrument",
        "comma",
        armed=True,
        calls="cancel_some('bids')",
    ),
    Action(
        "ladder.cancel_asks",
        "Cancel every sell order of this instrument",
        "full_stop",
        armed=True,
        calls="cancel_some('asks')",
    ),
    Action(
        "ladder.cancel_stops",
        "Cancel every order of this instrument that waits for its trigger",
        "X",
        armed=True,
        calls="cancel_some('stops')",
    ),
    Action("ladder.bracket", "Give new entries a take-profit and a stop, or none", "o", "bracket"),
    Action(
        "ladder.exit",
        "Stop or take-profit at the cursor for the position; without one, a stop that enters",
        "v",
        "stop",
        armed=True,
    ),
    Action(
        "ladder.break_even",
        "Move the position's stop to break-even, fees included",
        "n",
        armed=True,
    ),
    Action(
        "ladder.close",
        "Close this position at market",
        "r",
        "close",
        armed=True,
        calls="position('close')",
    ),
    Action(
        "ladder.reverse",
        "Turn this position around at market",
        "t",
        armed=True,
        calls="position('reverse')",
    ),
    *(
        Action(
            f"ladder.close_{percent}",
            f"Close {percent}% of this position at market",
            key,
            armed=True,
            calls=f"close_share({percent})",
        )
        for percent, key in ((25, "6"), (50, "7"), (75, "8"))
    ),
    Action("ladder.size_1", "Use the first order size", "1", calls="size(0)"),
    Action("ladder.size_2", "Use the second order size", "2", calls="size(1)"),
    Action("ladder.size_3", "Use the third order size", "3", calls="size(2)"),
    Action("ladder.size_4", "Use the fourth order size", "4", calls="size(3)"),
    Action("ladder.size_5", "Use the fifth order size", "5", calls="size(4)"),
    Action("ladder.size_position", "Use the size of the position", "p"),
    Action("list.up", "Move up", "up,k", hidden=True, calls="move(-1)"),
    Action("list.down", "Move down", "down,j", hidden=True, calls="move(1)"),
    Action("list.page_up", "Move up by a page", "pageup", hidden=True, calls="page(-1)"),
    Action("list.page_down", "Move down by a page", "pagedown", hidden=True, calls="page(1)"),
    Action("list.first", "Go to the top", "home,g", hidden=True, calls="edge(-1)"),
    Action("list.last", "Go to the bottom", "end,G", hidden=True, calls="edge(1)"),
    Action("list.open", "Act on the line: its instrument, its order, its closing ticket", "enter"),
    Action("list.life", "See the whole life of the line's order or position", "i", "life"),
    Action("list.remove", "Fill the command line with the cancel or close of the line", "x,delete"),
    Action("risk.next", "See the next page of risk", "right,l", "page", calls="page(1)"),
    Action("risk.previous", "See the page of risk before", "left,h", calls="page(-1)"),
    Action("risk.kind", "See the stress grid, then its other columns", "space", "grid"),
    Action("risk.up", "Scroll up", "up,k", hidden=True, calls="roll(-1)"),
    Action("risk.down", "Scroll down", "down,j", hidden=True, calls="roll(1)"),
    Action("risk.page_up", "Scroll up by half a page", "pageup", hidden=True, calls="roll(-10)"),
    Action(
        "risk.page_down", "Scroll down by half a page", "pagedown", hidden=True, calls="roll(10)"
    ),
    Action("risk.first", "Go to the top", "home,g", hidden=True, calls="edge(-1)"),
    Action("risk.last", "Go to the bottom", "end,G", hidden=True, calls="edge(1)"),
    Action("review.note", "Write a note on the trade", "n", "note"),
    Action("review.tag", "Give the trade a tag, or take one away with -tag", "t", "tag"),
    Action("review.refresh", "Read the history again", "r", "read again"),
    Action("review.step_out", "Step out: of a field, a trade, the filter, the review", "escape"),
    Action("trades.up", "Move up", "up,k", hidden=True, calls="move(-1)"),
    Action("trades.down", "Move down", "down,j", hidden=True, calls="move(1)"),
    Action("trades.page_up", "Move up by a page", "pageup", hidden=True, calls="page(-1)"),
    Action("trades.page_down", "Move down by a page", "pagedown", hidden=True, calls="page(1)"),
    Action("trades.first", "Go to the top", "home,g", hidden=True, calls="edge(-1)"),
    Action("trades.last", "Go to the bottom", "end,G", hidden=True, calls="edge(1)"),
    Action("trades.open", "See the trade whole: fills, orders, events", "enter", "open"),
    Action("trades.filter", "Filter the trades", "slash", "filter"),
    *(
        Action(
            f"trades.sort_{column}",
            f"Sort by {column}; again for the other way round",
            str(place % 10),
            calls=f"sort('{column}')",
        )
        for place, column in enumerate(TRADE_COLUMNS, 1)
    ),
    Action("trade.up", "Scroll up", "up,k", hidden=True, calls="roll(-1)"),
    Action("trade.down", "Scroll down", "down,j", hidden=True, calls="roll(1)"),
    Action("trade.page_up", "Scroll up by a page", "pageup", hidden=True, calls="page(-1)"),
    Action(
        "trade.page_down", "Scroll down by a page", "pagedown,space", hidden=True, calls="page(1)"
    ),
    Action("trade.next", "See the next trade of the list", "right,l", "next", calls="step(1)"),
    Action("trade.previous", "See the trade before", "left,h", calls="step(-1)"),
    Action("trade.orders", "See the whole life of its orders, one by one", "i", "life"),
    Action("order.up", "Scroll up", "up,k", hidden=True, calls="roll(-1)"),
    Action("order.down", "Scroll down", "down,j", hidden=True, calls="roll(1)"),
    Action("order.page_up", "Scroll up by a page", "pageup", hidden=True, calls="page(-1)"),
    Action(
        "order.page_down", "Scroll down by a page", "pagedown,space", hidden=True, calls="page(1)"
    ),
    Action("order.next", "See the next order of the list", "right,l", "next", calls="step(1)"),
    Action("order.previous", "See the order before", "left,h", "previous", calls="step(-1)"),
    Action("order.refresh", "Read the order again", "r", "read again"),
    Action("order.step_out", "Back to where the order was chosen", "escape", "back"),
)
"""In the order in which help and palette show them."""

BY_ID = {action.id: action for action in ACTIONS}

SHADOWED = frozenset({("ladder.hit", "desk.sell")})
"""Pairs that share a key on purpose: the first, in its pane, stands before the second."""


def actions_of(scope: str) -> tuple[Action, ...]:
    """The actions that one part of the screen performs."""
    return tuple(action for action in ACTIONS if action.scope == scope)


KEY_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "comma": ",",
    "full_stop": ".",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "shift+tab": "⇧tab",
    "ctrl+": "^",
}
"""How keys are written on the screen where their name is not what stands on the keyboard."""


def shown_key(keys: str) -> str:
    """The first of some keys, as a footer writes it: `^p`, `?`, `D`."""
    key = keys.split(",")[0].strip()
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return key.replace("ctrl+", "^")


def shown_keys(keys: str) -> str:
    """Every key, as a help page writes it: `A or ^a`."""
    return " or ".join(shown_key(key) for key in keys.split(",") if key.strip())
