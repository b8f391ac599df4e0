"""The oracle: which prices count, what a mark is made of, and what stands in when it is missing."""

import msgspec
import pytest

from engine.core import snapshot
from engine.core.commands import (
    AdvanceTime,
    ConfigureFunding,
    ConfigureOracle,
    FundingModel,
    IndexSource,
    MarkMethod,
    MirrorDepth,
    MirrorDown,
    OrderType,
    PlaceOrder,
    SetFundingRate,
    SetIndexSource,
    Side,
    TriggerSource,
)
from engine.core.events import Event, OracleChanged, OracleSet, OracleStatus, OrderTriggered
from engine.core.reasons import Reason
from tests.engine.core.perps.pit import HOUR_NS, SECOND_NS, SYMBOL, Pit

S = SECOND_NS
TERMS = ConfigureOracle(symbol=SYMBOL, max_age_ns=30 * S, sample_ns=5 * S)
THREE = tuple(
    IndexSource(name=name, weight=weight) for name, weight in (("a", 2), ("b", 1), ("c", 1))
)
DEPTH = MirrorDepth(symbol=SYMBOL, bids=((990, 5),), asks=((1_001, 5),), snapshot=True)


def priced(**terms: object) -> Pit:
    pit = Pit("ann", "bob")
    pit.do(msgspec.structs.replace(TERMS, **terms))
    return pit


def statuses(events: tuple[Event, ...]) -> list[tuple[OracleStatus, int | None]]:
    return [(e.status, e.mark_ticks) for e in events if isinstance(e, OracleChanged)]


def prices(pit: Pit) -> tuple[int | None, int | None]:
    standing = pit.exchange.oracle(SYMBOL)
    return standing.mark_ticks, standing.index_ticks


def test_without_an_oracle_what_was_stated_never_ages() -> None:
    pit = Pit()
    pit.mark(1_000)
    pit.index(900)
    pit.wait(1_000 * HOUR_NS)
    assert prices(pit) == (1_000, 900)
    assert pit.exchange.next_due_ns() > 10**18
    assert pit.exchange.oracle(SYMBOL).status is OracleStatus.OK


def test_a_mark_that_is_too_old_gives_way_to_the_book_and_comes_back() -> None:
    pit = priced()
    pit.do(DEPTH)
    pit.mark(1_500, 1 * S)
    assert not statuses(pit.wait(30 * S))
    assert statuses(pit.wait(35 * S)) == [(OracleStatus.FALLBACK, 996)]
    pit.do(msgspec.structs.replace(DEPTH, asks=((1_003, 5),)))
    assert prices(pit)[0] == 996
    pit.wait(40 * S)
    assert prices(pit)[0] == 996, "996.5, half even"
    assert statuses(pit.mark(1_400, 41 * S)) == [(OracleStatus.OK, 1_400)]


def test_a_mark_without_anything_is_lost_and_the_alarm_is_told_once() -> None:
    pit = priced()
    pit.do(DEPTH)
    pit.mark(1_500, 1 * S)
    pit.wait(35 * S)
    pit.do(MirrorDown(symbol=SYMBOL))
    assert statuses(pit.wait(40 * S)) == [(OracleStatus.LOST, None)]
    assert not pit.wait(50 * S)
    pit.do(DEPTH)
    assert statuses(pit.wait(55 * S)) == [(OracleStatus.FALLBACK, 996)]


def test_the_book_of_a_venue_that_is_down_is_no_book() -> None:
    pit = priced(mark=MarkMethod.BOOK)
    pit.order("ann", Side.BUY, 1, 990)
    pit.order("bob", Side.SELL, 1, 1_010)
    assert prices(pit)[0] is None
    pit.wait(5 * S)
    assert prices(pit)[0] == 1_000
    pit.do(MirrorDown(symbol=SYMBOL))
    assert statuses(pit.wait(10 * S)) == [(OracleStatus.LOST, None)]


def test_a_late_sample_judges_ages_by_the_time_at_which_it_is_taken() -> None:
    pit = priced()
    pit.do(DEPTH)
    pit.mark(1_500, 1 * S)
    assert statuses(pit.wait(1_003 * S)) == [(OracleStatus.FALLBACK, 996)]
    assert pit.exchange.next_due_ns() == 1_005 * S


def test_a_weighted_mark_mixes_book_and_venue() -> None:
    pit = priced(mark=MarkMethod.WEIGHTED, book_weight_ppm=250_000)
    pit.do(DEPTH)
    pit.mark(1_100, 1 * S)
    assert prices(pit)[0] == (996 * 1 + 1_100 * 3) // 4
    assert statuses(pit.wait(35 * S)) == [(OracleStatus.FALLBACK, 996)]


def test_a_mark_of_the_basis_is_the_index_with_what_funding_is_left() -> None:
    pit = priced(mark=MarkMethod.BASIS)
    pit.do(ConfigureFunding(symbol=SYMBOL, model=FundingModel.VENUE))
    pit.do(SetFundingRate(symbol=SYMBOL, rate_ppb=4_000_000))
    pit.index(100_000, 2 * HOUR_NS)
    assert prices(pit)[0] == 100_300
    pit.index(100_000, 6 * HOUR_NS)
    assert prices(pit)[0] == 100_100
    assert statuses(pit.wait(6 * HOUR_NS + 60 * S)) == [(OracleStatus.LOST, None)]


