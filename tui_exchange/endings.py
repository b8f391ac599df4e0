"""Why an order ended, in words for its owner."""

from engine.core.events import EndCause, ResizeCause

ENDED = {
    EndCause.REQUESTED: "cancelled",
    EndCause.IOC_REMAINDER: "nothing more stood at that price, the rest is cancelled",
    EndCause.NO_LIQUIDITY: "the book had nothing more, the rest is cancelled",
    EndCause.FLATTENED: "cancelled",
    EndCause.AMENDED_TO_FILLED: "it is amended down to what was filled",
    EndCause.MARGIN_MISSING: (
        "the position that it would have closed is gone and the margin to open one is not free,"
        " the rest is cancelled"
    ),
    EndCause.EXPIRED: "its time is over, the rest is gone",
    EndCause.LIMIT_EXCEEDED: "a limit of its portfolio did not let it trade",
    EndCause.FUNDS_MISSING: "there was not enough free to pay for it, so it did not trade",
    EndCause.LINKED_FILLED: "the other order of its pair has filled, so it is cancelled",
    EndCause.LINKED_TRIGGERED: "the other order of its pair has fired, so it is cancelled",
    EndCause.EXITED: "the bracket's exit has come, the rest of the entry is cancelled",
    EndCause.POSITION_GONE: "no position is left for it to reduce, the rest is cancelled",
    EndCause.SELF_TRADE: "it met an order of your own, the rest is cancelled",
    EndCause.PROTECTED: (
        "the next price lies beyond its protection or the instrument's band, the rest is cancelled"
    ),
    EndCause.BASKET_SHARE: "the other legs could not match more, the rest is cancelled",
    EndCause.REPLACED: "replaced",
    EndCause.HALTED: "its instrument is halted, so it is cancelled",
    EndCause.LIQUIDATION: "the margin is used up, so the exchange cancelled it",
    EndCause.RESET: "its portfolio begins again, so it is cancelled",
    EndCause.KILLED: "the kill switch cancelled it",
}
"""Every cause but that it was filled, which its fills tell."""

RESIZED = {
    ResizeCause.LINKED_FILLED: "as the other order of its pair filled in part",
    ResizeCause.ENTRY_FILLED: "as the entry of its bracket filled further",
    ResizeCause.POSITION: "as the position changed",
    ResizeCause.SELF_TRADE: "as it met an order of your own",
}
