"""Any text at all is read or refused with a sentence and a column; nothing else comes of it."""

from hypothesis import example, given
from hypothesis import strategies as st

from engine.core.commands import Command, OrderType
from engine.core.script import ScriptError, parse_command, render_command
from engine.core.script.order_text import FLAGS
from engine.core.script.parse import VERBS
from engine.core.script.terms import FIELDS
from engine.core.script.words import dashed
from tests.engine.core.script.test_round_trip import known

VOCABULARY = (
    *("ann", "BTC-USDT", "spot", "buy", "sell", "all", "close", "with", "|", "at", "none", "tag=x"),
    *("0.5", "-1", "62000", "3", "1.5%", "5bps", "10:30:00", "5s", "7%:15m", "1:1,2:2", '""', "x="),
    *("tp", "sl", "limit", "mark", "until", "from", "maker", "taker", "reference", "size", "price"),
    *("+", "-", ".", "%", "bps", "..", ":", ",", "1e30", "NaN", "00:00:00..00:00:01", '"buy"'),
)
words = st.sampled_from(
    (*VOCABULARY, *VERBS, *FIELDS, *FLAGS, *(dashed(kind) for kind in OrderType))
)
sentences = st.lists(words, max_size=14).map(" ".join)
orders = sentences.map("place ann BTC-USDT buy 1 ".__add__)
commands = st.tuples(st.sampled_from(VERBS), sentences).map(" ".join)


def read(line: str) -> tuple[Command, int] | ScriptError:
    try:
        return parse_command(line, known(), 0)
    except ScriptError as error:
        return error


@given(st.text(max_size=60) | sentences | commands | orders)
@example('place ann BTC-USDT buy 1 limit ""')
@example("place ann BTC-USDT buy 1 limit 1 | ")
@example("depth BTC-USDT bids ,")
@example("time ٣:00:00")
@example('halt "\\ud800"')
def test_a_line_is_a_command_that_can_be_written_or_an_error_that_points_into_it(line: str) -> None:
    found = read(line)
    if isinstance(found, ScriptError):
        assert 1 <= found.column <= len(line) + 1
        assert str(found)
    else:
        command, ts_ns = found
        assert read(render_command(command, known(), ts_ns)) == found
