"""What is not understood is refused, never dropped: where, why, and what was probably meant."""

import pytest

from tui_exchange.command_line import COMMANDS, GrammarRefusal, parse_line
from tui_exchange.command_line.vocabulary import UNBUILT_VERBS

REFUSED = [
    # text, what is marked, part of the sentence, suggestion
    ("b 0.5 62000", "62000", "second number", "at 62000"),
    ("b 0.5 @62000", "@62000", "did you mean `at 62000`", "at 62000"),
    ("b 0.5 bid", "bid", "no place here", "at bid"),
    ("b 0.5 at bid +1t", "+1t", "no place here", "at bid+1t"),
    ("b 0.5 25%", "25%", "second size", ""),
    ("b 0.5 1 at 62000", "1", "second size", ""),
    ("b", "", "buy needs a size", ""),
    ("b 0.5btc", "", "did you mean `0.5 BTC`", "0.5 BTC"),
    ("b -0.5", "-0.5", "a size has no sign", ""),
    ("b 0", "0", "is zero", ""),
    ("b 1e5", "1e5", "is not a size", ""),
    ("b 1_000", "1_000", "is not a size", ""),
    ("b 62,00", "62,00", "is not a size", ""),
    ("b 101%", "101%", "at most 100%", ""),
    ("b 1r", "1r", "needs the stop", ""),
    ("b 1r@", "1r@", "needs the stop", ""),
    ("b 1234567890123456", "1234567890123456", "too long for a number", ""),
    ("b 0.1234567890123", "0.1234567890123", "too long for a number", ""),
    ("b 0.5 at", "", "a price is missing", "bid"),
    ("b 0.5 at bdi", "bdi", "is not a price", "bid"),
    ("b 0.5 at $62000", "$62000", "`$` marks an amount of money", "at 62000"),
    ("b 0.5 at 62,00", "62,00", "commas group thousands", ""),
    ("b 0.5 at bid+1.5t", "bid+1.5t", "part of a tick", ""),
    ("b 0.5 at bid+0t", "bid+0t", "is zero", ""),
    ("b 0.5 at $pnl", "$pnl", "known but not available in this version", ""),
    ("b 0.5 at $lats", "$lats", "there is no variable", "$last"),
    ("b 0.5 at bid at ask", "at", "a price is given twice", ""),
    ("b 0.5 limit 62000", "limit", "write `at` before the price", ""),
    ("b 0.5 market", "market", "leave out `at`", ""),
    ("b 0.5 at bid po po", "po", "given twice", ""),
    ("b 0.5 at bid po ioc", "", "exclude each other", ""),
    ("b 0.5 at bid ioc fok", "fok", "exclude each other", ""),
    ("b 0.5 po", "", "needs a price to rest at", ""),
    ("b 0.5 gtc", "", "needs a price to wait at", ""),
    ("b 0.5 at 62000 gtd=", "gtd=", "needs a value", ""),
    ("b 0.5 at 62000 gtd=0m", "gtd=0m", "no time from now", ""),
    ("b 0.5 at 62000 gtd=11y", "gtd=11y", "is not a time", ""),
    ("b 0.5 at 62000 gtd=4000d", "gtd=4000d", "ten years at most", ""),
    ("b 0.5 at 62000 gtd=24:00", "gtd=24:00", "is on no clock", ""),
    ("b 0.5 at 62000 gtd=2026-02-29T10:00", "gtd=2026-02-29T10:00", "is on no calendar", ""),
    ("b 0.5 at 62000 gtd=15m day", "day", "exclude each other", ""),
    ("b 0.5 at 62000 gtd=15m gtd=1h", "gtd=1h", "given twice", ""),
    ("b 0.5 gtd=15m", "", "needs a price to wait at", ""),
    ("b 0.5 day", "", "needs a price to wait at", ""),
    ("b 0.5 at 62000 po po=slide", "po=slide", "given twice", ""),
    ("b 0.5 show=0.1", "", "needs a price to rest at", ""),
    ("b 0.5 at 62000 show=0.1 ioc", "", "exclude each other", ""),
    ("b 0.5 at 62000 show=$5", "show=$5", "an iceberg shows a quantity", ""),
    ("b 0.5 at 62000 protect=1%", "", "a limit protects by itself", ""),
    ("b 0.5 protect=1", "protect=1", "is not a distance from the touch", ""),
    ("b 0.5 protect=100%", "protect=100%", "below 100%", ""),
    ("b 0.5 at 62000 stp=cancel", "stp=cancel", "`stp` is one of", "stp=cancel_both"),
    ("b 0.5 sl=-1% on=marks", "on=marks", "`on` is one of", "on=mark"),
    ("b 0.5 at 62000 on=mark", "", "watches no price", ""),
    ("b 0.5 tp=+2% on=mark", "", "watches no price", ""),
    ("b 0.5 sl=1%", "sl=1%", "`sl=+1%` or `sl=-1%`", ""),
    ("b 0.5 sl=61000/", "sl=61000/", "a price is missing", ""),
    ("b 0.5 tp=65000/64990", "tp=65000/64990", "`tp` is one price", ""),
    ("b 0.5 sl=1 sl=2", "sl=2", "`sl` is given twice", ""),
    ("b 0.5 sl=-1% reduce", "", "exclude each other", ""),
    ("c sl=-1%", "", "takes no `sl=`", ""),
    ("bracket 0.5 tp 65000", "", "needs its side", ""),
    ("bracket buy 0.5", "", "needs an exit", ""),
    ("bracket buy 0.5 tp", "tp", "needs a price", ""),
    ("stop sell 0.5", "", "stop needs `at <price>`", ""),
    ("stop sell at 61000", "", "stop needs a size", ""),
    ("stop buy sell 0.5 at 61000", "sell", "a side is given twice", ""),
    ("stop sell 0.5 at 61000 po", "", "trades when it fires", ""),
    ("stop sell 0.5 at 61000 ioc", "", "this order waits", ""),
    ("stop sell 0.5 at 61000 limit 60990 protect=1%", "", "protects by itself", ""),
    ("stop at 61000 tag=a", "", "takes no tag", ""),
    ("stop at 61000 gtd=15m", "", "takes only `on=`", ""),
    ("stop at 61000 limit 60990", "", "goes to market when it fires", ""),
    ("stop 0.5 at 61000 sl=-1%", "", "takes no `sl=`", ""),
    ("stop 1r@61000 at 62000", "", "needs the side", ""),
    ("stop 150%pos at 61000", "", "at most 100% of the position", ""),
    ("trail sell 0.5", "", "trail needs its distance", ""),
    ("trail sell 0.5 by", "", "a distance is missing", ""),
    ("trail sell 0.5 by -1%", "-1%", "it has no sign", "1%"),
    ("trail sell 0.5 by 100%", "100%", "between 0 and 100", ""),
    ("trail sell 0.5 by 1.5t", "1.5t", "part of a tick", ""),
    ("trail sell 0.5 by 0", "", "trail needs its distance", ""),
    ("trail sell 0.5 by 1% limit 1%", "", "a distance such as `5`", ""),
    ("trail sell by 1%", "", "trail needs a size", ""),
    ("trail sell 0.5 by 1% tp=+2%", "", "takes no `sl=`", ""),
    ("oco sell 0.5 at 65000", "", "oco needs `stop <price>`", ""),
    ("oco sell 0.5 stop 61000", "", "oco needs `at <price>`", ""),
    ("oco sell at 65000 stop 61000", "", "oco needs a size", ""),
    ("protect", "", "protect needs", ""),
    ("protect tp", "", "a price is missing", "bid"),
    ("protect tp=", "tp=", "a price is missing", ""),
    ("protect tp 1 tp 2", "tp", "given twice", ""),
    ("protect tp 65000 0.5", "0.5", "has no place here", ""),
    ("basket buy BTC:1", "", "2 to 16 legs", ""),
    ("basket BTC:1 ETH:2", "BTC:1", "needs its side", ""),
    ("basket buy BTC:1 BTC:2", "", "named twice", ""),
    ("basket buy BTC:60% ETH:40%", "", "weights need the money", ""),
    ("basket buy $5 BTC:1 ETH:2", "", "the money has no use", ""),
    ("basket buy $5 BTC:60% ETH:41%", "", "come to 101%", ""),
    ("basket buy BTC:1r@5 ETH:2", "BTC:1r@5", "is no size of a leg", ""),
    ("basket buy BTC:x ETH:2", "BTC:x", "is no size of a leg", ""),
    ("basket buy BTC: ETH:2", "BTC:", "is not a leg", ""),
    ("basket buy BTC ETH", "BTC", "has no place here", ""),
    ("basket buy BTC:1@5 ETH:2 protect=1%", "", "protects by itself", ""),
    ("basket buy BTC:1 ETH:2 sl=-1%", "", "takes no `sl=`", ""),
    ("basket buy BTC:1 ETH:2 gtd=15m", "", "needs a price to wait at", ""),
    ("replace #12", "", "replace needs the new order", ""),
    ("replace #12 with x all", "x", "the new order begins with", ""),
    ("replace #12 with stop at 61000", "stop", "an order is replaced by an order", ""),
    ("x stops stops", "stops", "given twice", ""),
    ("help ~buy", "~buy", "explains a command by its name", ""),
    ('help "buy"', '"buy"', "explains a command by its name", ""),
    ("kill ~close", "~close", "takes `close`", "close"),
    ('replace #12 "with" b 1', "", "replace needs the new order", ""),
    ('protect tp "off"', '"off"', "a price is missing", ""),
    ("kill now", "now", "takes `close`", "close"),
    ("kill close now", "now", "ends before", ""),
    ("release all", "all", "ends before", ""),
    ("halt btc soon", "soon", "has no place here", ""),
    ("resume 5", "5", "no symbol to resume", ""),
    ("fees btc market-makr", "market-makr", "no fee preset", "market-maker"),
    ("order 12", "12", "follows `#`", "#12"),
    ("move #12 trigger", "", "a price is missing", "bid"),
    ("move #12 gtd=15m gtd=1h", "gtd=1h", "given twice", ""),
    ("amend #12 show=all", "show=all", "an iceberg shows a quantity", ""),
    ("b 0.5 tag=", "tag=", "a tag is 1 to 32", ""),
    ("b 0.5 tag=a tag=b", "tag=b", "a tag is given twice", ""),
    ("b 0.5 tag=a,b", "tag=a,b", "a tag is 1 to 32", ""),
    ("b 0.5 ~", "~", "the note is empty", ""),
    ('b 0.5 ~"open', '~"open', "is not closed", ""),
    ('b 0.5 ~"a"b', '~"a"', "must follow a quoted text", ""),
    ('b 0.5 ~"a\\n"', "\\n", "inside quotes", ""),
    ('b 0.5 "text"', '"text"', "a note begins with `~`", ""),
    ("b 0.5 btc eth", "eth", "cannot both be the symbol", ""),
    ("b 0.5 !!", "!!", "no place here", ""),
    ("b 0.5\nx all", "\n", "join statements with `;`", ""),
    ("by 0.5", "by", "there is no command", "buy"),
    ("canel #12", "canel", "there is no command", "cancel"),
    ("62000", "62000", "there is no command", ""),
    ('"b 0.5"', '"b 0.5"', "a statement begins with a command", ""),
    (";b 1", "", "a statement is missing", ""),
    ("b 1;;s 1", "", "a statement is missing", ""),
    ("x", "", "cancel needs to know what", ""),
    ("x 12", "12", "follows `#`", "#12"),
    ("x #0", "#0", "is not an order", ""),
    ("x #12 #12", "#12", "named twice", ""),
    ("x #12 bids", "", "not both", ""),
    ("x btc all", "all", "every instrument", ""),
    ("x bid", "bid", "names nothing to cancel", "bids"),
    ("x bids asks", "asks", "a side is given twice", ""),
    ("c 101%pos", "", "at most 100%", ""),
    ("c 1r@62000", "", "no risk units", ""),
    ("flatten 0.5", "0.5", "nothing to flatten", ""),
    ("flatten btc now", "now", "nothing else", ""),
    ("reverse 0.5", "0.5", "takes a symbol and nothing else", ""),
    ("reverse at 62000", "at", "takes a symbol and nothing else", ""),
    ("reverse po", "po", "takes a symbol and nothing else", ""),
    ("reverse btc tag=flip", "tag=flip", "takes a symbol and nothing else", ""),
    ("move", "", "move needs an order", ""),
    ("move #12", "", "a price is missing", "bid"),
    ("move 12 to 62010", "12", "follows `#`", "#12"),
    ("move #12 62010", "62010", "follows `to`", "to 62010"),
    ("move #12 to 62010 po", "po", "move ends before", ""),
    ("amend #12", "", "amend needs what changes", ""),
    ("amend #12 0.4", "0.4", "amend takes", "size 0.4"),
    ("amend #12 size 25%", "25%", "a quantity (`0.4`) or money", ""),
    ("amend #12 size 0.4 size 1", "size", "given twice", ""),
    ("note #12", "", "text is missing", ""),
    ("tag #12 a b", "b", "a tag is one word", ""),
    ("alias up b 0.1", "b", "stands in quotes", 'alias up "b 0.1"'),
    ('alias buy "c"', "alias", "is a command", ""),
    ('alias twap "c"', "alias", "is a command", ""),
    ('alias 1up "c"', "1up", "an alias's name", ""),
    ('alias up " "', '" "', "stands for nothing", ""),
]


