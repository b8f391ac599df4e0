"""A repeated Enter cannot double an order."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui_exchange.command_line.trader import actions_of
from tui_exchange.command_line import (
    DUPLICATE_WINDOW_NS,
    GuardRefusal,
    SentOrder,
    check_duplicate,
    pending_line,
    recent,
)

(ORDER,) = actions_of("b 0.5 at bid")
SENT_NS = 10**18
SENT = (SentOrder(ORDER, SENT_NS),)


def test_a_pending_line_keeps_its_ids_until_it_is_answered():
    first = pending_line("b 0.5", 7, None)
    assert pending_line("b 0.5", 8, first) is first
    assert pending_line("b 0.6", 8, first).client_id_base == "line-8"
    assert pending_line("b 0.5", 8, None).client_id_base == "line-8"


@given(st.integers(0, 2 * DUPLICATE_WINDOW_NS))
def test_an_equal_order_is_held_back_for_two_seconds_whatever_its_id(age_ns):
    again = msgspec.structs.replace(ORDER, client_id="line-8-0")
    now_ns = SENT_NS + age_ns
    if age_ns >= DUPLICATE_WINDOW_NS:
        check_duplicate(again, SENT, now_ns)
        assert recent(SENT, now_ns) == ()
    else:
        with pytest.raises(GuardRefusal, match="ms ago"):
            check_duplicate(again, SENT, now_ns)
        assert recent(SENT, now_ns) == SENT


@pytest.mark.parametrize("text", ["b 0.501 at bid", "s 0.5 at bid", "b 0.5", "b 0.5 at bid po"])
def test_another_order_passes_at_once(text):
    (other,) = actions_of(text)
    check_duplicate(other, SENT, SENT_NS)
