"""Every statement that text can say, for hypothesis."""

from datetime import UTC, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from engine.core.commands import OrderType, SelfTrade, Side, TimeInForce, TriggerSource
from engine.core.fees.presets import PRESETS
from engine.core.margin_terms import MarginMode
from tui_exchange.command_line.amounts import PRICE_WORDS, is_price, is_symbol
from tui_exchange.command_line.commands import COMMANDS
from tui_exchange.command_line.commands.margin import LEVERAGE_MAX
from tui_exchange.command_line.flag_words import TAG_CHARS_MAX, TAG_PUNCTUATION
from tui_exchange.command_line.moments import AHEAD_MAX
from tui_exchange.command_line.scanner import NOTE_CHARS_MAX, is_line_char
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    BasketLeg,
    BasketStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    ChangeMarginStatement,
    CloseStatement,
    FeesStatement,
    Flags,
    FlattenStatement,
    HaltStatement,
    HelpStatement,
    KillStatement,
    LeverageStatement,
    MarginModeStatement,
    NoteStatement,
    OcoStatement,
    OrderStatement,
    PlaceStatement,
    ProtectStatement,
    ReleaseStatement,
    ReplaceStatement,
    ResumeStatement,
    ReverseStatement,
    SizeStatement,
    StopStatement,
    TagStatement,
    TrailStatement,
    UnaliasStatement,
    WordStatement,
)
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Distance,
    EquityShare,
    Everything,
    ExitPrices,
    Money,
    Off,
    Offset,
    OffsetPrice,
    OffsetUnit,
    PositionShare,
    PriceWord,
    Quantity,
    RiskUnits,
    Weight,
    WordPrice,
)
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    ORDER_SIDES,
    SAID_OTHERWISE,
    SIDE_WORDS,
    STOPS,
)

FLAG_NAMES = [flag.partition("=")[0] for flag in FLAG_HELP]
ALNUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LEADS = ("at", "by", "from", "limit", "stop", "tp", "sl", "off", "with", "share", "cancel", "risk")
TAKEN = {
    *LEADS,
    *ORDER_SIDES,
    STOPS,
    *FLAG_NAMES,
    *PRESETS,
    "all",
    *FLAG_HELP,
    *PRICE_WORDS,
    *SAID_OTHERWISE,
    *SIDE_WORDS,
}


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
expiries = st.one_of(
    st.integers(1, int(AHEAD_MAX.total_seconds())).map(lambda s: timedelta(seconds=s)),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.datetimes(timezones=st.just(UTC)).map(lambda d: d.replace(microsecond=0)),
)
displays = st.builds(Quantity, positive)
sources = st.none() | st.sampled_from(TriggerSource)
protections = st.none() | st.integers(1, 999_999)
exit_prices = st.one_of(
    st.builds(ExitPrices, take_profit=prices),
    st.builds(
        ExitPrices,
        take_profit=st.none() | prices,
        stop_loss=prices,
        stop_limit=st.none() | prices,
    ),
)
WHILE_IT_LASTS = st.one_of(
    st.sampled_from([TimeInForce.GTC, TimeInForce.DAY]).map(lambda tif: (tif, None)),
    expiries.map(lambda expiry: (TimeInForce.GTD, expiry)),
)
AT_ONCE = st.sampled_from([(TimeInForce.IOC, None), (TimeInForce.FOK, None)])


