"""The rows of the history store: one class a table, whose fields are its columns.

Types, names and meanings stand here once; tables, column comments, bulk inserts and the test of
`docs/journal.md` are derived. Prices, quantities and money are exact decimals in human units beside
the raw integers of the exchange; times are UTC with nanoseconds. Columns that may be empty say
when.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import msgspec


@dataclass(frozen=True, slots=True)
class Sql:
    """The type of a column in DuckDB."""

    name: str


BigInt = Annotated[int, Sql("BIGINT")]
Integer = Annotated[int, Sql("INTEGER")]
Text = Annotated[str, Sql("VARCHAR")]
Flag = Annotated[bool, Sql("BOOLEAN")]
Money = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Price = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Size = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Whole = Annotated[Decimal, Sql("DECIMAL(38,0)")]
"""An integer that may exceed 64 bits."""
Time = Annotated[int, Sql("TIMESTAMP_NS")]
"""Unix nanoseconds here, a timestamp without zone, in UTC, in the table."""


class InstrumentRow(msgspec.Struct, kw_only=True):
    """Instruments as last listed."""

    symbol: Annotated[Text, "our name, such as BTC-USDT"]
    venue: Annotated[Text, "where its prices come from"]
    asset_class: Annotated[Text, "spot or perpetual"]
    base: Annotated[Text, "what is traded"]
    quote: Annotated[Text, "what prices are in"]
    settlement: Annotated[Text, "the currency that profit and fees are paid in"]
    tick_size: Annotated[Price, "smallest price step"]
    lot_size: Annotated[Size, "smallest quantity step"]
    multiplier: Annotated[Size, "units of base behind one unit of quantity"]
    maker_fee_ppm: Annotated[Integer, "fee of resting orders, millionths of the value"]
    taker_fee_ppm: Annotated[Integer, "fee of incoming orders, millionths of the value"]
    listed_seq: Annotated[BigInt, "command that listed it"]
    listed_at: Annotated[Time, "when"]


class DepositRow(msgspec.Struct, kw_only=True):
    """Paper money put into accounts."""

    seq: Annotated[BigInt, "command that paid it in"]
    ts: Annotated[Time, "when"]
    account: Annotated[Text, "whose"]
    currency: Annotated[Text, "of the amount"]
    amount: Annotated[Money, "paid in"]
    balance: Annotated[Money, "of that currency afterwards"]


class OrderRow(msgspec.Struct, kw_only=True):
    """Accepted orders as they stand now. Refused ones are only in order_events: they have no id."""

    order_id: Annotated[BigInt, "number of the order"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "buy or sell"]
    order_type: Annotated[Text, "limit or market"]
    time_in_force: Annotated[Text, "gtc, ioc or fok"]
    post_only: Annotated[Flag, "would have been refused rather than trade on arrival"]
    price: Annotated[Price | None, "limit, as last amended; empty for a market order"]
    price_ticks: Annotated[BigInt | None, "the same in ticks"]
    size: Annotated[Size, "ordered quantity, as last amended"]
    lots: Annotated[BigInt, "the same in lots"]
    filled: Annotated[Size, "quantity filled so far"]
    filled_lots: Annotated[BigInt, "the same in lots"]
    filled_tick_lots: Annotated[Whole, "sum of price_ticks times lots over its fills"]
    average_price: Annotated[Price | None, "of its fills, half even; empty before the first"]
    fees: Annotated[Money, "paid on its fills, less rebates; in the settlement currency"]
    state: Annotated[Text, "working, filled or cancelled"]
    cause: Annotated[Text | None, "why it ended; empty while working"]
    amendments: Annotated[Integer, "how often it was changed"]
    client_id: Annotated[Text, "chosen by the sender, or an empty text"]
    tag: Annotated[Text, "label it was sent with, or an empty text"]
    note: Annotated[Text, "note it was sent with, or an empty text"]
    accepted_seq: Annotated[BigInt, "command that placed it"]
    accepted_at: Annotated[Time, "when"]
    ended_seq: Annotated[BigInt | None, "command that ended it; empty while working"]
    ended_at: Annotated[Time | None, "when"]


class EventRow(msgspec.Struct, kw_only=True):
    """Everything that happened to orders, refusals included, in order of (seq, n)."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    kind: Annotated[Text, "accepted, amended, fill, filled, cancelled, rejected or refused"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text | None, "instrument; empty for refused commands"]
    order_id: Annotated[BigInt | None, "order; empty for a rejected one, which never got an id"]
    side: Annotated[Text | None, "buy or sell, where the event says it"]
    price: Annotated[Price | None, "limit, or the price of a fill"]
    price_ticks: Annotated[BigInt | None, "the same in ticks"]
    size: Annotated[Size | None, "ordered, filled or cancelled quantity"]
    lots: Annotated[BigInt | None, "the same in lots"]
    open_lots: Annotated[BigInt | None, "what is still to be filled afterwards"]
    trade_id: Annotated[BigInt | None, "of a fill"]
    liquidity: Annotated[Text | None, "maker or taker, of a fill"]
    fee: Annotated[Money | None, "of a fill; negative for a rebate"]
    reason: Annotated[Text | None, "code of a refusal, or cause of an end"]
    text: Annotated[Text | None, "sentence of a refusal"]


