"""The rows of the history store: one class a table, whose fields are its columns.

Types, names and meanings stand here, and in `margin_rows`, once; tables, column comments, bulk
inserts and the test of `docs/journal.md` are derived. Prices, quantities and money are exact
decimals in human units beside the raw integers of the exchange; times are UTC with nanoseconds.
Columns that may be empty say when.
"""

from typing import Annotated

import msgspec

from engine.journal.columns import BigInt, Flag, Integer, Money, Price, Size, Text, Time, Whole
from engine.journal.margin_rows import (
    ClosedLotRow,
    ClosingRow,
    FundingRateRow,
    FundingRow,
    InsuranceRow,
    LiquidationRow,
    PortfolioRow,
)


class InstrumentRow(msgspec.Struct, kw_only=True):
    """Instruments as last listed."""

    symbol: Annotated[Text, "our name, such as BTC-USDT"]
    venue: Annotated[Text, "where its prices come from"]
    asset_class: Annotated[Text, "spot, stock, etf, fx, perpetual, future, inverse or option"]
    base: Annotated[Text, "what is traded"]
    quote: Annotated[Text, "what prices are in"]
    settlement: Annotated[Text, "the currency that profit and fees are paid in"]
    tick_size: Annotated[Price, "smallest price step"]
    lot_size: Annotated[Size, "smallest quantity step"]
    multiplier: Annotated[Size, "units of base behind one unit of quantity"]
    maker_fee_ppm: Annotated[Integer, "fee of resting orders, in ppm of value, without a schedule"]
    taker_fee_ppm: Annotated[Integer, "fee of incoming orders, likewise"]
    calendar: Annotated[Text, "name of the calendar that its sessions follow"]
    band_ppm: Annotated[
        Integer | None, "how far from the reference a price may lie; empty: anywhere"
    ]
    listed_seq: Annotated[BigInt, "command that listed it"]
    listed_at: Annotated[Time, "when"]


class DepositRow(msgspec.Struct, kw_only=True):
    """Paper money put into accounts; a reset takes back all that was there before it."""

    seq: Annotated[BigInt, "command that paid it in"]
    ts: Annotated[Time, "when"]
    account: Annotated[Text, "whose"]
    kind: Annotated[Text, "start, top_up, lent or reset"]
    currency: Annotated[Text, "of the amount"]
    amount: Annotated[Money, "paid in"]
    balance: Annotated[Money, "of that currency afterwards"]