@st.composite
def flag_sets(draw, *, priced=False, waits=False, at_market=False, opens=True):
    """Flags that have something to act upon, as `flag_words.OrderShape` says."""
    lasting = priced or waits
    lives = (
        WHILE_IT_LASTS
        if waits
        else WHILE_IT_LASTS | AT_ONCE
        if lasting
        else (AT_ONCE | st.just((TimeInForce.GTC, None)))
    )
    time_in_force, expires = draw(lives)
    rests = priced and time_in_force not in (TimeInForce.IOC, TimeInForce.FOK)
    post_only = rests and draw(st.booleans())
    exits = draw(st.none() | exit_prices) if opens else None
    watches = waits or (exits is not None and exits.stop_loss is not None)
    return Flags(
        time_in_force=time_in_force,
        expires=expires,
        post_only=post_only,
        slide=post_only and draw(st.booleans()),
        reduce_only=exits is None and draw(st.booleans()),
        display=draw(st.none() | displays) if rests else None,
        self_trade=draw(st.sampled_from(SelfTrade)),
        protection_ppm=draw(protections) if at_market else None,
        exits=exits,
        trigger_on=draw(sources) if watches else None,
        tag=draw(maybe_tag),
        note=draw(maybe_note),
    )


order_ids = st.integers(1, 10**17)
names = st.from_regex(r"[a-z][a-z0-9_]{0,23}", fullmatch=True).filter(
    lambda name: not COMMANDS.is_reserved(name)
)
arguments = st.text(st.characters().filter(is_line_char), max_size=20)
sides = st.sampled_from(Side)


@st.composite
def places(draw):
    price = draw(st.none() | prices)
    flags = flag_sets(priced=price is not None, at_market=price is None)
    return PlaceStatement(draw(sides), draw(sizes), draw(maybe_symbol), price, draw(flags))


@st.composite
def closes(draw):
    price = draw(st.none() | prices)
    flags = flag_sets(priced=price is not None, at_market=price is None, opens=False)
    return CloseStatement(draw(maybe_symbol), draw(closing_sizes), price, draw(flags))


@st.composite
def stops(draw):
    side, limit = draw(st.none() | sides), draw(st.none() | prices)
    flags = flag_sets(waits=True, at_market=limit is None, opens=side is not None)
    size = draw(closing_sizes if side is None else sizes)
    kind = draw(st.sampled_from([OrderType.STOP, OrderType.TAKE_PROFIT]))
    symbol = draw(maybe_symbol)
    return StopStatement(kind, draw(prices), size, side, symbol, limit, draw(flags))


distances = st.one_of(
    st.builds(Distance, ticks, st.just(OffsetUnit.TICKS)),
    st.builds(Distance, positive, st.just(OffsetUnit.PRICE)),
)
shares = st.builds(
    Distance,
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99.99"), places=2),
    st.just(OffsetUnit.PERCENT),
)


@st.composite
def trails(draw):
    side = draw(st.none() | sides)
    limit = draw(st.none() | st.just(Distance(Decimal(0), OffsetUnit.PRICE)) | distances)
    flags = flag_sets(waits=True, at_market=limit is None, opens=False)
    size = draw(closing_sizes if side is None else sizes)
    activation, symbol = draw(st.none() | prices), draw(maybe_symbol)
    distance = draw(distances | shares)
    return TrailStatement(distance, size, side, symbol, activation, limit, draw(flags))


@st.composite
def ocos(draw):
    side, limit = draw(st.none() | sides), draw(st.none() | prices)
    flags = flag_sets(priced=True, waits=True, at_market=limit is None, opens=False)
    size = draw(closing_sizes if side is None else sizes)
    symbol = draw(maybe_symbol)
    return OcoStatement(draw(prices), draw(prices), size, side, symbol, limit, draw(flags))


@st.composite
def baskets(draw):
    names = draw(st.lists(symbols, min_size=2, max_size=4, unique=True))
    weighed = draw(st.booleans())
    share = st.builds(
        Weight, st.decimals(min_value=Decimal("0.01"), max_value=Decimal(25), places=2)
    )
    plain = totals | st.builds(PositionShare, percent)
    legs = tuple(
        BasketLeg(
            name,
            draw(sides),
            draw(share if weighed and number == 0 else share | plain if weighed else plain),
            draw(st.none() | prices),
        )
        for number, name in enumerate(names)
    )
    flags = flag_sets(at_market=all(leg.price is None for leg in legs), opens=False)
    budget = draw(st.builds(Money, positive)) if weighed else None
    return BasketStatement(legs, budget, draw(st.booleans()), draw(flags))


