"""Every output of the exchange, as frozen messages, and the order in which they come.

All events of one command carry its `seq` and `ts_ns`. What follows each command, in order
(`*` any number, `?` at most one, `|` either):

| command | events |
|---|---|
| ListInstrument | InstrumentListed \\| CommandRejected |
| OpenAccount | AccountOpened \\| CommandRejected |
| Deposit | Deposited \\| CommandRejected |
| ConfigurePortfolio | PortfolioConfigured \\| CommandRejected |
| ResetPortfolio | OrderDone*, (LotsClosed?, PositionChanged)*, PortfolioReset \\| CommandRejected |
| ArchivePortfolio | PortfolioArchived \\| CommandRejected |
| SetLimits | LimitsSet \\| CommandRejected |
| ConfigureCurrency | CurrencySet \\| CommandRejected |
| PlaceOrder | OrderRejected \\| OrderAccepted, Match*, OrderDone?, After |
| PlaceOco | OrderAccepted, OrderAccepted, (Match*, OrderDone?) twice, After \\| CommandRejected |
| PlaceBasket | BasketAccepted, Sent*, BasketDone, After \\| CommandRejected |
| ProtectPosition | OrderDone*, OrderAccepted* \\| CommandRejected |
| CancelOrder | OrderDone \\| CommandRejected |
| AmendOrder | OrderAmended, Match*, OrderDone?, After \\| CommandRejected |
| ReplaceOrder | OrderDone, OrderAccepted, Match*, OrderDone?, After \\| CommandRejected |
| CancelAll | OrderDone* (oldest first), AllCancelled \\| CommandRejected |
| Flatten | OrderDone*, Sent*, Flattened, After \\| CommandRejected |
| Reverse | OrderDone*, OrderAccepted, Match*, OrderDone, Reversed, After \\| CommandRejected |
| EngageKill | OrderDone*, Sent*, KillEngaged, After \\| CommandRejected |
| ReleaseKill | KillReleased \\| CommandRejected |
| SendCommand | CommandSent, Arrival? \\| CommandRejected |
| SetPrice | OracleChanged?, After \\| CommandRejected |
| ConfigureOracle | OracleSet \\| CommandRejected |
| SetIndexSource | OracleChanged?, After \\| CommandRejected |
| ConfigureFunding | FundingSet \\| CommandRejected |
| SetFundingRate | none \\| CommandRejected |
| SetSessions | SessionsSet \\| CommandRejected |
| HaltInstrument | InstrumentHalted, OrderDone* \\| CommandRejected |
| ResumeInstrument | InstrumentResumed, After \\| CommandRejected |
| ConfigureMarketBreaker | MarketBreakerSet \\| CommandRejected |
| ConfigureFees | FeesSet \\| CommandRejected |
| MirrorDepth | (Execution, OrderDone?)*, After \\| CommandRejected |
| MirrorDown | none \\| CommandRejected |
| MirrorQuote | as MirrorDepth |
| MirrorTrade | (Execution, OrderDone?)*, MarketTraded, After \\| CommandRejected |
| ConfigureMirror | MirrorConfigured \\| CommandRejected |
| AdvanceTime | Execution*, OrderDone? after each Execution, After |

What has come due by the time of a command comes before everything else, in the order in which it
was due: OrderDone of expired orders, InstrumentResumed of halts that are over, what is Periodic,
and each Arrival of a command that was sent: CommandArrived, then all that the command itself gives,
its After included. Periodic is all that samples, funding and borrowing cause at one moment,
instruments in the order of listing: OracleChanged* of samples; for each funding payment FundingPaid
of every holder of a position (none when nothing is to be paid): traders, the insurance fund, the
market participant; FundingSettled; BorrowFeePaid* of traders and the fund; After.
Liquidity that we took may count again when time has passed: Executions that this causes with
resting orders come next, before what the command itself does or is refused (PlaceOrder, AmendOrder,
Flatten, MirrorDepth, MirrorQuote, AdvanceTime). Flatten closes positions in the order in which the
instruments were listed. OrderDone of orders whose margin is missing after a fill comes last.

An Execution is: Traded, then for the resting order and then for the incoming one, unless it
belongs to the market participant, OrderFilled, LotsClosed?, PositionChanged, FeeTierReached?, and
what the fill means for other orders: OrderResized or OrderDone of a linked order, then of
reduce-only orders that the position no longer covers. Then OrderDone for the resting order if it is
filled, or OrderRefilled if it is an iceberg with more to show. The incoming order's OrderDone comes
last.

Sent is OrderAccepted, Match*, OrderDone: an order that does not rest. A Match is an Execution, or
SelfTradePrevented with the OrderDone or OrderResized of the resting order.

After is what follows from trades and prices, until nothing follows any more: exits of brackets and
positions come alive or follow their size (OrderAccepted, OrderResized, OrderDone), then trailing
stops follow the price (TriggerMoved), circuit breakers trip (InstrumentHalted, OrderDone*), and
orders whose trigger was reached fire one at a time: OrderTriggered, OrderDone of the order linked
to it, Match*, OrderDone?. Those reached by an earlier price fire first; at one price those whose
trigger lies nearest to where the price came from, and of them the one accepted first.
"""

