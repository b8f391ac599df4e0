"""A statement is read back in words that say what it would do."""

import pytest

from tests.tui_exchange.command_line.trader import Trader, actions_of
from tui_exchange.command_line import describe, describe_order, parse_line

WORDS = [
    (
        "b 0.5 BTC-USDT at 62000 po",
        "buy 0.5 BTC-USDT limit 62,000 good till cancelled, post only",
    ),
    ("s 0.5", "sell 0.5 of the focused symbol at market"),
    ("s 0.5 eth fok", "sell 0.5 ETH at market fill or kill"),
    ("b $1.5k eth", "buy 1,500 worth of ETH at market"),
    (
        "b 25% eth ioc at ask-2t",
        "buy ETH with 25% of buying power limit at the ask minus 2 ticks immediate or cancel",
    ),
    ("s 50%pos eth", "sell 50% of the position in ETH at market"),
    ("s all", "sell everything in the focused symbol at market"),
    ("b 1r@-1% eth", "buy 1 risk unit of ETH with a stop at its price minus 1% at market"),
    (
        "b 1 eth at +20",
        "buy 1 ETH limit at the line's last order or the own touch plus 20 good till cancelled",
    ),
    ("b 1 tag=a ~why not", "buy 1 of the focused symbol at market, tagged a, noted “why not”"),
    ("c", "close the position in the focused symbol at market"),
    ("c 25% eth", "close 25% of the position in ETH at market"),
    ("reverse eth", "cancel the orders in ETH and reverse its position at market"),
    ("flatten all", "cancel every order and close every position at market"),
    ("flatten", "cancel every order and close the position in the focused symbol at market"),
    ("x #1 #2", "cancel orders #1, #2"),
    ("x eth asks", "cancel every sell order in ETH"),
    ("x all", "cancel every order"),
    ("move #12 +1t", "move order #12 to its own price plus 1 tick"),
    ("amend #12 size $500 at bid", "resize order #12 to 500 worth in all and move it to the bid"),
    ("tag #12 a", "tag order #12 a"),
    ('alias up "b 1"', "let up stand for: b 1"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_statements_in_words(text, words):
    (statement,) = parse_line(text)
    assert describe(statement) == words


def test_an_order_in_words_has_the_decimals_of_its_instrument():
    (order,) = actions_of("b 0.5 at 62000 po tag=a")
    scale = Trader().market("BTC-USDT").scale
    assert describe_order(order, scale) == (
        "buy 0.500 BTC-USDT limit 62,000.0 good till cancelled, post only, tagged a"
    )
