"""Alignment of snapshot and updates: the state table, and that no wrong book is ever live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.binance.sequences import SpotSequence
from feeds.book_sync import BookMessage, BookSync, SyncState
from feeds.messages import BookDelta, BookLost, BookSnapshot

SYMBOL = "BTC-USDT"


def delta(first: int, last: int, bids: tuple = (), asks: tuple = ()) -> BookDelta:
    return BookDelta(
        received_ns=0,
        venue_ns=0,
        symbol=SYMBOL,
        first_update_id=first,
        last_update_id=last,
        previous_update_id=None,
        bids=bids,
        asks=asks,
    )


def snapshot(
    update_id: int, bids: tuple = (("1", "1"),), asks: tuple = (("9", "1"),)
) -> BookSnapshot:
    return BookSnapshot(received_ns=0, symbol=SYMBOL, update_id=update_id, bids=bids, asks=asks)


class Synced:
    def __init__(self) -> None:
        self.published: list[BookMessage] = []
        self.sync = BookSync(SYMBOL, SpotSequence(), self.published.append)

    def feed(self, *messages: BookDelta | BookSnapshot) -> "Synced":
        for message in messages:
            if isinstance(message, BookSnapshot):
                self.sync.snapshot(message)
            else:
                self.sync.delta(message)
        return self

    def kinds(self) -> str:
        letters = {BookSnapshot: "S", BookDelta: "d", BookLost: "L"}
        return "".join(letters[type(message)] for message in self.published)


@pytest.mark.parametrize(
    ("messages", "state", "published", "update_id"),
    [
        ([delta(1, 5)], SyncState.WAITING, "", None),
        ([snapshot(5)], SyncState.JOINING, "S", 5),
        ([delta(1, 5), delta(6, 8), snapshot(5)], SyncState.LIVE, "Sd", 8),
        ([delta(1, 5), delta(6, 8), snapshot(7)], SyncState.LIVE, "Sd", 8),
        ([delta(1, 5), delta(6, 8), snapshot(8)], SyncState.JOINING, "S", 8),
        ([delta(3, 5), snapshot(1)], SyncState.WAITING, "", None),
        ([delta(3, 5), snapshot(1), snapshot(4)], SyncState.LIVE, "Sd", 5),
        ([snapshot(5), delta(4, 6), delta(7, 9)], SyncState.LIVE, "Sdd", 9),
        ([snapshot(5), delta(6, 6), delta(6, 6)], SyncState.LIVE, "Sd", 6),
        ([snapshot(5), delta(7, 8)], SyncState.WAITING, "SL", None),
        ([snapshot(5), delta(6, 6), delta(8, 9)], SyncState.WAITING, "SdL", None),
        ([snapshot(5), delta(6, 6), delta(8, 9), snapshot(8)], SyncState.LIVE, "SdLSd", 9),
        ([snapshot(5), delta(6, 6), snapshot(7), delta(8, 9)], SyncState.LIVE, "SdLSd", 9),
        ([snapshot(5), delta(6, 6), snapshot(7), delta(7, 9)], SyncState.LIVE, "Sdd", 9),
        ([delta(1, 3), delta(6, 8), snapshot(2)], SyncState.WAITING, "SdL", None),
        ([delta(1, 3), delta(6, 8), snapshot(6)], SyncState.LIVE, "Sd", 8),
    ],
)
def test_the_state_table(
    messages: list[BookDelta | BookSnapshot],
    state: SyncState,
    published: str,
    update_id: int | None,
) -> None:
    synced = Synced().feed(*messages)
    assert (synced.sync.state, synced.kinds()) == (state, published)
    assert synced.sync.book.update_id == update_id


def test_a_gap_names_what_is_missing() -> None:
    synced = Synced().feed(snapshot(5), delta(9, 9))
    lost = synced.published[-1]
    assert isinstance(lost, BookLost)
    assert "updates 6 to 8 never arrived" in lost.text
    assert synced.sync.counts.gaps == 1


def test_a_crossed_book_is_discarded_and_waits_for_a_snapshot_after_it() -> None:
    synced = Synced().feed(snapshot(5), delta(6, 6, bids=(("9", "1"),)))
    assert synced.kinds() == "SL"
    assert synced.sync.counts.crossed == 1
    synced.feed(snapshot(5))
    assert synced.sync.state is SyncState.WAITING
    synced.feed(snapshot(6))
    assert synced.sync.state is SyncState.JOINING
    assert synced.sync.counts.resyncs == 1


def test_a_crossed_snapshot_is_not_shown() -> None:
    synced = Synced().feed(snapshot(5, (("9", "1"),), (("9", "1"),)))
    assert (synced.kinds(), synced.sync.state) == ("", SyncState.WAITING)


def test_a_lost_connection_discards_book_and_buffer() -> None:
    synced = Synced().feed(snapshot(5), delta(6, 6))
    synced.sync.lost(0, "gone")
    synced.feed(delta(20, 21), snapshot(22))
    assert synced.kinds() == "SdLS"
    assert synced.sync.book.update_id == 22


STEPS = 24


def truth() -> list[dict[str, str]]:
    """The bids after each update: update n sets one of four prices to size n, or removes it."""
    states: list[dict[str, str]] = [{}]
    for number in range(1, STEPS + 1):
        state = dict(states[-1])
        state[str(1 + number % 4)] = str(number)
        if number % 5 == 0:
            state.pop(str(1 + number % 4))
        states.append(state)
    return states


TRUTH = truth()


def update(first: int, last: int) -> BookDelta:
    """The levels that the venue names for updates first to last: their final quantities."""
    prices = {str(1 + number % 4) for number in range(first, last + 1)}
    bids = tuple((price, TRUTH[last].get(price, "0")) for price in sorted(prices))
    return delta(first, last, bids=bids)


def whole(update_id: int) -> BookSnapshot:
    return snapshot(update_id, tuple(TRUTH[update_id].items()), ())


@given(st.data())
def test_whatever_is_split_lost_repeated_or_reordered_no_wrong_book_is_live(
    data: st.DataObject,
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, STEPS - 1))))
    bounds = list(zip([0, *cuts], [*cuts, STEPS], strict=True))
    messages: list[BookDelta | BookSnapshot] = [update(low + 1, high) for low, high in bounds]
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(messages) - 1))
        match data.draw(st.sampled_from(["lose", "repeat", "move"])):
            case "lose" if len(messages) > 1:
                del messages[at]
            case "repeat":
                messages.insert(data.draw(st.integers(0, len(messages))), messages[at])
            case "move":
                messages.insert(data.draw(st.integers(0, len(messages) - 1)), messages.pop(at))
            case _:
                pass
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(messages)))
        messages.insert(at, whole(data.draw(st.integers(0, STEPS))))
    synced = Synced()
    for message in messages:
        synced.feed(message)
        book = synced.sync.book
        if book.update_id is not None:
            assert dict(book.bids.top()) == TRUTH[book.update_id]


@given(st.sets(st.integers(1, STEPS - 1)), st.integers(0, STEPS))
def test_an_unbroken_stream_ends_in_the_last_book(cuts: set[int], at: int) -> None:
    inner = sorted(cuts)
    bounds = zip([0, *inner], [*inner, STEPS], strict=True)
    synced = Synced().feed(*(update(low + 1, high) for low, high in bounds))
    synced.feed(whole(at))
    assert synced.sync.book.update_id == STEPS
    assert dict(synced.sync.book.bids.top()) == TRUTH[STEPS]
    assert synced.sync.counts.gaps == 0
