"""Every way of saying a thing means the same thing."""

import pytest

from tui_exchange.command_line import COMMANDS, Registry, application_word, parse_line, render_line
from tui_exchange.command_line.statements import WordStatement

ALIASES = {"scalp": "b 0.1 at bid po; s 0.1 at +20 po", "out": "c all"}

SPELLINGS = [
    ("b 0.5", "buy 0.5"),
    ("BUY 0.50 btc-usdt AT 62,000.0 PO", "buy BTC-USDT 0.5 at 62000 po"),
    ("b btc-usdt 0.5 at 62000", "buy BTC-USDT 0.5 at 62000"),
    ("b 0.5 at 62000 btc-usdt", "buy BTC-USDT 0.5 at 62000"),
    ("s po at ask .5", "sell 0.5 at ask po"),
    ("b $1.5k", "buy $1500"),
    ("b 2m 1INCH-USDT", "buy 1INCH-USDT 2000000"),
    ("b 0.5 at 62000 gtc", "buy 0.5 at 62000"),
    ("b 0.5 at $bid+1t", "buy 0.5 at bid+1t"),
    ("s $size", "sell 100%pos"),
    ("s 0.5 at $entry+0.50%", "sell 0.5 at entry+0.5%"),
    ("b 1r@61,500 at best ioc", "buy 1r@61500 at best ioc"),
    ("s 2r@+1%", "sell 2r@+1%"),
    ("b 25% tag=Breakout-2 ~late entry", "buy 25% tag=Breakout-2 ~late entry"),
    ('b 0.5 ~"first; second"', 'buy 0.5 ~"first; second"'),
    ('b 0.5 ~"plain"', "buy 0.5 ~plain"),
    ("c", "close"),
    ("c all", "close"),
    ("c 25%", "close 25%pos"),
    ("c eth 50%pos at ask po", "close ETH 50%pos at ask po"),
    ("x #12 #13", "cancel #12 #13"),
    ("x buys", "cancel bids"),
    ("x sells btc-usdt", "cancel BTC-USDT asks"),
    ("x all", "cancel all"),
    ("x bids all", "cancel all bids"),
    ("flatten ALL", "flatten all"),
    ("reverse btc-usdt-perp", "reverse BTC-USDT-PERP"),
    ("b 0.5 at 62000 gtd=90m po", "buy 0.5 at 62000 po gtd=1h30m"),
    ("b 0.5 at 62000 gtd=7d", "buy 0.5 at 62000 gtd=1w"),
    ("b 0.5 at 62000 gtd=9:05", "buy 0.5 at 62000 gtd=09:05"),
    ("b 0.5 at 62000 gtd=2026-11-22t14:30:00Z", "buy 0.5 at 62000 gtd=2026-11-22T14:30"),
    ("b 0.5 at 62000 PO=SLIDE day", "buy 0.5 at 62000 po=slide day"),
    ("b 0.5 stp=cancel-both at bid", "buy 0.5 at bid stp=cancel_both"),
    ("b 0.5 stp=cancel_resting", "buy 0.5"),
    ("b 0.5 protect=50bps reduce", "buy 0.5 reduce protect=0.5%"),
    ("b 0.5 show=0.10 at bid", "buy 0.5 at bid show=0.1"),
    ("b 0.5 tp=+2% sl=61,000/60,990 on=MARK", "buy 0.5 sl=61000/60990 tp=+2% on=mark"),
    ("bracket b 0.5 at 62000 sl 61000/-10t tp 65000", "buy 0.5 at 62000 sl=61000/-10t tp=65000"),
    ("bracket sell 0.5 tp=-2%", "sell 0.5 tp=-2%"),
    ("stop s 0.5 at 61000 limit 60990", "stop sell 0.5 at 61000 limit 60990"),
    ("stop at 61000 eth 0.5 sell", "stop sell ETH 0.5 at 61000"),
    ("stop 25% at 61000", "stop 25%pos at 61000"),
    ("stop all at 61000", "stop all at 61000"),
    ("tp sell 25% at 65000", "tp sell 25% at 65000"),
    ("stop at 61000", "protect sl 61000"),
    ("tp eth at +2% on=last", "protect ETH tp +2% on=last"),
    ("protect sl=61000 tp=off", "protect tp off sl 61000"),
    ("protect eth off", "protect ETH tp off sl off"),
    ("trail by 1%", "trail by 1%"),
    ("trail all by 1%", "trail by 1%"),
    ("trail sell all by 20t limit 0 from +1%", "trail sell all by 20t from +1% limit 0"),
    ("oco at 65000 stop 61000", "oco at 65000 stop 61000"),
    ("oco s 0.5 stop 61000 at 65000 po", "oco sell 0.5 at 65000 stop 61000 po"),
    ("basket buy +btc:1 +eth:2", "basket buy BTC:1 ETH:2"),
    ("basket buy btc:1 -eth:2@2500", "basket +BTC:1 -ETH:2@2500"),
    ("basket s all btc:50%pos eth:$500", "basket sell BTC:50%pos ETH:$500"),
    ("basket buy $1k btc:60% eth:40% share", "basket buy $1000 BTC:60% ETH:40% share"),
    ("replace #12 with b 0.5 at bid", "replace #12 with buy 0.5 at bid"),
    ("replace #12 with trail by 1%", "replace #12 with trail by 1%"),
    ("x stops", "cancel stops"),
    ("x all tag=a stops sells", "cancel all asks stops tag=a"),
    ("kill close", "kill close"),
    ("release", "release"),
    ("halt 15m btc cancel", "halt BTC 15m cancel"),
    ("resume", "resume"),
    ("fees", "fees"),
    ("fees zero", "fees zero"),
    ("order #12", "order #12"),
    ("move #14 trigger 61500", "amend #14 trigger 61500"),
    ("move #12 +2t", "move #12 +2t"),
    ("move #12 to +2t", "move #12 +2t"),
    ("move #12 at 62010", "move #12 to 62010"),
    ("amend #12 at 62010", "move #12 to 62010"),
    ("amend #12 at 62010 size 0.4", "amend #12 size 0.4 at 62010"),
    ("note #12 too early, volume thin", "note #12 too early, volume thin"),
    ("note #12 ~too early", "note #12 too early"),
    ("tag #12 breakout", "tag #12 breakout"),
    ('alias UP "b 0.1 at bid"', 'alias up "b 0.1 at bid"'),
    ("alias", "alias"),
    ("unalias up", "unalias up"),
    ("help buy", "help buy"),
    ("b 1;s 1 ;", "buy 1; sell 1"),
    ("scalp", "buy 0.1 at bid po; sell 0.1 at +20 po"),
    ("scalp tag=a; out", "buy 0.1 at bid po; sell 0.1 at +20 po tag=a; close"),
]


@pytest.mark.parametrize(("text", "rendered"), SPELLINGS)
def test_spellings_of_one_statement(text, rendered):
    assert render_line(parse_line(text, ALIASES)) == rendered


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_a_line_of_spaces_says_nothing(text):
    assert parse_line(text) == ()


def test_an_application_word_gets_its_arguments_unread():
    words = COMMANDS.extended(
        [application_word("feed", "<venue> [symbol] …", "Change the feed.", ("feed binance",))]
    )
    assert parse_line('feed binance "a b;" 0.5', registry=words) == (
        WordStatement("feed", ("binance", "a b;", "0.5")),
    )


def test_a_command_word_is_given_once():
    word = application_word("buy", "", "Buy something else.", ())
    with pytest.raises(ValueError, match="'buy' is taken"):
        COMMANDS.extended([word])
    later = application_word("twap", "", "Slice.", ())
    with pytest.raises(ValueError, match="'twap' is taken"):
        Registry([later])