from engine.core.events.causes import (
    FILLED,
    MAKER,
    TAKER,
    EndCause,
    HaltCause,
    Liquidity,
    OrderEnd,
    ResizeCause,
)
from engine.core.events.margin import (
    CollateralSold,
    InsurancePaid,
    LeverageSet,
    LiquidationEnded,
    LiquidationOutcome,
    LiquidationStarted,
    LossSocialised,
    MarginChanged,
    MarginModeSet,
    MarginWarning,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.events.mass import (
    AllCancelled,
    BasketAccepted,
    BasketDone,
    Flattened,
    KillEngaged,
    KillReleased,
    Reversed,
)
from engine.core.events.orders import (
    ClosedLot,
    CommandRejected,
    LotsClosed,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderRejected,
    OrderResized,
    OrderTriggered,
    PositionChanged,
    SelfTradePrevented,
    Traded,
    TriggerMoved,
)
from engine.core.events.portfolios import (
    LimitsSet,
    PortfolioArchived,
    PortfolioConfigured,
    PortfolioReset,
)
from engine.core.events.pricing import (
    BorrowFeePaid,
    CurrencySet,
    FundingPaid,
    FundingSet,
    FundingSettled,
    OracleChanged,
    OracleSet,
    OracleStatus,
)
from engine.core.events.sending import CommandArrived, CommandSent
from engine.core.events.venue import (
    AccountOpened,
    Deposited,
    FeesSet,
    FeeTierReached,
    InstrumentHalted,
    InstrumentListed,
    InstrumentResumed,
    MarketBreakerSet,
    MarketTraded,
    MirrorConfigured,
    SessionsSet,
)

Event = (
    InstrumentListed
    | AccountOpened
    | Deposited
    | CommandRejected
    | OrderRejected
    | OrderAccepted
    | OrderAmended
    | OrderResized
    | OrderRefilled
    | TriggerMoved
    | OrderTriggered
    | SelfTradePrevented
    | Traded
    | OrderFilled
    | LotsClosed
    | PositionChanged
    | OrderDone
    | AllCancelled
    | Flattened
    | Reversed
    | KillEngaged
    | KillReleased
    | BasketAccepted
    | BasketDone
    | CommandSent
    | CommandArrived
    | SessionsSet
    | InstrumentHalted
    | InstrumentResumed
    | MarketBreakerSet
    | FeesSet
    | FeeTierReached
    | MarketTraded
    | MirrorConfigured
    | PortfolioConfigured
    | PortfolioReset
    | PortfolioArchived
    | LimitsSet
    | MarginModeSet
    | LeverageSet
    | MarginChanged
    | MarginWarning
    | LiquidationStarted
    | PositionLiquidated
    | PositionDeleveraged
    | LiquidationEnded
    | CollateralSold
    | InsurancePaid
    | LossSocialised
    | OracleSet
    | OracleChanged
    | FundingSet
    | FundingPaid
    | FundingSettled
    | BorrowFeePaid
    | CurrencySet
)

__all__ = [
    "FILLED",
    "MAKER",
    "TAKER",
    "AccountOpened",
    "AllCancelled",
    "BasketAccepted",
    "BasketDone",
    "BorrowFeePaid",
    "ClosedLot",
    "CollateralSold",
    "CommandArrived",
    "CommandRejected",
    "CommandSent",
    "CurrencySet",
    "Deposited",
    "EndCause",
    "Event",
    "FeeTierReached",
    "FeesSet",
    "Flattened",
    "FundingPaid",
    "FundingSet",
    "FundingSettled",
    "HaltCause",
    "InstrumentHalted",
    "InstrumentListed",
    "InstrumentResumed",
    "InsurancePaid",
    "KillEngaged",
    "KillReleased",
    "LeverageSet",
    "LimitsSet",
    "LiquidationEnded",
    "LiquidationOutcome",
    "LiquidationStarted",
    "Liquidity",
    "LossSocialised",
    "LotsClosed",
    "MarginChanged",
    "MarginModeSet",
    "MarginWarning",
    "MarketBreakerSet",
    "MarketTraded",
    "MirrorConfigured",
    "OracleChanged",
    "OracleSet",
    "OracleStatus",
    "OrderAccepted",
    "OrderAmended",
    "OrderDone",
    "OrderEnd",
    "OrderFilled",
    "OrderRefilled",
    "OrderRejected",
    "OrderResized",
    "OrderTriggered",
    "PortfolioArchived",
    "PortfolioConfigured",
    "PortfolioReset",
    "PositionChanged",
    "PositionDeleveraged",
    "PositionLiquidated",
    "ReducedBy",
    "ResizeCause",
    "Reversed",
    "SelfTradePrevented",
    "SessionsSet",
    "Traded",
    "TriggerMoved",
]
