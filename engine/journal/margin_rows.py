"""Rows of the history store about margin: funding, liquidation, insurance, portfolios."""

from typing import Annotated

import msgspec

from engine.journal.columns import BigInt, Flag, Integer, Money, Price, Size, Text, Time


class FundingRow(msgspec.Struct, kw_only=True):
    """Funding and borrow fees that holders paid or received, in order of (seq, n)."""

    seq: Annotated[BigInt, "command at which it was due"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when it was paid"]
    kind: Annotated[Text, "funding or borrow"]
    account: Annotated[Text, "whose; the insurance fund and `market`, the venue, included"]
    symbol: Annotated[Text, "instrument"]
    until: Annotated[Time, "end of the interval, or of the day, that it is for"]
    rate_ppb: Annotated[BigInt | None, "rate of the interval in billionths; empty for a borrow fee"]
    mark: Annotated[Price | None, "price that positions were valued at; empty for a borrow fee"]
    mark_ticks: Annotated[BigInt | None, "the same in ticks"]
    size: Annotated[Size, "position; negative is short"]
    lots: Annotated[BigInt, "the same in lots"]
    paid: Annotated[Money, "in the settlement currency; negative when received"]
    position_id: Annotated[BigInt | None, "round trip that it belongs to"]


class FundingRateRow(msgspec.Struct, kw_only=True):
    """Funding of instruments, one row an interval that was paid."""

    seq: Annotated[BigInt, "command at which it was due"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when it was paid"]
    symbol: Annotated[Text, "instrument"]
    until: Annotated[Time, "end of the interval"]
    rate_ppb: Annotated[BigInt, "in billionths; positive: longs paid shorts"]
    mark: Annotated[Price, "price that positions were valued at"]
    mark_ticks: Annotated[BigInt, "the same in ticks"]
    paid: Annotated[Money, "what one side paid the other, in the settlement currency"]


class LiquidationRow(msgspec.Struct, kw_only=True):
    """Warnings and every step of liquidations, in order of (seq, n)."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    kind: Annotated[
        Text,
        "warned, started, reduced, deleveraged, ended, collateral_sold, insurance_paid or"
        " socialised",
    ]
    account: Annotated[Text, "whose; of a socialised loss, who bore it"]
    symbol: Annotated[Text | None, "instrument; empty for all cross positions together"] = None
    currency: Annotated[Text, "settlement currency, of all amounts"]
    level_percent: Annotated[Integer | None, "of a warning: 80, 90 or 95"] = None
    equity: Annotated[Money | None, "what answered for the positions"] = None
    maintenance: Annotated[Money | None, "what they needed at least"] = None
    outcome: Annotated[Text | None, "of an end: healthy, closed or waiting"] = None
    taken_by: Annotated[Text | None, "who took what was reduced: book, fund or deleveraging"] = None
    side: Annotated[Text | None, "sell closed a long, buy a short"] = None
    size: Annotated[Size | None, "quantity that was closed"] = None
    lots: Annotated[BigInt | None, "the same in lots"] = None
    price: Annotated[Price | None, "average that it was closed at, half even"] = None
    value: Annotated[Money | None, "what it was closed for"] = None
    fee: Annotated[Money | None, "liquidation fee, or haircut, to the insurance fund"] = None
    realised: Annotated[Money | None, "profit that it realised, before fees"] = None
    lots_left: Annotated[BigInt | None, "position afterwards in lots; negative is short"] = None
    other: Annotated[Text | None, "whose position was deleveraged against; whose loss it was"] = (
        None
    )
    rank: Annotated[Integer | None, "place in the queue of deleveraging, from 1"] = None
    score: Annotated[Money | None, "profit ratio times leverage, which placed it there"] = None
    amount: Annotated[Money | None, "paid by the fund, borne, or paid from what was sold"] = None
    fund: Annotated[Money | None, "what the fund had left"] = None
    sold: Annotated[Money | None, "of another currency, to pay what was owed"] = None
    sold_currency: Annotated[Text | None, "which"] = None
    position_id: Annotated[BigInt | None, "round trip that it belongs to"] = None
    text: Annotated[Text, "all of it as a sentence"]


class ClosingRow(msgspec.Struct, kw_only=True):
    """Parts of positions that were closed without an order of their account."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    ts: Annotated[Time, "when"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    cause: Annotated[Text, "takeover, deleveraging or reset"]
    side: Annotated[Text, "sell closed a long, buy a short"]
    size: Annotated[Size, "quantity"]
    lots: Annotated[BigInt, "the same in lots"]
    price: Annotated[Price, "average that it was closed at, half even"]
    value: Annotated[Money, "what it was closed for, in the settlement currency"]
    realised: Annotated[Money, "profit that it realised, before fees"]
    position_lots: Annotated[BigInt, "position afterwards in lots; negative is short"]
    position_id: Annotated[BigInt, "round trip that it belongs to"]


class ClosedLotRow(msgspec.Struct, kw_only=True):
    """Lots that closings took, where the portfolio closes first in, first out or the reverse."""

    seq: Annotated[BigInt, "command that caused it"]
    n: Annotated[Integer, "place among that command's events"]
    part: Annotated[Integer, "place among the lots of that closing, from 1"]
    ts: Annotated[Time, "when they were closed"]
    account: Annotated[Text, "whose"]
    symbol: Annotated[Text, "instrument"]
    side: Annotated[Text, "sell closed long lots, buy short ones"]
    opened_trade_id: Annotated[BigInt, "trade that opened them"]
    opened_at: Annotated[Time, "when"]
    size: Annotated[Size, "quantity"]
    lots: Annotated[BigInt, "the same in lots"]
    cost: Annotated[Money, "what they had been opened for, in the settlement currency"]
    value: Annotated[Money, "what they were closed for"]
    realised: Annotated[Money, "profit of these lots, before fees"]
    position_id: Annotated[BigInt | None, "round trip that it belongs to"]


class InsuranceRow(msgspec.Struct, kw_only=True):
    """The insurance fund's balance where it changed: with liquidations, and at intervals."""

    seq: Annotated[BigInt, "last command before it"]
    ts: Annotated[Time, "when"]
    currency: Annotated[Text, "of the balance"]
    balance: Annotated[Money, "what the fund has"]


class PortfolioRow(msgspec.Struct, kw_only=True):
    """Portfolios as they are now."""

    account: Annotated[Text, "its name for orders"]
    title: Annotated[Text, "its name for people, or an empty text"]
    description: Annotated[Text, "what it is for, or an empty text"]
    base_currency: Annotated[Text, "in which its equity and its limits are stated"]
    starting: Annotated[Money, "what it begins with, of that"]
    lot_method: Annotated[Text, "fifo, lifo or average"]
    collateral: Annotated[Text, "single or multi"]
    leverages: Annotated[Text, "by class of instrument, as JSON"]
    tags: Annotated[Text, "labels, as JSON"]
    public: Annotated[Flag, "whether others may see it"]
    archived: Annotated[Flag, "whether it was put away"]
    limits: Annotated[Text, "what it may do at most, as JSON; money in quanta of 10^-12"]
    resets: Annotated[Integer, "how often it has begun anew"]
    opened_seq: Annotated[BigInt, "command that opened it"]
    opened_at: Annotated[Time, "when"]
    reset_at: Annotated[Time | None, "when it last began anew"] = None
