"""Every input of the exchange, as frozen messages.

A command is an intent in integers: prices in ticks, quantities in lots, money in quanta. The time
at which it is applied and its sequence number travel beside it, given by the sequencer.
"""

from engine.core.commands.choices import (
    BUY,
    FOK,
    GTC,
    LIMIT_ORDER,
    MARKET,
    MARKET_ORDER,
    SELL,
    OrderType,
    QueueModel,
    SelfTrade,
    Side,
    TimeInForce,
    TriggerSource,
)
from engine.core.commands.mirroring import (
    ConfigureMirror,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
)
from engine.core.commands.sending import Sendable, SendCommand
from engine.core.commands.trading import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    EngageKill,
    Exits,
    Flatten,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReleaseKill,
    ReplaceOrder,
    Reverse,
)
from engine.core.commands.venue import (
    AdvanceTime,
    ConfigureFees,
    ConfigureMarketBreaker,
    Deposit,
    HaltInstrument,
    ListInstrument,
    OpenAccount,
    ResumeInstrument,
    SetPrice,
    SetSessions,
)

Command = (
    ListInstrument
    | OpenAccount
    | Deposit
    | PlaceOrder
    | PlaceOco
    | PlaceBasket
    | ProtectPosition
    | CancelOrder
    | AmendOrder
    | ReplaceOrder
    | CancelAll
    | Flatten
    | Reverse
    | EngageKill
    | ReleaseKill
    | SendCommand
    | SetPrice
    | SetSessions
    | HaltInstrument
    | ResumeInstrument
    | ConfigureMarketBreaker
    | ConfigureFees
    | MirrorDepth
    | MirrorTrade
    | MirrorQuote
    | MirrorDown
    | ConfigureMirror
    | AdvanceTime
)

__all__ = [
    "BUY",
    "FOK",
    "GTC",
    "LIMIT_ORDER",
    "MARKET",
    "MARKET_ORDER",
    "SELL",
    "AdvanceTime",
    "AmendOrder",
    "CancelAll",
    "CancelOrder",
    "Command",
    "ConfigureFees",
    "ConfigureMarketBreaker",
    "ConfigureMirror",
    "Deposit",
    "EngageKill",
    "Exits",
    "Flatten",
    "HaltInstrument",
    "ListInstrument",
    "MirrorDepth",
    "MirrorDown",
    "MirrorQuote",
    "MirrorTrade",
    "OpenAccount",
    "OrderType",
    "PlaceBasket",
    "PlaceOco",
    "PlaceOrder",
    "ProtectPosition",
    "QueueModel",
    "ReleaseKill",
    "ReplaceOrder",
    "ResumeInstrument",
    "Reverse",
    "SelfTrade",
    "SendCommand",
    "Sendable",
    "SetPrice",
    "SetSessions",
    "Side",
    "TimeInForce",
    "TriggerSource",
]
