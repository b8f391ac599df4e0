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
from engine.core.commands.margin import ChangeMargin, SetLeverage, SetMarginMode
from engine.core.commands.mirroring import (
    ConfigureMirror,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
)
from engine.core.commands.portfolios import (
    ArchivePortfolio,
    Collateral,
    ConfigurePortfolio,
    DepositKind,
    LotMethod,
    Profile,
    ResetPortfolio,
    SetLimits,
)
from engine.core.commands.pricing import (
    ConfigureCurrency,
    ConfigureFunding,
    ConfigureOracle,
    FundingModel,
    IndexSource,
    MarkMethod,
    SetFundingRate,
    SetIndexSource,
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
    | ConfigurePortfolio
    | ResetPortfolio
    | ArchivePortfolio
    | SetLimits
    | SetMarginMode
    | SetLeverage
    | ChangeMargin
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
    | SetIndexSource
    | SetFundingRate
    | ConfigureOracle
    | ConfigureFunding
    | ConfigureCurrency
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
    "ArchivePortfolio",
    "CancelAll",
    "CancelOrder",
    "ChangeMargin",
    "Collateral",
    "Command",
    "ConfigureCurrency",
    "ConfigureFees",
    "ConfigureFunding",
    "ConfigureMarketBreaker",
    "ConfigureMirror",
    "ConfigureOracle",
    "ConfigurePortfolio",
    "Deposit",
    "DepositKind",
    "EngageKill",
    "Exits",
    "Flatten",
    "FundingModel",
    "HaltInstrument",
    "IndexSource",
    "ListInstrument",
    "LotMethod",
    "MarkMethod",
    "MirrorDepth",
    "MirrorDown",
    "MirrorQuote",
    "MirrorTrade",
    "OpenAccount",
    "OrderType",
    "PlaceBasket",
    "PlaceOco",
    "PlaceOrder",
    "Profile",
    "ProtectPosition",
    "QueueModel",
    "ReleaseKill",
    "ReplaceOrder",
    "ResetPortfolio",
    "ResumeInstrument",
    "Reverse",
    "SelfTrade",
    "SendCommand",
    "Sendable",
    "SetFundingRate",
    "SetIndexSource",
    "SetLeverage",
    "SetLimits",
    "SetMarginMode",
    "SetPrice",
    "SetSessions",
    "Side",
    "TimeInForce",
    "TriggerSource",
]