class OrderRow(msgspec.Struct, kw_only=True):
    """Accepted orders as they stand now. Refused ones are only in order_events: they have no id."""

    order_id: Annotated[BigInt, "number of the order"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "buy or sell"]
    order_type: Annotated[Text, "limit, market, iceberg, stop, take_profit, trailing_stop, ..."]
    time_in_force: Annotated[Text, "gtc, ioc, fok, gtd or day"]
    post_only: Annotated[Flag, "would have been refused, or slid, rather than trade on arrival"]
    slide: Annotated[Flag, "with post_only: moved to the best price that does not trade"]
    reduce_only: Annotated[Flag, "only ever makes a position smaller"]
    price: Annotated[Price | None, "limit, as it is now; empty for an order at market"] = None
    price_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    size: Annotated[Size, "whole quantity, as last amended or resized"]
    lots: Annotated[BigInt, "the same in lots"]
    filled: Annotated[Size, "quantity filled so far"]
    filled_lots: Annotated[BigInt, "the same in lots"]
    filled_weight: Annotated[
        Whole, "sum of the values of its fills, in 10^-12 of a unit; of inverse contracts 10^-24"
    ]
    average_price: Annotated[Price | None, "of its fills, half even; empty before the first"] = None
    fees: Annotated[Money, "paid on its fills, less rebates; in the settlement currency"]
    display: Annotated[Size | None, "slice that an iceberg shows"] = None
    display_lots: Annotated[BigInt | None, "the same in lots"] = None
    trigger_on: Annotated[Text | None, "last, mark or index: the price that it watches"] = None
    trigger: Annotated[Price | None, "price that fires it, as last amended or trailed"] = None
    trigger_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    trail: Annotated[Price | None, "distance that a trailing stop keeps; empty for a share"] = None
    trail_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    trail_ppm: Annotated[Integer | None, "the distance as millionths of the best price"] = None
    activation: Annotated[Price | None, "price from which a trailing stop follows"] = None
    activation_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    limit_offset: Annotated[Price | None, "how far beyond its trigger a trailing limit lies"] = None
    limit_offset_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    best: Annotated[Price | None, "price that a trailing stop follows now"] = None
    best_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    protection_ppm: Annotated[Integer | None, "how far from the touch it may trade at market"] = (
        None
    )
    self_trade: Annotated[Text, "what happens when it meets an order of its own group"]
    take_profit: Annotated[Price | None, "limit of the exit that its fills bring to life"] = None
    take_profit_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    stop_loss: Annotated[Price | None, "trigger of the exit that its fills bring to life"] = None
    stop_loss_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    stop_limit: Annotated[Price | None, "limit that this stop then has; empty for market"] = None
    stop_limit_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    group_kind: Annotated[Text, "bracket, oco, basket, position, or an empty text for none"]
    group_id: Annotated[
        BigInt | None, "entry of a bracket, number of a basket, else first order"
    ] = None
    role: Annotated[Text, "entry, take_profit, stop_loss, first, second or leg; may be empty"]
    parent_id: Annotated[BigInt | None, "entry of the bracket, or the basket, it belongs to"] = None
    linked_id: Annotated[BigInt | None, "the other order of a pair of which only one fills"] = None
    replaces_id: Annotated[BigInt | None, "order that was cancelled for it"] = None
    position_id: Annotated[
        BigInt | None, "round trip of its first fill, or of the entry or position that it protects"
    ] = None
    state: Annotated[
        Text,
        "accepted, waiting, triggered, partially_filled, filled, cancelled, expired or rejected",
    ]
    cause: Annotated[Text | None, "why it ended; empty while it lives"] = None
    amendments: Annotated[Integer, "how often its owner changed it"]
    client_id: Annotated[Text, "chosen by the sender, or an empty text"]
    tag: Annotated[Text, "label it was sent with, or an empty text"]
    note: Annotated[Text, "note it was sent with, or an empty text"]
    accepted_seq: Annotated[BigInt, "command that placed it"]
    accepted_at: Annotated[Time, "when"]
    expires_at: Annotated[Time | None, "when it is gone by itself"] = None
    triggered_at: Annotated[Time | None, "when its trigger was reached"] = None
    ended_seq: Annotated[BigInt | None, "command that ended it; empty while it lives"] = None
    ended_at: Annotated[Time | None, "when"] = None


