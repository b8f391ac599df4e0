"""The words of the grammar with their help: the one place where each is written."""

from engine.core.commands import Side, TimeInForce
from tui_exchange.command_line.terms import PriceWord

PRICE_HELP: dict[PriceWord, str] = {
    PriceWord.BID: "the best bid",
    PriceWord.ASK: "the best ask",
    PriceWord.MID: "halfway between bid and ask",
    PriceWord.LAST: "the last trade",
    PriceWord.ENTRY: "the position's average entry",
    PriceWord.BEST: "the own side's touch: bid to buy, ask to sell",
}

TIME_IN_FORCE_HELP: dict[TimeInForce, str] = {
    TimeInForce.GTC: "good till cancelled (the default)",
    TimeInForce.IOC: "immediate or cancel: what does not fill at once is cancelled",
    TimeInForce.FOK: "fill or kill: the whole at once, or nothing",
}
TIME_IN_FORCE_WORDS: dict[str, TimeInForce] = {tif.value: tif for tif in TIME_IN_FORCE_HELP}

POST_ONLY = "po"
TAG_PREFIX = "tag="
NOTE_MARK = "~"

FLAG_HELP: dict[str, str] = {
    POST_ONLY: "post only: refused if it would trade on arrival",
    **{tif.value: text for tif, text in TIME_IN_FORCE_HELP.items()},
    TAG_PREFIX: "a label of one word, for the journal",
    NOTE_MARK: "a note, to the end of the statement",
}
"""Every flag as it is typed, in the order in which completion offers them."""

SIZE_HELP: dict[str, str] = {
    "all": "the whole position where this reduces one, else all buying power",
    "25%": "of buying power; after close, of the position",
    "50%": "of buying power; after close, of the position",
    "50%pos": "half the position",
    "$500": "worth this much quote currency",
    "1r@": "what loses one risk unit between the price and this stop",
}

SIDE_WORDS: dict[str, Side] = {
    "bids": Side.BUY,
    "buys": Side.BUY,
    "asks": Side.SELL,
    "sells": Side.SELL,
}
"""The plural names one side of the own orders; the first of each side is the one rendered."""

VARIABLES: dict[str, str] = {
    "$bid": "bid",
    "$ask": "ask",
    "$mid": "mid",
    "$last": "last",
    "$entry": "entry",
    "$best": "best",
    "$size": "100%pos",
}
"""Variables and the grammar's own word for the same value."""

UNBUILT_VARIABLES: dict[str, str] = {
    "$mark": "use `mid` or `last`",
    "$pnl": "the positions pane shows profit",
}

UNBUILT_VERBS: dict[str, str] = {
    "stop": "watch the price and use `close`",
    "tp": "rest a limit order with `close at <price>`",
    "trail": "move a resting order with `move #<order> +1t`",
    "oco": "place two orders and cancel the other by hand",
    "bracket": "place the exits as orders of their own, joined with `;`",
    "scale": "join several orders with `;`",
    "chase": "follow the touch with `move #<order> to best`",
    "twap": "place smaller orders by hand, joined with `;`",
    "vwap": "place smaller orders by hand, joined with `;`",
    "pov": "place smaller orders by hand, joined with `;`",
    "bump": "use `move #<order> +1t`",
    "lev": "the instrument's own margin applies",
    "alert": "the ladder and the watchlist show prices as they move",
}
"""Verbs of the full grammar that this version does not have, and what serves meanwhile."""

UNBUILT_FLAGS: dict[str, str] = {
    "gtd": "orders last until cancelled (`gtc`), or use `ioc` or `fok`",
    "day": "orders last until cancelled (`gtc`), or use `ioc` or `fok`",
    "reduce": "`close` never makes a position larger",
    "show": "place smaller orders, joined with `;`",
    "stp": "cancel an order of your own first where the two would meet",
    "sl": "place the exit as an order of its own",
    "tp": "place the exit as an order of its own, joined with `;`",
    "on": "no order of this version watches a price",
}
"""Flags of the full grammar that this version does not have, and what serves meanwhile."""

SAID_OTHERWISE: dict[str, str] = {
    "limit": "write `at` before the price",
    "market": "leave out `at`: an order without a price goes to market",
    "@": "write `at` before the price",
    "post": "the flag is `po`",
    "postonly": "the flag is `po`",
    "post-only": "the flag is `po`",
    "max": "the size of everything is `all`",
    "half": "half the position is `50%pos`, half the buying power `50%`",
}
"""Words of other programs, and how the same is said here."""
