"""A history that review reads from, and that takes the trader's notes and tags.

What cannot be read or kept is a `tui_exchange.failures.ReviewFailure`.

A source is asked from worker threads, never on the event loop; it answers one question at a time.

| source | where | reads |
|---|---|---|
| `FileSource` | `review.source` | a file nobody writes to; opened for each question, never held |
| `ProjectionSource` | `review.projection` | its own copy, rebuilt from a session's log |
| `LiveSource` | `review.live` | what this very program's session has written |
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb

from engine.journal.annotations import (
    Annotation,
    AnnotationNotKept,
    Kind,
    Subject,
    append_annotation,
    read_annotations,
)
from engine.journal.migrations import MIGRATIONS
from engine.journal.profile import ProfileError, ProfileLock
from engine.journal.rows import OrderRow
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreDamaged, StoreError, StoreLocked, store_error
from tui_exchange.failures import ReviewFailure
from tui_exchange.order_life.model import OrderLife, Terms
from tui_exchange.order_life.queries import (
    missing_changes,
    read_order,
    read_orders,
    read_terms,
)
from tui_exchange.read_models.charges import PastCharges
from tui_exchange.read_models.past_charges import past_charges
from tui_exchange.read_models.reductions import Reduction, past_reductions
from tui_exchange.review.model import History, Trade, TradeLife
from tui_exchange.review.queries import read_history, read_life, read_open_trade

NOTE_MAX = 2000
TAG_MAX = 40


class ReviewSource(ABC):
    """One account's history.

    Args:
        title: What is read, in a few words.
        notice: A sentence that the trader should know about it; may be empty.
        now_ns: The wall clock, for the time of a note.
        account: Whose history; empty for the oldest account.
    """

    grows = False
    """Whether a running session adds to it."""

    def __init__(
        self, title: str, notice: str, now_ns: Callable[[], int], account: str = ""
    ) -> None:
        self.title = title
        self.notice = notice
        self._now_ns = now_ns
        self._account = account
        self._one_at_a_time = threading.Lock()

    def history(self, stretches: int | None = None) -> History:
        """Equity and trades as they are now.

        Args:
            stretches: As for `read_history`: how finely the curve is needed; None for every point.

        Raises:
            ReviewFailure: It cannot be read.
        """
        with self._asking() as database:
            return read_history(database, self._account, stretches)

    def life(self, trade: Trade) -> TradeLife:
        """Everything about one trade.

        Raises:
            ReviewFailure: It cannot be read.
        """
        with self._asking() as database:
            return read_life(database, trade)

    def open_trade(self, account: str, symbol: str) -> Trade | None:
        """The trade of an open position; None when the history knows of none.

        Raises:
            ReviewFailure: It cannot be read.
        """
        with self._asking() as database:
            return read_open_trade(database, account, symbol)

    def order(self, order_id: int) -> OrderLife:
        """Everything about one order.

        Raises:
            UnknownOrder: There is none with this number.
            ReviewFailure: It cannot be read.
        """
        with self._asking_about_orders() as database:
            return read_order(database, order_id)

    def orders(self, live: bool, limit: int) -> list[tuple[OrderRow, Terms]]:
        """The latest orders, newest first, and how their numbers are written.

        Raises:
            ReviewFailure: They cannot be read.
        """
        with self._asking_about_orders() as database:
            found = read_orders(database, live, limit)
            symbols = dict.fromkeys(order.symbol for order in found)
            terms = {symbol: read_terms(database, symbol) for symbol in symbols}
        return [(order, terms[order.symbol]) for order in found]

    def charges(self) -> PastCharges:
        """Funding, borrow fees and the insurance fund's balances, of every portfolio.

        Raises:
            ReviewFailure: They cannot be read.
        """
        with self._asking() as database:
            return past_charges(database)

    def reductions(self) -> tuple[Reduction, ...]:
        """What was liquidated or deleveraged, of every portfolio, oldest first.

        Raises:
            ReviewFailure: It cannot be read.
        """
        with self._asking() as database:
            return past_reductions(database)

    def write_note(self, trade: int, text: str) -> None:
        """Note something on a trade; it replaces what was noted before. Empty takes it away.

        Raises:
            ReviewFailure: Too long, or it cannot be kept.
        """
        if len(text) > NOTE_MAX:
            raise ReviewFailure(
                f"a note has up to {NOTE_MAX} characters, this one {len(text)}: shorten it"
            )
        self._annotate(trade, Kind.NOTE, " ".join(text.split()))

    def add_tag(self, trade: int, tag: str) -> None:
        """Give a trade a tag.

        Raises:
            ReviewFailure: Not one word, or it cannot be kept.
        """
        self._annotate(trade, Kind.TAG, _one_word(tag))

    def take_tag(self, trade: int, tag: str) -> None:
        """Take a tag away again.

        Raises:
            ReviewFailure: Not one word, or it cannot be written.
        """
        self._annotate(trade, Kind.UNTAG, _one_word(tag))

    @abstractmethod
    def close(self) -> None:
        """Give back what the source holds."""

    @abstractmethod
    def refresh(self) -> None:
        """Take in what has happened since.

        Raises:
            ReviewFailure: It cannot be read.
        """

    @abstractmethod
    def _reading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection for one question.

        Raises:
            ReviewFailure: There is none now.
        """

    @abstractmethod
    def _keep(self, annotation: Annotation) -> None:
        """Keep a note or tag for good.

        Raises:
            ReviewFailure: It was not kept.
        """

    @contextmanager
    def _asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._one_at_a_time, self._reading() as database:
            try:
                yield database
            except duckdb.Error as error:
                raise ReviewFailure(
                    f"{self.title} is a database, but not a history that this version can read"
                    f" ({_first_line(error)}): name a history.duckdb of tui-exchange"
                ) from error

    @contextmanager
    def _asking_about_orders(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._asking() as database:
            missing = missing_changes(database)
            if missing:
                raise ReviewFailure(
                    f"{self.title} was written by an older tui-exchange, without the change"
                    f" {missing[0]!r}, and does not tell orders whole: ask its profile with"
                    " --profile, whose history is brought up to date from its log"
                )
            yield database

    def _annotate(self, trade: int, kind: Kind, text: str) -> None:
        annotation = Annotation(
            at_ns=self._now_ns(), subject=Subject.TRADE, subject_id=trade, kind=kind, text=text
        )
        with self._one_at_a_time:
            self._keep(annotation)


class FileSource(ReviewSource):
    """A file that no session writes to now.

    It is opened for each question and given back, so that a session can start meanwhile.

    Args:
        path: A history database.
        profile: The profile's folder, which keeps notes and tags; None for a file by itself, which
            keeps its own.

    Raises:
        ReviewFailure: There is no such file, it cannot be read, or it is no history.
    """

    def __init__(
        self,
        path: Path,
        now_ns: Callable[[], int],
        *,
        profile: Path | None = None,
        notice: str = "",
        account: str = "",
    ) -> None:
        title = f"profile {profile.name}" if profile is not None else path.name
        super().__init__(title, notice, now_ns, account)
        self._path = path
        self._profile = profile
        if not path.is_file():
            raise ReviewFailure(
                f"there is no history at {path}: name a history.duckdb, or trade first;"
                " `tui-exchange config` shows where profiles are kept"
            )
        with self._asking() as database:
            _refuse_newer(path, database)

    def close(self) -> None:
        """Nothing is held."""

    def refresh(self) -> None:
        """Nothing to do: every question opens the file as it is."""

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        try:
            database = duckdb.connect(str(self._path), read_only=True)
        except duckdb.Error as error:
            raise ReviewFailure(_why_not(self._path, error)) from error
        with database:
            yield database

    def _keep(self, annotation: Annotation) -> None:
        if self._profile is None:
            self._write_row(annotation)
            return
        keep_in_profile(self._profile, annotation)
        try:
            lock = ProfileLock(self._profile)
        except ProfileError:
            # A session has started meanwhile and takes the note in by itself.
            return
        try:
            show_annotations(self._profile, self._path)
        finally:
            lock.release()

    def _write_row(self, annotation: Annotation) -> None:
        subject = [annotation.subject.value, annotation.subject_id]
        try:
            with duckdb.connect(str(self._path)) as database:
                if annotation.kind is not Kind.NOTE:
                    database.execute(
                        "DELETE FROM tags WHERE subject = ? AND subject_id = ? AND tag = ?",
                        [*subject, annotation.text],
                    )
                if annotation.kind is not Kind.UNTAG:
                    table = "notes" if annotation.kind is Kind.NOTE else "tags"
                    database.execute(
                        f"INSERT INTO {table} VALUES (make_timestamp_ns(?), ?, ?, ?)",
                        [annotation.at_ns, *subject, annotation.text],
                    )
        except duckdb.Error as error:
            raise ReviewFailure(
                f"the {annotation.kind.value} was not kept, {self._path} cannot be written to"
                f" ({_first_line(error)}): make the file writable for you, or open a copy"
            ) from error


def keep_in_profile(profile: Path, annotation: Annotation) -> None:
    """Keep a note or tag in a profile, also beside a running session.

    Raises:
        ReviewFailure: The disk refused.
    """
    try:
        append_annotation(profile, annotation)
    except AnnotationNotKept as error:
        raise ReviewFailure(str(error)) from error


def show_annotations(profile: Path, path: Path) -> None:
    """Bring the notes and tags of a profile into a history database.

    Raises:
        ReviewFailure: The database cannot be written; the notes are kept all the same.
    """
    try:
        store = HistoryStore(path)
        try:
            store.write_annotations(read_annotations(profile)[0])
        finally:
            store.close()
    except (StoreError, duckdb.Error, OSError) as error:
        raise ReviewFailure(
            f"the note is kept, but {path.name} cannot show it yet ({error}); the next session"
            " takes it in"
        ) from error


def _refuse_newer(path: Path, database: duckdb.DuckDBPyConnection) -> None:
    had = [str(name) for (name,) in database.execute("SELECT name FROM migrations").fetchall()]
    known = {migration.name for migration in MIGRATIONS}
    unknown = sorted(name for name in had if name not in known)
    if unknown:
        raise ReviewFailure(
            f"{path} has the change {unknown[-1]!r}, made by a newer tui-exchange: update the"
            " program, the file is fine"
        )


def _why_not(path: Path, error: duckdb.Error) -> str:
    """Why a file cannot be opened, and what to do with one that somebody named."""
    cause = store_error(path, error)
    if isinstance(cause, StoreLocked):
        return f"{path} is open in another program: close that program, or open a copy of the file"
    if isinstance(cause, StoreDamaged):
        return (
            f"{path} is no history database, or a damaged one: name a history.duckdb, or review a"
            " profile with --profile, which is rebuilt from its log"
        )
    return str(cause)


def _one_word(tag: str) -> str:
    word = tag.strip().removeprefix("#")
    if not word or len(word) > TAG_MAX or any(letter.isspace() for letter in word):
        raise ReviewFailure(f"{tag.strip()!r} is no tag: use one word of up to {TAG_MAX} letters")
    return word


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0]
