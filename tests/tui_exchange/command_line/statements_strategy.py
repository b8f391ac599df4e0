"""Every statement that text can say, for hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from engine.core.commands import Side, TimeInForce
from tui_exchange.command_line.amounts import PRICE_WORDS, is_price, is_symbol
from tui_exchange.command_line.clauses import TAG_CHARS_MAX, TAG_PUNCTUATION
from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.scanner import NOTE_CHARS_MAX, is_line_char
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    CloseStatement,
    Flags,
    FlattenStatement,
    HelpStatement,
    NoteStatement,
    PlaceStatement,
    ReverseStatement,
    TagStatement,
    UnaliasStatement,
    WordStatement,
)
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Everything,
    Money,
    Offset,
    OffsetPrice,
    OffsetUnit,
    PositionShare,
    PriceWord,
    Quantity,
    RiskUnits,
    WordPrice,
)
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    SAID_OTHERWISE,
    SIDE_WORDS,
    UNBUILT_FLAGS,
)

ALNUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
TAKEN = {"at", "all", *FLAG_HELP, *PRICE_WORDS, *SAID_OTHERWISE, *SIDE_WORDS, *UNBUILT_FLAGS}


def is_free_symbol(text: str) -> bool:
    word = text.lower()
    if word in TAKEN or not is_symbol(word) or is_price(word):
        return False
    return not word[0].isdigit() or ("-" in word and word.split("-")[0].isalpha())


positive = st.decimals(
    min_value=Decimal("0.000000000001"),
    max_value=Decimal("999999999999999"),
    places=12,
    allow_nan=False,
)
percent = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(100), places=2)
ticks = st.integers(1, 10**6).map(Decimal)
sign = st.sampled_from([1, -1])

offsets = st.one_of(
    st.builds(lambda n, s: Offset(n * s, OffsetUnit.TICKS), ticks, sign),
    st.builds(
        lambda n, s, unit: Offset(n * s, unit),
        positive,
        sign,
        st.sampled_from([OffsetUnit.PRICE, OffsetUnit.PERCENT]),
    ),
)
prices = st.one_of(
    st.builds(AbsolutePrice, positive),
    st.builds(WordPrice, st.sampled_from(PriceWord), st.none() | offsets),
    st.builds(OffsetPrice, offsets),
)
totals = st.one_of(st.builds(Quantity, positive), st.builds(Money, positive))
closing_sizes = st.one_of(totals, st.builds(PositionShare, percent), st.just(Everything()))
sizes = st.one_of(
    closing_sizes, st.builds(BuyingPowerShare, percent), st.builds(RiskUnits, positive, prices)
)
symbols = st.text(ALNUM + "-", min_size=2, max_size=16).map(str.upper).filter(is_free_symbol)
maybe_symbol = st.none() | symbols
tags = st.text(ALNUM + TAG_PUNCTUATION, min_size=1, max_size=TAG_CHARS_MAX)
texts = st.text(st.characters().filter(is_line_char), min_size=1, max_size=NOTE_CHARS_MAX).filter(
    lambda text: bool(text.strip())
)
maybe_tag = st.just("") | tags
maybe_note = st.just("") | texts
labels = st.builds(Flags, tag=maybe_tag, note=maybe_note)
resting_flags = st.one_of(
    st.builds(
        Flags,
        time_in_force=st.sampled_from(TimeInForce),
        tag=maybe_tag,
        note=maybe_note,
    ),
    st.builds(Flags, post_only=st.just(True), tag=maybe_tag, note=maybe_note),
)
market_flags = st.builds(
    Flags, time_in_force=st.sampled_from(TimeInForce), tag=maybe_tag, note=maybe_note
)
order_ids = st.integers(1, 10**17)
names = st.from_regex(r"[a-z][a-z0-9_]{0,23}", fullmatch=True).filter(
    lambda name: not COMMANDS.is_reserved(name)
)
arguments = st.text(st.characters().filter(is_line_char), max_size=20)


def place(price: st.SearchStrategy, flags: st.SearchStrategy) -> st.SearchStrategy:
    side = st.sampled_from(Side)
    return st.builds(
        PlaceStatement, side=side, size=sizes, symbol=maybe_symbol, price=price, flags=flags
    )


def close(price: st.SearchStrategy, flags: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        CloseStatement, symbol=maybe_symbol, size=closing_sizes, price=price, flags=flags
    )


SCOPED_CANCELS = st.one_of(
    st.builds(CancelManyStatement, symbol=symbols, side=st.none() | st.sampled_from(Side)),
    st.builds(CancelManyStatement, side=st.sampled_from(Side)),
    st.builds(
        CancelManyStatement, side=st.none() | st.sampled_from(Side), everywhere=st.just(True)
    ),
)
AMENDS = st.one_of(
    st.builds(AmendStatement, order_id=order_ids, size=totals, price=st.none() | prices),
    st.builds(AmendStatement, order_id=order_ids, size=st.none(), price=prices),
)
statements = st.one_of(
    place(st.none(), market_flags),
    place(prices, resting_flags),
    close(st.none(), market_flags),
    close(prices, resting_flags),
    st.builds(ReverseStatement, symbol=maybe_symbol, flags=labels),
    st.builds(FlattenStatement, symbol=maybe_symbol),
    st.just(FlattenStatement(everywhere=True)),
    st.builds(
        CancelOrdersStatement,
        st.lists(order_ids, min_size=1, max_size=4, unique=True).map(tuple),
    ),
    SCOPED_CANCELS,
    AMENDS,
    st.builds(NoteStatement, order_id=order_ids, text=texts),
    st.builds(TagStatement, order_id=order_ids, tag=tags),
    st.builds(AliasStatement, name=names, text=texts),
    st.just(AliasListStatement()),
    st.builds(UnaliasStatement, name=names),
    st.builds(HelpStatement, topic=st.none() | st.sampled_from(["buy", "flatten", "x"])),
    st.builds(
        WordStatement, word=st.just("theme"), arguments=st.lists(arguments, max_size=3).map(tuple)
    ),
)
