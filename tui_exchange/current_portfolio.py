"""Which of a session's portfolios is the current one.

Commands are sent for it and the screen shows it; the orders and positions of all others go on in
the exchange. Whoever needs to know holds this object and asks it each time.
"""

from pathlib import Path

FILE_NAME = "portfolio.txt"


class CurrentPortfolio:
    """The choice, shared by everything that acts or reads for a trader.

    Args:
        account: The portfolio to begin with, unless the profile remembers another one.
        folder: Of the profile, which remembers the last choice; None forgets it.

    Attributes:
        account: The exchange's name of the current portfolio, which never changes; its title may.
        problem: Empty, or a sentence: the choice cannot be kept.
    """

    __slots__ = ("_file", "account", "problem")

    def __init__(self, account: str, folder: Path | None = None) -> None:
        self.account = account
        self.problem = ""
        self._file = None if folder is None else folder / FILE_NAME

    def choose(self, account: str) -> None:
        """Switch, and remember it for the next session."""
        self.account = account
        if self._file is None:
            return
        try:
            self._file.write_text(f"{account}\n", "utf-8")
        except OSError as error:
            self.problem = f"the current portfolio cannot be kept in {self._file}: {error.strerror}"

    def recall(self, accounts: list[str]) -> None:
        """Go back to what was current last, if it is one of these."""
        if self._file is None:
            return
        try:
            account = self._file.read_text("utf-8", errors="replace").strip()
        except OSError:
            return
        if account in accounts:
            self.account = account
