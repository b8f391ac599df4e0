"""The advisory limits of each portfolio, kept in its profile as `advice.json`.

What is at its default is not written, so that a default is stated in one place. Whether openings
are halted stands there too: ending the program does not lift a halt.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec

from engine.monitor import (
    LIMITS,
    Action,
    LimitError,
    LimitName,
    Limits,
    LimitSetting,
    Response,
    default_limits,
    limit_named,
)
from tui_exchange.risk.kept_file import KeptFile

FILE_NAME = "advice.json"


class KeptLimit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One limit as the file has it."""

    value: Decimal
    response: Response = Response.WARN
    action: Action = Action.ALERT


class KeptAdvice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One portfolio as the file has it."""

    limits: dict[str, KeptLimit] = {}
    halted: str = ""
    """Why openings are halted; empty when they are not."""
    resumed: tuple[LimitName, ...] = ()
    """Limits whose halt was lifted while they were broken: they halt again once they held."""


class AdvisedLimits:
    """The limits of every portfolio, and which of them are halted.

    Args:
        folder: Of the profile; None forgets everything at the end.
        changed: Is told that something here changed.
    """

    def __init__(self, folder: Path | None, changed: Callable[[], None]) -> None:
        self._file = KeptFile(folder, FILE_NAME, dict[str, KeptAdvice], "the advisory limits")
        self._changed = changed
        self._advice: dict[str, KeptAdvice] = {}
        self._limits: dict[str, Limits] = {}
        self._load()

    @property
    def problem(self) -> str:
        """Empty, or a sentence: the limits could not be read or cannot be kept."""
        return self._file.problem

    def of(self, account: str) -> Limits:
        """The limits in effect."""
        return self._limits.get(account) or default_limits()

    def set(self, account: str, limits: Limits) -> None:
        """Put other limits into effect."""
        self._limits[account] = limits
        self._keep(account, limits=_kept(limits))

    def copy(self, source: str, target: str) -> None:
        """Give one portfolio the limits of another; a halt stays where it is."""
        self.set(target, self.of(source))

    def halted(self, account: str) -> str:
        """Why orders that open are not sent; empty when they are."""
        return self._advice.get(account, _NOTHING).halted

    def halt(self, account: str, why: str) -> None:
        """Send nothing that opens from now on."""
        self._keep(account, halted=why)

    def resume(self, account: str, broken: tuple[LimitName, ...] = ()) -> None:
        """Let orders open again; limits that are still broken do not halt before they held."""
        self._keep(account, halted="", resumed=broken)

    def resumed(self, account: str) -> tuple[LimitName, ...]:
        """Limits that are broken and whose halt was lifted."""
        return self._advice.get(account, _NOTHING).resumed

    def held(self, account: str, broken: frozenset[LimitName]) -> None:
        """Say which limits are broken now: the others may halt again."""
        resumed = self.resumed(account)
        still = tuple(name for name in resumed if name in broken)
        if still != resumed:
            self._keep(account, resumed=still)

    def _keep(self, account: str, **changes: object) -> None:
        now = self._advice.get(account, _NOTHING)
        changed = msgspec.structs.replace(now, **changes)
        if changed != now:
            self._advice[account] = changed
            self._file.write(self._advice)
            self._changed()

    def _load(self) -> None:
        kept = self._file.read() or {}
        for account, advice in kept.items():
            try:
                self._limits[account] = _limits(advice)
            except LimitError as error:
                self._file.problem = (
                    f"the advisory limits of portfolio {account} are at their defaults:"
                    f" {FILE_NAME} says {error}"
                )
            self._advice[account] = advice


_NOTHING = KeptAdvice()


def _kept(limits: Limits) -> dict[str, KeptLimit]:
    return {
        name.value: KeptLimit(setting.value, setting.response, setting.action)
        for name, setting in limits.settings.items()
        if setting != LimitSetting(LIMITS[name].default)
    }


def _limits(advice: KeptAdvice) -> Limits:
    limits = default_limits()
    for text, kept in advice.limits.items():
        name = limit_named(text)
        limits = limits.with_setting(name, kept.value, kept.response, kept.action)
    return limits
