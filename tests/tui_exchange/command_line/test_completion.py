"""Completion offers what may come next, each with its help, and nothing that would be refused."""

import pytest

from tests.tui_exchange.command_line.trader import Trader
from tui_exchange.command_line import COMMANDS, GrammarRefusal, Offers, complete, parse_line

OFFERS = Offers(
    symbols=["BTC-USDT", "BTC-USDT-PERP", "ETH-USDT"],
    orders={12: "buy 0.5 at 61,900", 13: "sell 0.1 at 63,000"},
    aliases=Trader().aliases,
)


def texts(line: str, cursor: int | None = None) -> list[str]:
    place = len(line) if cursor is None else cursor
    return [found.text for found in complete(line, place, OFFERS)]


def test_a_line_begins_with_a_command_or_an_alias():
    assert texts("") == [command.name for command in COMMANDS] + ["scalp"]
    assert texts("b") == ["buy", "bracket", "basket"]
    assert texts("c") == ["cancel", "close"]
    assert texts("sc") == ["scalp"]
    assert texts("b 1; fl") == ["flatten"]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("b et", "ETH-USDT"),
        ("b perp", "BTC-USDT-PERP"),
        ("b 0.5 at b", "bid"),
        ("b 0.5 at bid", "bid+1t"),
        ("b 0.5 at $e", "$entry"),
        ("b 0.5 at bid p", "po"),
        ("b 2", "25%"),
        ("b 30", "30%"),
        ("b 0.5 a", "at"),
        ("x #", "#12"),
        ("x #12 ", "#13"),
        ("x b", "bids"),
        ("move #12 t", "to"),
        ("move #12 to m", "mid"),
        ("amend #12 s", "size"),
        ("unalias ", "scalp"),
        ("help rev", "reverse"),
        ("flatten a", "all"),
        ("c btc-usdt t", "tag="),
        ("b 0.5 at bid stp=d", "stp=decrement_both"),
        ("stop s", "sell"),
        ("stop sell 0.5 at 61000 l", "limit"),
        ("stop sell 0.5 at 61000 limit a", "ask"),
        ("trail sell 0.5 b", "by"),
        ("trail sell 0.5 by 1% from l", "last"),
        ("stop sell 0.5 at 61000 on=m", "on=mark"),
        ("oco sell 0.5 at 65000 st", "stop"),
        ("bracket buy 0.5 t", "tp"),
        ("protect tp e", "entry"),
        ("basket buy et", "ETH-USDT:"),
        ("replace #12 w", "with"),
        ("replace #12 with tr", "trail"),
        ("replace #12 with b 0.5 at as", "ask"),
        ("x all st", "stops"),
        ("amend #12 tr", "trigger"),
        ("fees btc-usdt mark", "market-maker"),
    ],
)
def test_the_likeliest_comes_first(line, first):
    assert texts(line)[0] == first


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("b 0.5 at bid po ", {"po", "po=slide", "ioc", "fok", "at"}),
        ("b 0.5 at bid ioc ", {"po", "gtc", "ioc", "fok", "day", "gtd=", "show="}),
        ("b 0.5 at bid gtd=15m ", {"gtc", "ioc", "fok", "day", "gtd="}),
        ("b 0.5 at bid show=0.1 ", {"ioc", "fok", "show="}),
        ("b 0.5 tag=a ", {"tag="}),
        ("b eth 0.5 ", {"BTC-USDT", "25%", "all"}),
        ("reverse ", {"po", "ioc", "25%", "at"}),
    ],
)
def test_what_would_be_refused_is_not_offered(line, absent):
    assert not absent & set(texts(line))


@pytest.mark.parametrize("line", ["b 0.5 ~", "b 0.5 ~buy ", 'alias up "b', "zzz "])
def test_free_text_and_unknown_commands_complete_to_nothing(line):
    assert texts(line) == []


def test_only_the_word_under_the_cursor_is_replaced():
    found = complete("b 0.5 at b po", 10, OFFERS)[0]
    assert (found.text, found.start, found.end, found.help) == ("bid", 9, 10, "the best bid")


def test_every_flag_and_price_that_is_offered_parses():
    for flag in texts("b 0.5 at bid "):
        if flag in OFFERS.symbols or flag[-1] in "=~":
            continue
        parse_line(f"b 0.5 at bid {flag}")
    for price in texts("b 0.5 at "):
        parse_line(f"b 0.5 at {price}")


def test_what_is_offered_twice_would_be_refused():
    for flag in texts("b 0.5 at bid "):
        if flag in ("po", "gtc", "ioc", "fok", "day", "reduce", "po=slide"):
            with pytest.raises(GrammarRefusal):
                parse_line(f"b 0.5 at bid {flag} {flag}")