def test_the_index_is_the_weighted_median_of_the_sources_that_can_be_believed() -> None:
    pit = priced(sources=THREE, confidence_max_ppm=500)
    pit.source("b", 1_010, 1 * S)
    assert prices(pit)[1] == 1_010
    pit.source("a", 1_000, 10 * S)
    assert prices(pit)[1] == 1_000
    pit.source("c", 1_020, 20 * S)
    assert prices(pit)[1] == 1_005, "half of the weight on either side"
    pit.source("a", 900, 21 * S, confidence_ppm=501)
    assert prices(pit)[1] == 1_015
    pit.wait(35 * S)
    assert prices(pit)[1] == 1_020
    counting = [(each.name, each.counts) for each in pit.exchange.oracle(SYMBOL).sources]
    assert counting == [("a", False), ("b", False), ("c", True)]
    assert not pit.exchange.oracle(SYMBOL).index_stale
    pit.wait(60 * S)
    assert prices(pit)[1] == 1_020, "it stays"
    standing = pit.exchange.oracle(SYMBOL)
    assert standing.index_stale
    assert standing.index_age_ns == 39 * S


def test_one_stated_index_stands_in_while_no_source_counts() -> None:
    pit = priced(sources=THREE)
    pit.index(700, 1 * S)
    assert prices(pit)[1] == 700
    pit.source("a", 1_000, 2 * S)
    pit.index(701, 20 * S)
    assert prices(pit)[1] == 1_000
    pit.wait(35 * S)
    assert prices(pit)[1] == 701


def test_a_stale_index_notes_no_premium() -> None:
    pit = priced()
    pit.do(ConfigureFunding(symbol=SYMBOL))
    pit.index(10_000, 1 * S)
    pit.mark(10_010, 1 * S)
    pit.wait(5 * S)
    pit.mark(10_020, 32 * S)
    pit.wait(35 * S)
    standing = pit.exchange.funding(SYMBOL)
    assert standing is not None
    assert standing.premium_ppb == 1_000_000


def test_a_sample_that_moves_the_mark_fires_stops_before_the_command_of_the_moment() -> None:
    pit = priced(mark=MarkMethod.BOOK)
    pit.do(DEPTH)
    pit.order("ann", Side.BUY, 1, 1_001)
    pit.wait(5 * S)
    pit.do(
        PlaceOrder(
            account="ann",
            symbol=SYMBOL,
            side=Side.SELL,
            order_type=OrderType.STOP,
            trigger_on=TriggerSource.MARK,
            trigger_ticks=950,
            lots=1,
        )
    )
    pit.do(msgspec.structs.replace(DEPTH, bids=((890, 5),), asks=((900, 5),)))
    events = pit.do(AdvanceTime(), 10 * S)
    assert any(isinstance(event, OrderTriggered) for event in events)


def test_configured_anew_it_keeps_what_was_stated() -> None:
    pit = priced(sources=THREE)
    pit.source("a", 1_000, 1 * S)
    pit.source("b", 1_100, 1 * S)
    (event,) = pit.do(msgspec.structs.replace(TERMS, sources=THREE[1:]))
    assert isinstance(event, OracleSet)
    assert event.sources == 2
    pit.wait(5 * S)
    assert prices(pit)[1] == 1_100


def test_prices_from_before_the_first_oracle_count_as_of_its_time() -> None:
    pit = Pit()
    pit.mark(1_000)
    pit.do(TERMS, 100 * S)
    assert not statuses(pit.wait(130 * S))
    assert statuses(pit.wait(135 * S)) == [(OracleStatus.LOST, None)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"book_weight_ppm": 1_000_001}, "the book's weight"),
        ({"max_age_ns": 0}, "at least a nanosecond"),
        ({"sample_ns": 0}, "between a millisecond and a day"),
        ({"confidence_max_ppm": -1}, "the confidence"),
        ({"sources": (IndexSource(name="a", weight=0),)}, "a weight of 1 or more"),
        ({"sources": (THREE[0], THREE[0])}, "a name of its own"),
        ({"sources": (IndexSource(name="a b", weight=1),)}, "a name of its own"),
        ({"sources": THREE * 11}, "at most 32 sources, not 33"),
    ],
)
def test_terms_that_cannot_be_computed_with_are_refused(
    change: dict[str, object], said: str
) -> None:
    reason, text = Pit().refused(msgspec.structs.replace(TERMS, **change))
    assert reason is Reason.INVALID_TERMS
    assert said in text


def test_a_source_that_is_not_named_is_refused_with_those_that_are() -> None:
    command = SetIndexSource(symbol=SYMBOL, source="x", price_ticks=1)
    assert "configure its oracle first" in Pit().refused(command)[1]
    pit = priced(sources=THREE)
    assert "not made of 'x'; its sources: a, b, c" in pit.refused(command)[1]
    named = msgspec.structs.replace(command, source="a", price_ticks=0)
    assert pit.refused(named)[0] is Reason.PRICE_OUT_OF_RANGE
    unsure = msgspec.structs.replace(command, source="a", confidence_ppm=-1)
    assert "a confidence lies between" in pit.refused(unsure)[1]


def test_a_snapshot_keeps_the_oracle() -> None:
    pit = priced(sources=THREE, mark=MarkMethod.BASIS)
    pit.do(DEPTH)
    pit.source("a", 1_000, 7 * S)
    pit.index(700)
    pit.mark(800)
    twin = snapshot.decode(snapshot.encode(pit.exchange))
    for at_ns in (10 * S, 36 * S, 37 * S, 70 * S):
        assert twin.apply(AdvanceTime(), at_ns) == pit.wait(at_ns)
        assert twin.oracle(SYMBOL) == pit.exchange.oracle(SYMBOL)
    assert snapshot.encode(twin) == snapshot.encode(pit.exchange)
