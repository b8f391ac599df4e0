"""One trade's page: what it earned, and every order, fill and event that made it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from textual.strip import Strip

from tui_exchange.panes.pane import wrapped
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import (
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
    text_line,
)
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.review.figures import (
    fixed_text,
    held_text,
    milli_text,
    minute_text,
    money_text,
    percent_text,
    sign_role,
    signed_money_text,
    signed_text,
)
from tui_exchange.review.model import (
    ORDERED,
    EventLine,
    FillLine,
    ForcedLine,
    LotLine,
    OrderLine,
    Trade,
    TradeLife,
)

Rows = Sequence[Sequence[Cell]]
BUY = "buy"

FILL_COLUMNS = (
    Column("time UTC", left=True),
    Column("", left=True),
    Column("side", left=True),
    Column("size"),
    Column("price"),
    Column("position", keep=3),
    Column("fee", keep=4),
    Column("realised"),
    Column("", left=True, keep=5),
    Column("order", keep=6),
)
ORDER_COLUMNS = (
    Column("order"),
    Column("side", left=True),
    Column("type", left=True, keep=4),
    Column("size"),
    Column("limit"),
    Column("filled"),
    Column("average", keep=3),
    Column("ended", left=True),
    Column("tag and note", left=True, keep=5),
)
LOT_COLUMNS = (
    Column("closed UTC", left=True),
    Column("opened UTC", left=True),
    Column("held", keep=3),
    Column("size"),
    Column("cost", keep=2),
    Column("value", keep=2),
    Column("realised"),
)
EVENT_COLUMNS = (
    Column("time UTC", left=True),
    Column("order"),
    Column("event", left=True),
    Column("side", left=True, keep=4),
    Column("size"),
    Column("price"),
    Column("open", keep=3),
    Column("why", left=True, keep=5),
)


def life_lines(life: TradeLife, width: int, palette: Palette) -> list[Strip]:
    """The whole page, as many lines as it takes."""
    trade = life.trade
    fills = [_fill(trade, fill) for fill in life.fills]
    orders = [_order(trade, order) for order in life.orders]
    happened = [_event(trade, event) for event in life.events]
    return [
        *(text_line(cells, width, palette) for cells in _heading(life, width)),
        *_forced(life, width, palette),
        *_section("Fills", FILL_COLUMNS, fills, width, palette),
        *_lots(life, width, palette),
        *_section("Orders", ORDER_COLUMNS, orders, width, palette),
        *_section("Order events", EVENT_COLUMNS, happened, width, palette),
        *_refusals(life.events, width, palette),
    ]


def _heading(life: TradeLife, width: int) -> Iterator[list[Cell]]:
    trade = life.trade

    def price(value: Decimal | None) -> str:
        return fixed_text(value, trade.price_decimals)

    def money(value: Decimal) -> Cell:
        return Cell(signed_money_text(value, trade.currency), sign_role(value))

    side = Cell(trade.side, "bid" if trade.side == "long" else "ask")
    size = fixed_text(trade.size, trade.size_decimals)
    by = trade.closed_by
    forced = Cell(f" by {by}", "error") if by not in ("", ORDERED) else Cell("")
    yield [Cell(f" {trade.symbol} "), side, Cell(f" {size} at most, {trade.state}"), forced]
    when = f"{minute_text(trade.opened_ns)} UTC, still open"
    if trade.closed_ns is not None:
        closed, held = minute_text(trade.closed_ns), held_text(trade.held_ns)
        when = f"{minute_text(trade.opened_ns)} to {closed} UTC, held {held}"
    yield [_label("when"), Cell(when)]
    yield [_label("average"), Cell(f"entry {price(trade.entry)}, exit {price(trade.exit)}")]
    yield [
        _label("net"),
        money(trade.net),
        Cell(f" {trade.currency} = gross "),
        money(trade.gross),
        Cell(f" - fees {money_text(trade.fees, trade.currency)}{_funding(life)}"),
    ]
    yield [
        _label("return"),
        Cell(percent_text(trade.return_percent, signed=True), sign_role(trade.net)),
        Cell(" of entry price times largest size", "faint"),
    ]
    yield [
        _label("excursion"),
        Cell(f"at worst {signed_money_text(-trade.mae, trade.currency)}"),
        Cell(f", at best {signed_money_text(trade.mfe, trade.currency)}"),
    ]
    yield [_label("tags"), Cell(" ".join(f"#{tag}" for tag in trade.tags) or "t adds one", "own")]
    notes = wrapped(trade.note or "n writes one", width - 13)
    for number, line in enumerate(notes):
        yield [_label("note" if number == 0 else ""), Cell(line.strip(), "own")]


def _funding(life: TradeLife) -> str:
    """` - funding 1.20 in 3 payments`; nothing where there was none."""
    if not life.payments:
        return ""
    paid = signed_money_text(life.trade.funding, life.trade.currency)
    told = f" + funding {paid[1:]}" if paid.startswith("-") else f" - funding {paid.lstrip('+')}"
    return f"{told} in {life.payments} payment{'' if life.payments == 1 else 's'}"


def _forced(life: TradeLife, width: int, palette: Palette) -> Iterator[Strip]:
    """What happened to it without an order of its trader."""
    if not life.forced:
        return
    yield text_line([], width, palette)
    title, count = "By the exchange", str(len(life.forced))
    yield title_line((Title(title, title, ""),), title, False, count, width, palette)
    for one in life.forced:
        for line in wrapped(f"{milli_text(one.ts_ns)} {_step(life.trade, one)}", width - 1):
            yield text_line([Cell(line, "warning")], width, palette)


def _lots(life: TradeLife, width: int, palette: Palette) -> Iterator[Strip]:
    """Which lots were closed, where they are told apart."""
    if life.lots:
        rows = [_lot(life.trade, lot) for lot in life.lots]
        yield from _section("Lots closed", LOT_COLUMNS, rows, width, palette)


def _lot(trade: Trade, lot: LotLine) -> list[Cell]:
    return [
        Cell(milli_text(lot.closed_ns), "muted"),
        Cell(milli_text(lot.opened_ns), "muted"),
        Cell(held_text(lot.closed_ns - lot.opened_ns), "muted"),
        Cell(fixed_text(lot.size, trade.size_decimals)),
        Cell(money_text(lot.cost, trade.currency), "muted"),
        Cell(money_text(lot.value, trade.currency), "muted"),
        Cell(signed_money_text(lot.realised, trade.currency), sign_role(lot.realised)),
    ]


def _step(trade: Trade, step: ForcedLine) -> str:
    """What was done, at which price, and what it cost."""
    told = [step.text]
    if step.price is not None:
        told[0] += f" at {fixed_text(step.price, trade.price_decimals)}"
    if step.realised is not None:
        told.append(f"realised {signed_money_text(step.realised, trade.currency)}")
    if step.fee:
        told.append(f"fee {money_text(step.fee, trade.currency)}")
    return ", ".join(told)


def _label(name: str) -> Cell:
    return Cell(f" {name:<10} ", "muted")


def _section(
    title: str, columns: Sequence[Column], rows: Rows, width: int, palette: Palette
) -> Iterator[Strip]:
    yield text_line([], width, palette)
    yield title_line((Title(title, title, ""),), title, False, str(len(rows)), width, palette)
    if not rows:
        yield text_line([Cell(" none", "muted")], width, palette)
        return
    fitted = fit_columns(columns, rows, width)
    yield header_line(columns, fitted, width, palette)
    for row in rows:
        yield table_line(columns, fitted, row, width, palette)


def _refusals(happened: Sequence[EventLine], width: int, palette: Palette) -> Iterator[Strip]:
    """What the exchange said when it refused, in full: a table would cut it."""
    for event in happened:
        if event.kind in ("rejected", "refused"):
            why = event.text if " " in event.text else _words(event.text)
            for line in wrapped(f"{milli_text(event.ts_ns)} {event.kind}: {why}", width - 1):
                yield text_line([Cell(line, "warning")], width, palette)


def _fill(trade: Trade, fill: FillLine) -> list[Cell]:
    return [
        Cell(milli_text(fill.ts_ns), "muted"),
        Cell("entry" if fill.entry else "exit"),
        _side(fill.side),
        Cell(fixed_text(fill.size, trade.size_decimals)),
        Cell(fixed_text(fill.price, trade.price_decimals)),
        Cell(signed_text(fill.position, trade.size_decimals)),
        Cell(money_text(fill.fee, trade.currency), "muted"),
        Cell(
            "" if fill.entry else signed_money_text(fill.realised, trade.currency),
            sign_role(fill.realised),
        ),
        Cell(fill.liquidity, "muted"),
        Cell(f"#{fill.order_id}", "muted"),
    ]


def _order(trade: Trade, order: OrderLine) -> list[Cell]:
    limit = "market" if order.price is None else fixed_text(order.price, trade.price_decimals)
    tag = f"#{order.tag} " if order.tag else ""
    return [
        Cell(f"#{order.order_id}", "muted"),
        _side(order.side),
        Cell(f"{order.order_type} {order.time_in_force}", "muted"),
        Cell(fixed_text(order.size, trade.size_decimals)),
        Cell(limit),
        Cell(fixed_text(order.filled, trade.size_decimals)),
        Cell(fixed_text(order.average, trade.price_decimals)),
        Cell(order.state if order.cause in ("", order.state) else _words(order.cause)),
        Cell(f"{tag}{order.note}"[:40], "own"),
    ]


def _event(trade: Trade, event: EventLine) -> list[Cell]:
    def sizes(value: Decimal | None) -> str:
        return "" if value is None else fixed_text(value, trade.size_decimals)

    refused = event.kind in ("rejected", "refused")
    return [
        Cell(milli_text(event.ts_ns), "muted"),
        Cell("" if event.order_id is None else f"#{event.order_id}", "muted"),
        Cell(event.kind, "warning" if refused else "text"),
        _side(event.side),
        Cell(sizes(event.size)),
        Cell("" if event.price is None else fixed_text(event.price, trade.price_decimals)),
        Cell(sizes(event.open_size)),
        Cell("see below" if refused else _cause(event), "muted"),
    ]


def _cause(event: EventLine) -> str:
    return "" if event.text == event.kind else _words(event.text)


def _side(side: str) -> Cell:
    return Cell(side, "bid" if side == BUY else "ask")


def _words(code: str) -> str:
    return code.replace("_", " ")
