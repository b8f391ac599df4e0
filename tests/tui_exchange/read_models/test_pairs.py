"""A pair on several venues: after fees, without what is not known now, and without ourselves."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from engine.clock import ManualClock
from engine.core.commands import (
    Deposit,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
)
from engine.core.exchange import Exchange
from feeds.group import FeedGroup
from feeds.health import Health
from tests.tui_exchange.test_market_entry import TERMS
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.pair_words import PairWords
from tui_exchange.read_models.pairs import STALE_AFTER_NS, Pairs

SYMBOL = "BTC-USDT"
NOW_NS = 60_000_000_000
DEAR, FREE, LATE = "dear", "free", "late"


class Venue:
    """Carries the pair; heard just now."""

    symbols = (SYMBOL,)

    def __init__(self, name: str, clock: ManualClock) -> None:
        self.name = name
        self._clock = clock
        self.only = Health(SYMBOL, name, last_message_ns=NOW_NS)

    def health(self, symbol: str) -> Health:
        """Of its one market."""
        del symbol
        return self.only

    def now_ns(self) -> int:
        """The time of the test."""
        return self._clock.now_ns()

    async def run(self) -> None:
        """What it says, the test says."""


class World:
    """Three venues: one asks 100.00 for 0.1% of fee, one 100.05 for none, the third 99.90."""

    def __init__(self) -> None:
        clock = ManualClock(NOW_NS)
        self.exchange = Exchange()
        group = FeedGroup(lambda message: None, clock)
        self.venues = {name: Venue(name, clock) for name in (DEAR, FREE, LATE)}
        for venue in self.venues.values():
            group.add(lambda sink, venue=venue: venue)
        self.symbols = dict(zip(self.venues, group.symbols, strict=True))
        fees = {DEAR: 1_000, FREE: 0, LATE: 0}
        books = {
            DEAR: ((9_900, 5_000), (10_000, 1_000)),
            FREE: ((9_950, 2_000), (10_005, 2_000)),
            LATE: ((9_985, 4_000), (9_990, 3_000)),
        }
        for name, (bid, ask) in books.items():
            symbol = self.symbols[name]
            terms = replace(TERMS, symbol=symbol, venue=name, taker_fee_ppm=fees[name])
            self.do(ListInstrument(instrument=terms))
            self.do(MirrorDepth(symbol=symbol, bids=(bid,), asks=(ask,), snapshot=True))
        self.pairs = Pairs(self.exchange, group)
        self.words = PairWords(self.pairs, lambda: group.symbols)

    def do(self, command: object) -> None:
        self.exchange.apply(command, NOW_NS)  # type: ignore[arg-type]

    def down(self, name: str) -> None:
        self.do(MirrorDown(symbol=self.symbols[name]))

    def told(self, *arguments: str) -> str:
        return "\n".join(self.words.do("venues", arguments))


@pytest.fixture
def world() -> World:
    return World()


def test_the_cheapest_venue_is_the_one_after_its_fee(world: World) -> None:
    world.down(LATE)
    view = world.pairs.view(SYMBOL, 5)
    assert view.venues == (DEAR, FREE)
    assert [(offer.venue, offer.price) for offer in view.asks] == [
        (DEAR, "100.00"),
        (FREE, "100.05"),
    ]
    assert view.best_buy is not None
    assert (view.best_buy.venue, view.best_buy.net) == (FREE, Decimal("100.05"))
    assert world.told(SYMBOL).splitlines() == [
        "BTC-USDT on 2 venues: dear, free",
        "cheapest to buy: free at 100.05, 100.05 after its fee",
        "dearest to sell: free at 99.50, 99.5 after its fee",
        "spread between venues: +0.5, +0.6 after both fees",
        "index: 99.6375 of dear, free",
        "                     free 2.000 at 99.50  |  dear 1.000 at 100.00",
        "                     dear 5.000 at 99.00  |  free 2.000 at 100.05",
    ]


def test_a_venue_whose_book_is_not_known_takes_no_part(world: World) -> None:
    assert world.pairs.view(SYMBOL, 5).venues == (DEAR, FREE, LATE)
    for name in (DEAR, FREE):
        world.down(name)
    alone = world.pairs.view(SYMBOL, 5)
    assert alone.venues == (LATE,)
    assert alone.spread_text is None
    assert "on 1 venue: late" in world.told(SYMBOL)
    world.down(LATE)
    assert world.told(SYMBOL) == "BTC-USDT: no venue shows both sides now"


def test_a_venue_that_was_silent_for_long_does_not_move_the_index(world: World) -> None:
    assert world.pairs.view(SYMBOL, 1).index_venues == (DEAR, FREE, LATE)
    world.venues[LATE].only.last_message_ns = NOW_NS - STALE_AFTER_NS - 1
    world.venues[FREE].only.last_message_ns = None
    view = world.pairs.view(SYMBOL, 1)
    assert (view.index_text, view.index_venues) == ("99.5", (DEAR,))


def test_orders_of_ours_are_no_offer_and_move_no_index(world: World) -> None:
    before = world.pairs.view(SYMBOL, 5)
    world.do(OpenAccount(account="main"))
    world.do(Deposit(account="main", currency="USDT", amount_quanta=10**18))
    order = PlaceOrder(
        account="main",
        symbol=world.symbols[DEAR],
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=7_000,
        price_ticks=9_999,
    )
    world.do(order)
    world.do(replace(order, symbol=world.symbols[FREE], price_ticks=9_950))
    assert len(world.exchange.open_orders("main")) == 2
    assert world.pairs.view(SYMBOL, 5) == before


def test_every_name_of_a_pair_means_all_its_venues_and_levels_are_asked_for(world: World) -> None:
    assert world.told(world.symbols[FREE]) == world.told("btc-usdt")
    assert len(world.told(SYMBOL, "1").splitlines()) == 6


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "takes a symbol"),
        ((SYMBOL, "5", "6"), "takes a symbol"),
        (("SOL-USDT",), "SOL-USDT is not carried; carried: BTC-USDT, "),
        ((SYMBOL, "0"), "from 1 to 50 levels"),
        ((SYMBOL, "51"), "from 1 to 50 levels"),
        ((SYMBOL, "many"), "from 1 to 50 levels"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(
    world: World, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(ResolutionRefusal, match=sentence):
        world.told(*arguments)