exits = st.none() | st.just(Off()) | prices
PROTECTIONS = st.builds(
    ProtectStatement,
    symbol=maybe_symbol,
    take_profit=exits,
    stop_loss=exits,
    trigger_on=sources,
).filter(lambda one: one.take_profit is not None or one.stop_loss is not None)
SWITCHES = st.one_of(
    st.builds(KillStatement, close=st.booleans()),
    st.just(ReleaseStatement()),
    st.builds(HaltStatement, symbol=maybe_symbol, until=st.none() | expiries, cancel=st.booleans()),
    st.builds(ResumeStatement, symbol=maybe_symbol),
    st.builds(FeesStatement, symbol=maybe_symbol, preset=st.sampled_from(["", *PRESETS])),
    st.builds(OrderStatement, order_id=order_ids),
)
MARGINS = st.one_of(
    st.builds(LeverageStatement, st.integers(1, LEVERAGE_MAX), symbol=maybe_symbol),
    st.builds(MarginModeStatement, st.sampled_from(MarginMode), symbol=maybe_symbol),
    st.builds(
        ChangeMarginStatement,
        st.builds(lambda amount, s: amount * s, positive, sign),
        symbol=maybe_symbol,
    ),
    st.builds(
        SizeStatement,
        stop=prices,
        entry=st.none() | prices,
        take_profit=st.none() | prices,
        risk=st.none() | st.builds(EquityShare, percent) | st.builds(Money, positive),
        side=st.none() | sides,
        symbol=maybe_symbol,
    ),
)
SCOPED_CANCELS = st.one_of(
    st.builds(
        CancelManyStatement,
        symbol=maybe_symbol,
        side=st.none() | sides,
        tag=maybe_tag,
        stops=st.booleans(),
    ).filter(lambda one: one != CancelManyStatement()),
    st.builds(
        CancelManyStatement,
        side=st.none() | sides,
        everywhere=st.just(True),
        tag=maybe_tag,
        stops=st.booleans(),
    ),
)
AMENDS = st.builds(
    AmendStatement,
    order_id=order_ids,
    size=st.none() | totals,
    price=st.none() | prices,
    trigger=st.none() | prices,
    display=st.none() | displays,
    expires=st.none() | expiries,
).filter(lambda one: one != AmendStatement(one.order_id))
REPLACES = st.builds(
    ReplaceStatement, order_id=order_ids, order=places() | closes() | stops() | trails()
)
statements = st.one_of(
    places(),
    closes(),
    stops(),
    trails(),
    ocos(),
    baskets(),
    PROTECTIONS,
    REPLACES,
    SWITCHES,
    MARGINS,
    st.builds(ReverseStatement, symbol=maybe_symbol),
    st.builds(FlattenStatement, symbol=maybe_symbol),
    st.just(FlattenStatement(everywhere=True)),
    st.builds(
        CancelOrdersStatement,
        st.lists(order_ids, min_size=1, max_size=4, unique=True).map(tuple),
    ),
    SCOPED_CANCELS,
    AMENDS,
    st.builds(NoteStatement, order_id=order_ids, text=texts),
    st.builds(NoteStatement, order_id=st.none(), text=texts, symbol=symbols),
    st.builds(TagStatement, order_id=order_ids, tag=tags),
    st.builds(TagStatement, order_id=st.none(), tag=tags, symbol=symbols),
    st.builds(AliasStatement, name=names, text=texts),
    st.just(AliasListStatement()),
    st.builds(UnaliasStatement, name=names),
    st.builds(HelpStatement, topic=st.none() | st.sampled_from(["buy", "flatten", "x"])),
    st.builds(
        WordStatement, word=st.just("theme"), arguments=st.lists(arguments, max_size=3).map(tuple)
    ),
)
