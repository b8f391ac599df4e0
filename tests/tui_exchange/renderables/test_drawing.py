"""Drawing compared as text: tables, ladder lines, titles, and what is sent again."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.strip import Strip

from tui_exchange.renderables.difference import changed_regions
from tui_exchange.renderables.ladder import LadderLine, Shape, geometry, ladder_header, ladder_line
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.pieces import line_of
from tui_exchange.renderables.table import Cell, Column, fit_columns, header_line, table_line
from tui_exchange.renderables.title import Title, title_at, title_line
from tui_exchange.theming import DEFAULT_THEME, load_themes

PALETTE = Palette(load_themes()[0][DEFAULT_THEME].colors)
COLUMNS = (Column("id", keep=2), Column("symbol", left=True, keep=1), Column("price"))
ROW = (Cell("#7"), Cell("BTC-USDT"), Cell("62,000.1"))
LINE = LadderLine(
    price="62,000.5",
    price_role="bid",
    best=True,
    bid="1.204",
    bid_share=500,
    ask="",
    ask_share=0,
    sold="0.040",
    bought="",
    own_buy="0.500",
    ahead_buy="3.200",
    own_sell="",
    ahead_sell="",
    cursor="B",
    last="‹",
    mark="◆",
    mark_role="entry",
)


def table(width: int) -> list[str]:
    fitted = fit_columns(COLUMNS, [ROW], width)
    lines = (
        header_line(COLUMNS, fitted, width, PALETTE),
        table_line(COLUMNS, fitted, ROW, width, PALETTE),
    )
    return [line.text for line in lines]


def test_words_stand_left_and_numbers_right() -> None:
    assert table(24) == [" id  symbol       price ", " #7  BTC-USDT  62,000.1 "]


def test_columns_go_by_importance_and_numbers_are_never_cut() -> None:
    assert table(20) == [" symbol       price ", " BTC-USDT  62,000.1 "]
    assert table(12) == ["    price   ", " 62,000.1   "]


def test_a_ladder_line_has_every_column_where_there_is_room() -> None:
    at = geometry(74, 8, 6)
    assert at.shape is Shape.WIDE
    own = ["mine", "ahead"]
    header = ladder_header(at, 74, PALETTE).text
    line = ladder_line(LINE, at, 74, PALETTE).text
    assert header.split() == [*own, "sold", "bid", "price", "ask", "bought", *reversed(own)]
    assert line.split() == ["0.500", "3.200", "0.040", "1.204", "B62,000.5‹◆"]


def test_a_narrow_ladder_line_says_the_side_of_own_orders() -> None:
    at = geometry(42, 8, 6)
    assert at.shape is Shape.NARROW
    line = ladder_line(LINE, at, 42, PALETTE).text
    assert line == " B 0.500  3.200 1.204 B62,000.5‹◆         "
    assert at.total == 42


@given(st.integers(20, 200), st.integers(4, 12), st.integers(5, 9))
def test_every_ladder_line_is_as_wide_as_the_pane(width: int, price: int, size: int) -> None:
    at = geometry(width, price, size)
    assert ladder_line(LINE, at, width, PALETTE).cell_length == width
    assert ladder_header(at, width, PALETTE).cell_length == width


def test_a_title_line_marks_the_focus_without_colour() -> None:
    titles = (Title("orders", "Orders", "o"), Title("fills", "Fills", "f"))
    focused = title_line(titles, "orders", True, "3", 30, PALETTE).text
    assert focused == "▸Orders ──Fills ─────────── 3 "
    assert not title_line(titles, "orders", False, "", 30, PALETTE).text.startswith("▸")


def test_titles_that_do_not_fit_become_letters_and_stay_clickable() -> None:
    titles = tuple(Title(name, name.title(), name[0]) for name in ("orders", "positions", "tape"))
    line = title_line(titles, "orders", False, "", 20, PALETTE).text
    assert line.startswith("─Orders ──p ──t ─")
    assert title_at(titles, "orders", 20, line.index("t ")) == "tape"


def test_titles_become_short_before_they_become_letters() -> None:
    titles = (Title("tape", "Time & sales", "t", "Tape"), Title("depth", "Depth", "d"))
    assert title_line(titles, "tape", False, "", 23, PALETTE).text == "─Time & sales ──Depth ─"
    assert title_line(titles, "tape", False, "", 22, PALETTE).text == "─Tape ──Depth ────────"
    assert title_line(titles, "depth", True, "", 14, PALETTE).text == "─t ─▸Depth ───"


def test_where_letters_are_many_they_stand_close_and_the_chosen_title_is_whole() -> None:
    titles = tuple(Title(name, name.title(), name[0]) for name in ("ask", "bid", "chart", "depth"))
    line = title_line(titles, "chart", True, "", 17, PALETTE).text
    assert line == "─a─b▸Chart ──d───"
    places = [title_at(titles, "chart", 17, line.index(letter)) for letter in ("a", "b", "C", "d")]
    assert places == ["ask", "bid", "chart", "depth"]
    assert title_at(titles, "chart", 17, 15) is None


roles = st.sampled_from(("bid", "ask", "text"))
pieces = st.lists(
    st.tuples(st.text(alphabet="ab ◆", max_size=6), roles, st.sampled_from(("", "cursor"))),
    max_size=8,
)


def drawn(parts: list[tuple[str, str, str]], width: int) -> Strip:
    styled = [(text, PALETTE.style(role, on)) for text, role, on in parts]
    return line_of(styled, width, PALETTE.style("text"))


@given(pieces, st.integers(1, 40))
def test_a_line_keeps_its_text_and_has_its_width(
    parts: list[tuple[str, str, str]], width: int
) -> None:
    text = "".join(part[0] for part in parts)
    line = drawn(parts, width)
    assert line.text == text[:width].ljust(width)
    assert line.cell_length == width


@given(pieces)
def test_joining_blanks_never_changes_what_is_seen(parts: list[tuple[str, str, str]]) -> None:
    seen = [
        (char, style.bgcolor, style.color if char != " " else None)
        for segment in drawn(parts, 60)
        for char in segment.text
        if (style := segment.style) is not None
    ]
    wanted = [
        (char, PALETTE.style(role, on).bgcolor, PALETTE.style(role).color if char != " " else None)
        for text, role, on in parts
        for char in text
    ]
    assert seen[: len(wanted)] == wanted


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=5))
def test_what_is_not_sent_again_was_there_before(
    old: list[list[tuple[str, str, str]]], new: list[list[tuple[str, str, str]]]
) -> None:
    before, after = [drawn(row, 30) for row in old], [drawn(row, 30) for row in new]
    sent = {region.y: region for region in changed_regions(before, after, 30)}
    for y, line in enumerate(after):
        first, last = (sent[y].x, sent[y].right) if y in sent else (0, 0)
        kept = before[y] if y < len(before) else Strip([Segment(" " * 30)])
        for left, right in ((0, first), (last, 30)):
            if y < len(before) or (left, right) != (0, 0):
                assert line.crop(left, right).text == kept.crop(left, right).text or y not in sent
    assert not changed_regions(after, [drawn(row, 30) for row in new], 30)
