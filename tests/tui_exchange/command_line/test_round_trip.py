"""Text and statements are two forms of one thing, and no text breaks the command line."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tui_exchange.command_line.statements_strategy import statements
from tests.tui_exchange.command_line.trader import Trader, resolve_all
from tui_exchange.command_line import (
    COMMANDS,
    CommandLineRefusal,
    GrammarRefusal,
    Offers,
    application_word,
    complete,
    describe,
    parse_line,
    render,
    render_line,
)
from tui_exchange.command_line.vocabulary import FLAG_HELP, UNBUILT_VERBS

WORDS = COMMANDS.extended([application_word("theme", "<name>", "Change colours.", ("theme x",))])

FRAGMENTS = (
    'at to size all bids ; " \\ ~ $ # % @ + - . , 0.5 62000 62,000 $500 25% 50%pos 1r@62000'
    " 1r@-1% bid+1t ask-2t -0.5% +100 #12 btc-usdt eth scalp 10k 1e5 ½ ٣"
    " sell by from limit stop tp sl off with trigger gtd=15m gtd=14:30 show=0.1 stp=cancel_both"
    " sl=-1% sl=61000/60990 tp=+2% tp=/ on=mark protect=50bps btc:60% +eth:1 -btc:0.1@bid share"
    " stops tag=a 15m 14:30 2026-11-22T14:30 standard #14"
)
PIECES = st.sampled_from(
    [
        *COMMANDS.words(),
        *UNBUILT_VERBS,
        *FLAG_HELP,
        *FRAGMENTS.split(),
    ]
)
SENTENCES = st.lists(PIECES, max_size=12).map(" ".join)


def refusal_of(attempt: Callable[[], object]) -> CommandLineRefusal | None:
    """The refusal of an attempt, which has a sentence; any other exception is a failure."""
    try:
        attempt()
    except CommandLineRefusal as refusal:
        return refusal if refusal.sentence else pytest.fail("a refusal without a sentence")
    return None


@settings(max_examples=300)
@given(statements)
def test_rendered_text_parses_to_the_same_statement(statement):
    assert parse_line(render(statement), registry=WORDS) == (statement,)


@given(st.lists(statements, max_size=3))
def test_a_line_of_statements_keeps_their_order(line):
    rendered = render_line(line)
    if len(rendered) <= 2000:
        assert list(parse_line(rendered, registry=WORDS)) == line


@given(statements)
def test_every_statement_has_words(statement):
    assert describe(statement)


@settings(max_examples=300)
@given(st.text() | SENTENCES)
@example("b 0.5 at 1" + "0" * 60)
@example("b \x00")
@example("~")
@example('note #1 "')
@example("b 1r@1r@62000")
@example("move #999999999999999999999 +1t")
def test_any_text_is_a_line_or_a_refusal_with_a_place(text):
    refusal = refusal_of(lambda: parse_line(text, Trader().aliases))
    if refusal is not None:
        assert isinstance(refusal, GrammarRefusal)
        assert 0 <= refusal.start <= refusal.end <= len(refusal.line)


@settings(max_examples=300)
@given(st.text() | SENTENCES)
@example("help ~buy")
@example('kill "close"')
def test_whatever_parses_has_a_text_that_means_the_same(text):
    try:
        statements = parse_line(text, Trader().aliases)
    except GrammarRefusal:
        return
    assert parse_line(render_line(statements)) == statements


@given(SENTENCES)
def test_what_is_kept_of_a_line_reads_back(text):
    try:
        resolved = resolve_all(text)
    except CommandLineRefusal:
        return
    for one in resolved:
        assert parse_line(render(one.statement)) == (one.statement,)


@given(SENTENCES)
def test_what_parses_resolves_or_is_refused_with_a_sentence(text):
    refusal_of(lambda: resolve_all(text))


@given(statements)
def test_any_statement_resolves_or_is_refused_with_a_sentence(statement):
    refusal_of(lambda: resolve_all(render(statement)))


@given(st.text() | SENTENCES, st.integers(0, 40))
def test_completion_replaces_only_the_word_under_the_cursor(text, cursor):
    place = min(cursor, len(text))
    for found in complete(text, place, Offers(symbols=["BTC-USDT"], orders={12: "buy"})):
        assert found.end == place
        assert not any(char.isspace() for char in text[found.start : place])