class EventRow(msgspec.Struct, kw_only=True):
    """Everything that happened to orders, refusals included, in order of (seq, n, part)."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    part: Annotated[Integer, "0, or 1 for the second order that the event is about"]
    ts: Annotated[Time, "when"]
    kind: Annotated[
        Text,
        "accepted, amended, resized, refilled, trailed, triggered, prevented, fill, filled,"
        " cancelled, expired, rejected or refused",
    ]
    state: Annotated[Text | None, "state of the order afterwards; empty for refused commands"] = (
        None
    )
    command: Annotated[Text, "what was asked, or what else arrived when this came due"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text | None, "instrument; empty for refused commands"] = None
    order_id: Annotated[BigInt | None, "order; empty for one refused at once, without an id"] = None
    side: Annotated[Text | None, "buy or sell, where the event says it"] = None
    price: Annotated[Price | None, "limit, or the price of a fill"] = None
    price_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    size: Annotated[Size | None, "whole, filled, shown, prevented or cancelled quantity"] = None
    lots: Annotated[BigInt | None, "the same in lots"] = None
    open_lots: Annotated[
        BigInt | None, "what is still to be filled afterwards, hidden included"
    ] = None
    trigger: Annotated[Price | None, "price that fires it, from then on"] = None
    trigger_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    reached: Annotated[Price | None, "price that fired it, or that a trailing stop follows"] = None
    reached_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    source: Annotated[Text | None, "last, mark or index: which price that was"] = None
    display_lots: Annotated[BigInt | None, "slice of an iceberg, as accepted or amended"] = None
    expires_at: Annotated[Time | None, "when it is gone, as accepted or amended"] = None
    kept_priority: Annotated[Flag | None, "of an amendment: whether it kept its place"] = None
    other_id: Annotated[BigInt | None, "the order that it met, or is paired with"] = None
    trade_id: Annotated[BigInt | None, "of a fill"] = None
    liquidity: Annotated[Text | None, "maker or taker, of a fill"] = None
    fee: Annotated[Money | None, "of a fill; negative for a rebate"] = None
    reason: Annotated[Text | None, "code of a refusal, cause of an end or of a new size, mode"] = (
        None
    )
    text: Annotated[Text | None, "a sentence, where the columns alone do not tell it"] = None


class FillRow(msgspec.Struct, kw_only=True):
    """Shares of accounts in trades."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    trade_id: Annotated[BigInt, "number of the trade"]
    order_id: Annotated[BigInt, "the account's order"]
    order_type: Annotated[Text, "its type"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "buy or sell"]
    price: Annotated[Price, "of the trade"]
    price_ticks: Annotated[BigInt, "the same in ticks"]
    size: Annotated[Size, "quantity"]
    lots: Annotated[BigInt, "the same in lots"]
    value: Annotated[
        Money, "price times quantity; of inverse contracts quantity over price, in the base"
    ]
    fee: Annotated[Money, "paid; negative for a rebate"]
    liquidity: Annotated[Text, "maker or taker"]
    realised: Annotated[Money, "profit that it realised, before fees"]
    margined: Annotated[Flag, "whether it changed a position on margin, and no asset its owner"]
    position: Annotated[Size, "position afterwards; negative is short"]
    position_lots: Annotated[BigInt, "the same in lots"]
    position_id: Annotated[
        BigInt | None,
        "round trip that it belongs to, or that it opened by flipping; empty where it sold coins"
        " that were not bought here",
    ] = None


class PositionRow(msgspec.Struct, kw_only=True):
    """Round trips: from flat to flat, or open still. A fill through zero ends one and opens one."""

    position_id: Annotated[BigInt, "number of the round trip"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "long or short"]
    state: Annotated[Text, "open or closed"]
    size: Annotated[Size, "open quantity now; negative is short, 0 is closed"]
    lots: Annotated[BigInt, "the same in lots"]
    max_size: Annotated[Size, "largest quantity it had, without sign"]
    max_lots: Annotated[BigInt, "the same in lots"]
    cost: Annotated[
        Money, "what the open quantity cost, signed like size, of inverse contracts against it"
    ]
    entry_lots: Annotated[BigInt, "lots of all fills that opened or added"]
    entry_weight: Annotated[
        Whole, "sum of their values, in 10^-12 of a unit; of inverse contracts 10^-24"
    ]
    entry_price: Annotated[Price, "their average, half even"]
    exit_lots: Annotated[BigInt, "lots of all fills and closings that reduced or closed"]
    exit_weight: Annotated[Whole, "sum of their values, likewise"]
    exit_price: Annotated[Price | None, "their average, half even; empty before the first"]
    realised: Annotated[Money, "profit realised, before fees and funding"]
    fees: Annotated[
        Money,
        "paid, less rebates, liquidation fees included; those of a fill through zero are divided"
        " by lots",
    ]
    funding: Annotated[Money, "funding and borrow fees paid, less what was received"]
    fills: Annotated[Integer, "how many fills had a part in it"]
    lowest_ticks: Annotated[BigInt, "lowest price traded in the market while it was open"]
    highest_ticks: Annotated[BigInt, "highest"]
    mae: Annotated[
        Money,
        "maximum adverse excursion: largest quantity times how far the market traded against the"
        " average entry while it was open, in the settlement currency",
    ]
    mfe: Annotated[Money, "maximum favourable excursion, likewise"]
    tag: Annotated[Text, "label of the order that opened it"]
    opened_seq: Annotated[BigInt, "command that opened it"]
    opened_at: Annotated[Time, "when"]
    closed_seq: Annotated[BigInt | None, "command that closed it; empty while open"]
    closed_at: Annotated[Time | None, "when"]
    closed_by: Annotated[
        Text | None, "order, liquidation, takeover, deleveraging or reset; empty while open"
    ]