class FillRow(msgspec.Struct, kw_only=True):
    """Shares of accounts in trades."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    trade_id: Annotated[BigInt, "number of the trade"]
    order_id: Annotated[BigInt, "the account's order"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "buy or sell"]
    price: Annotated[Price, "of the trade"]
    price_ticks: Annotated[BigInt, "the same in ticks"]
    size: Annotated[Size, "quantity"]
    lots: Annotated[BigInt, "the same in lots"]
    value: Annotated[Money, "price times quantity, in the quote currency"]
    fee: Annotated[Money, "paid; negative for a rebate"]
    liquidity: Annotated[Text, "maker or taker"]
    realised: Annotated[Money, "profit that it realised, before fees"]
    position: Annotated[Size, "position afterwards; negative is short"]
    position_lots: Annotated[BigInt, "the same in lots"]
    position_id: Annotated[BigInt, "round trip that it belongs to, or that it opened by flipping"]


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
    cost: Annotated[Money, "what the open quantity cost at its average entry, signed like size"]
    entry_lots: Annotated[BigInt, "lots of all fills that opened or added"]
    entry_tick_lots: Annotated[Whole, "sum of price_ticks times lots over them"]
    entry_price: Annotated[Price, "their average, half even"]
    exit_lots: Annotated[BigInt, "lots of all fills that reduced or closed"]
    exit_tick_lots: Annotated[Whole, "sum of price_ticks times lots over them"]
    exit_price: Annotated[Price | None, "their average, half even; empty before the first"]
    realised: Annotated[Money, "profit realised, before fees"]
    fees: Annotated[Money, "paid, less rebates; those of a fill through zero are divided by lots"]
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


class EquityRow(msgspec.Struct, kw_only=True):
    """What accounts were worth, by deposited currency: after fills, deposits, and at intervals."""

    seq: Annotated[BigInt, "last command before it"]
    ts: Annotated[Time, "when"]
    account: Annotated[Text, "whose"]
    currency: Annotated[Text, "one that was deposited; nothing is converted between two of them"]
    equity: Annotated[
        Money | None, "balance, assets and unrealised together; empty if a price is unknown"
    ]
    balance: Annotated[Money, "cash"]
    held: Annotated[Money, "part of it that orders and positions hold"]
    assets: Annotated[Money | None, "spot holdings with a price in this currency, at the mid"]
    unrealised: Annotated[Money | None, "open profit of perpetuals settled in it, at the mid"]
    deposited: Annotated[Money, "paid in so far"]


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
    | NoteRow
    | TagRow
)