@pytest.mark.parametrize(("text", "marked", "sentence", "suggestion"), REFUSED)
def test_refusals_say_where_why_and_what_was_meant(text, marked, sentence, suggestion):
    with pytest.raises(GrammarRefusal) as caught:
        parse_line(text)
    refusal = caught.value
    assert sentence in refusal.sentence
    assert refusal.line[refusal.start : refusal.end] == marked
    assert refusal.suggestion == suggestion


@pytest.mark.parametrize("verb", UNBUILT_VERBS)
def test_verbs_of_a_later_version_are_refused_by_name(verb):
    with pytest.raises(GrammarRefusal, match=f"`{verb}` is known but not available"):
        parse_line(f"{verb} 0.5 at 62000")


@pytest.mark.parametrize(
    "aliases", [{"a": "a"}, {"a": "c; a", "b": "a"}, {"a": "b2", "b2": "a"}, {"a": "a a a"}]
)
def test_an_alias_of_itself_is_refused(aliases):
    with pytest.raises(GrammarRefusal, match="leads back to itself"):
        parse_line("a", aliases)


def test_a_refusal_inside_an_alias_shows_the_alias_written_out():
    with pytest.raises(GrammarRefusal) as caught:
        parse_line("up 62000", {"up": "b 0.5"})
    assert caught.value.line == "b 0.5 62000"


def test_a_bound_on_length_and_on_statements():
    with pytest.raises(GrammarRefusal, match="at most 2000 characters"):
        parse_line("b 1 ~" + "x" * 2000)
    with pytest.raises(GrammarRefusal, match="at most 280 characters"):
        parse_line("b 1 ~" + "x" * 281)
    with pytest.raises(GrammarRefusal, match="at most 32 statements"):
        parse_line(";".join(["c"] * 33))


def test_every_command_refuses_what_it_has_no_use_for():
    for command in COMMANDS:
        if command.name in ("note", "help"):
            continue
        for example in command.examples:
            if "~" not in example:
                with pytest.raises(GrammarRefusal):
                    parse_line(f"{example} !!")