class EquityRow(msgspec.Struct, kw_only=True):
    """What accounts were worth, by deposited currency: after fills, deposits, and at intervals."""

    seq: Annotated[BigInt, "last command before it"]
    ts: Annotated[Time, "when"]
    account: Annotated[Text, "whose"]
    currency: Annotated[Text, "one that was deposited; nothing is converted between two of them"]
    equity: Annotated[
        Money | None,
        "balance, isolated, assets and unrealised together; empty if a price is unknown",
    ]
    balance: Annotated[Money, "cash"]
    held: Annotated[Money, "part of it that orders and positions hold"]
    isolated: Annotated[Money, "what stands behind isolated positions, apart from the balance"]
    assets: Annotated[Money | None, "spot holdings with a price in this currency, at the mid"]
    unrealised: Annotated[
        Money | None, "open profit of positions on margin settled in it, at the mark, else the mid"
    ]
    deposited: Annotated[Money, "paid in so far, since the last reset"]
    resets: Annotated[Integer, "how often the portfolio had begun anew"]


class VenueEventRow(msgspec.Struct, kw_only=True):
    """What happened to instruments and to accounts as a whole, in order of (seq, n)."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    kind: Annotated[
        Text,
        "halted, resumed, sessions, fees, fee_tier, market_breaker, mirror, account, all_cancelled,"
        " flattened, reversed, kill_engaged, kill_released, basket, basket_done, sent, arrived,"
        " portfolio, reset, archived, unarchived, limits, margin_mode, leverage, margin, oracle,"
        " oracle_status, funding, currency or refused",
    ]
    command: Annotated[Text, "what was asked, or what else arrived when this came due"]
    account: Annotated[Text | None, "whose; empty for an instrument's"] = None
    symbol: Annotated[Text | None, "instrument; empty for all of an account's"] = None
    cause: Annotated[
        Text | None, "of a halt; code of a refusal; the mode, method, model or status that holds"
    ] = None
    until: Annotated[
        Time | None, "end of a halt; end of the last session that is known; the next funding"
    ] = None
    orders: Annotated[Integer | None, "how many it cancelled, or a basket has"] = None
    open_positions: Annotated[Integer | None, "how many were open still"] = None
    group_id: Annotated[BigInt | None, "number of a basket"] = None
    share_ppm: Annotated[Integer | None, "how much of each leg of a basket trades"] = None
    tier: Annotated[Integer | None, "of fees, counted from 0"] = None
    volume: Annotated[Money | None, "traded in 30 days, which the tier goes by"] = None
    maker_fee_ppm: Annotated[Integer | None, "of that tier, negative for a rebate"] = None
    taker_fee_ppm: Annotated[Integer | None, "of that tier"] = None
    amount: Annotated[Money | None, "put behind a position, or what a portfolio began with"] = None
    currency: Annotated[Text | None, "of the amount; the collateral that was set"] = None
    price: Annotated[Price | None, "reference of the market breaker; a mark"] = None
    price_ticks: Annotated[BigInt | None, "the same in ticks"] = None
    size: Annotated[Size | None, "position after a reversal; negative is short"] = None
    lots: Annotated[BigInt | None, "the same in lots"] = None
    text: Annotated[Text, "all of it as a sentence"]


class NoteRow(msgspec.Struct, kw_only=True):
    """What the trader wrote about orders and trades."""

    ts: Annotated[Time, "when it was written"]
    subject: Annotated[Text, "order or trade"]
    subject_id: Annotated[BigInt, "order_id or position_id"]
    text: Annotated[Text, "the note; the latest of a subject counts"]


class TagRow(msgspec.Struct, kw_only=True):
    """Labels that the trader gave to orders and trades."""

    ts: Annotated[Time, "when it was given"]
    subject: Annotated[Text, "order or trade"]
    subject_id: Annotated[BigInt, "order_id or position_id"]
    tag: Annotated[Text, "one word"]


Row = (
    InstrumentRow
    | DepositRow
    | OrderRow
    | EventRow
    | FillRow
    | PositionRow
    | EquityRow
    | VenueEventRow
    | FundingRow
    | FundingRateRow
    | LiquidationRow
    | ClosedLotRow
    | ClosingRow
    | InsuranceRow
    | PortfolioRow
    | NoteRow
    | TagRow
)
