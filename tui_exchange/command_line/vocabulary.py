"""The words of the grammar with their help: the one place where each is written."""

from engine.core.commands import SelfTrade, Side, TimeInForce, TriggerSource
from tui_exchange.command_line.terms import PriceWord

PRICE_HELP: dict[PriceWord, str] = {
    PriceWord.BID: "the best bid",
    PriceWord.ASK: "the best ask",
    PriceWord.MID: "halfway between bid and ask",
    PriceWord.LAST: "the last trade",
    PriceWord.MARK: "the mark price; the last trade where there is none",
    PriceWord.INDEX: "the index price; the last trade where there is none",
    PriceWord.ENTRY: "the position's average entry",
    PriceWord.BEST: "the own side's touch: bid to buy, ask to sell",
}

TIME_IN_FORCE_HELP: dict[TimeInForce, str] = {
    TimeInForce.GTC: "good till cancelled (the default)",
    TimeInForce.IOC: "immediate or cancel: what does not fill at once is cancelled",
    TimeInForce.FOK: "fill or kill: the whole at once, or nothing",
    TimeInForce.DAY: "until the end of the session that it is sent in",
}
TIME_IN_FORCE_WORDS: dict[str, TimeInForce] = {tif.value: tif for tif in TIME_IN_FORCE_HELP}

POST_ONLY = "po"
SLIDE = "po=slide"
EXPIRY_PREFIX = "gtd="
REDUCE = "reduce"
SHOW_PREFIX = "show="
SELF_TRADE_PREFIX = "stp="
PROTECT_PREFIX = "protect="
STOP_LOSS_PREFIX = "sl="
TAKE_PROFIT_PREFIX = "tp="
SOURCE_PREFIX = "on="
TAG_PREFIX = "tag="
NOTE_MARK = "~"

FLAG_HELP: dict[str, str] = {
    POST_ONLY: "post only: refused if it would trade on arrival",
    SLIDE: "post only: moved to the best price that does not trade on arrival",
    **{tif.value: text for tif, text in TIME_IN_FORCE_HELP.items()},
    EXPIRY_PREFIX: "good till then: `15m` from now, `14:30` or `2026-11-22T14:30` UTC",
    REDUCE: "reduce only: never more than what is left of the position",
    SHOW_PREFIX: "an iceberg: shows this much of itself at a time",
    SELF_TRADE_PREFIX: "what happens where it meets an order of your own",
    PROTECT_PREFIX: "at market, but no further from the touch than `0.5%` or `50bps`",
    STOP_LOSS_PREFIX: "a stop for what it fills: `-1%`, `61000`, with a limit `61000/60990`",
    TAKE_PROFIT_PREFIX: "takes the profit of what it fills: `+2%`, `65000`",
    SOURCE_PREFIX: "the price that a stop watches: `last`, `mark` or `index`",
    TAG_PREFIX: "a label of one word, for the journal",
    NOTE_MARK: "a note, to the end of the statement",
}
"""Every flag as it is typed, in the order in which completion offers them."""

SELF_TRADE_HELP: dict[SelfTrade, str] = {
    SelfTrade.CANCEL_RESTING: "the one that rests is cancelled (the default)",
    SelfTrade.CANCEL_INCOMING: "the one that arrives is cancelled",
    SelfTrade.CANCEL_BOTH: "both are cancelled",
    SelfTrade.CANCEL_SMALLEST: "the smaller one is cancelled",
    SelfTrade.DECREMENT_BOTH: "both lose the smaller quantity of the two",
}

SOURCE_HELP: dict[TriggerSource, str] = {
    TriggerSource.LAST: "the last trade; the default on spot",
    TriggerSource.MARK: "the mark price; the default on derivatives",
    TriggerSource.INDEX: "the index price",
}

FLAG_VALUES: dict[str, dict[str, str]] = {
    EXPIRY_PREFIX: {"15m": "from now", "1h": "from now", "1d": "from now"},
    SELF_TRADE_PREFIX: {mode.value: text for mode, text in SELF_TRADE_HELP.items()},
    SOURCE_PREFIX: {source.value: text for source, text in SOURCE_HELP.items()},
    PROTECT_PREFIX: {"0.5%": "from the touch", "50bps": "the same in basis points"},
    STOP_LOSS_PREFIX: {"-1%": "below the order's price", "+1%": "above it, for a sale"},
    TAKE_PROFIT_PREFIX: {"+2%": "above the order's price", "-2%": "below it, for a sale"},
}
"""What completion offers behind a flag that takes a value."""

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

ORDER_SIDES: dict[str, Side] = {
    "buy": Side.BUY,
    "b": Side.BUY,
    "sell": Side.SELL,
    "s": Side.SELL,
}
"""The side of an order whose verb does not say it; the first of each side is the one rendered."""

STOPS = "stops"
"""Names the own orders that wait for their trigger."""

VARIABLES: dict[str, str] = {
    "$bid": "bid",
    "$ask": "ask",
    "$mid": "mid",
    "$last": "last",
    "$mark": "mark",
    "$index": "index",
    "$entry": "entry",
    "$best": "best",
    "$size": "100%pos",
}
"""Variables and the grammar's own word for the same value."""

UNBUILT_VARIABLES: dict[str, str] = {
    "$pnl": "the positions pane shows profit",
}

MARGIN_MODES: dict[str, str] = {
    "cash": "in full: only what is owned can be sold",
    "cross": "on margin; the whole balance answers for it",
    "isolated": "on margin; only what is set aside answers for it",
}

UNBUILT_VERBS: dict[str, str] = {
    "scale": "join several orders with `;`",
    "chase": "follow the touch with `move #<order> to best`",
    "twap": "place smaller orders by hand, joined with `;`",
    "vwap": "place smaller orders by hand, joined with `;`",
    "pov": "place smaller orders by hand, joined with `;`",
    "bump": "use `move #<order> +1t`",
    "alert": "the ladder and the watchlist show prices as they move",
}
"""Verbs of the full grammar that this version does not have, and what serves meanwhile."""

SAID_OTHERWISE: dict[str, str] = {
    "limit": "write `at` before the price",
    "iceberg": "the flag is `show=0.1`",
    "reduce-only": "the flag is `reduce`",
    "reduceonly": "the flag is `reduce`",
    "market": "leave out `at`: an order without a price goes to market",
    "@": "write `at` before the price",
    "post": "the flag is `po`",
    "postonly": "the flag is `po`",
    "post-only": "the flag is `po`",
    "max": "the size of everything is `all`",
    "half": "half the position is `50%pos`, half the buying power `50%`",
}
"""Words of other programs, and how the same is said here."""
