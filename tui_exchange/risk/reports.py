"""When reports are made: of the portfolio that is read, in a worker thread, one at a time.

Reading a view asks for a newer report; when it is there, whoever still looks reads again. So
nobody has to say that the looking has ended.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tui_exchange.risk.book_copy import BookCopy
from tui_exchange.risk.measuring import Measured, Measurer

READ_EVERY_S = 2.0
"""At most so often a report is made that somebody reads."""
UNREAD_FIRST_S = 10.0
"""After so long the first one is made that nobody reads."""
UNREAD_EVERY_S = 60.0
"""So often one is made afterwards."""


class Reports:
    """Makes reports between `begin` and `end`.

    Args:
        copy: A portfolio as it is now; called on the loop.
        take: Takes a finished report; called on the loop.

    Attributes:
        measurer: What makes them.
    """

    def __init__(self, copy: Callable[[str], BookCopy], take: Callable[[Measured], None]) -> None:
        self._copy = copy
        self._take = take
        self.measurer = Measurer()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: ThreadPoolExecutor | None = None
        self._asked: str | None = None
        self._busy = False
        self._begun_s = 0.0
        self._unread_s = UNREAD_FIRST_S

    def begin(self) -> None:
        """Make reports from now on, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._begun_s = self._loop.time() - READ_EVERY_S
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="risk")

    def end(self) -> None:
        """Make none any more; one that is being made is thrown away."""
        self._loop = None
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown(wait=True, cancel_futures=True)

    def ask(self, account: str) -> None:
        """Somebody reads the report of a portfolio."""
        self._asked = account

    def tick(self, unread: str | None) -> None:
        """Begin a report if it is time for one.

        Args:
            unread: The portfolio whose report is made though nobody asks; None for none.
        """
        if self._loop is None or self._busy:
            return
        age_s = self._loop.time() - self._begun_s
        if self._asked is not None and age_s >= READ_EVERY_S:
            asked, self._asked = self._asked, None
            self._measure(self._loop, asked)
        elif unread is not None and age_s >= self._unread_s:
            self._measure(self._loop, unread)

    def _measure(self, loop: asyncio.AbstractEventLoop, account: str) -> None:
        self._busy, self._begun_s, self._unread_s = True, loop.time(), UNREAD_EVERY_S
        copy = self._copy(account)
        future = loop.run_in_executor(self._worker, self.measurer.measure, copy)
        future.add_done_callback(lambda done: self._done(copy, done))

    def _done(self, copy: BookCopy, done: "asyncio.Future[Measured]") -> None:
        self._busy = False
        if self._loop is None or done.cancelled():
            return
        error = done.exception()
        if error is None:
            self._take(done.result())
            return
        told = f"risk cannot be computed: {type(error).__name__}: {error}"
        self._take(
            Measured(copy.account, copy.currency, copy.made_ns, missing=copy.missing, problem=told)
        )
