"""Keys of market data sources: in the system's keyring, or in the environment; never in a file.

The environment comes first, so that one run can use another key. `TUI_EXCHANGE_ALPACA_KEY` and
`TUI_EXCHANGE_ALPACA_SECRET` are Alpaca's; sources and their parts stand in `feeds.keyed`. A keyring
is used where the `keyring` package is installed and finds one that works, which it often does not
on a machine without a desktop: there the environment is what remains.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol, cast

from feeds.keyed import KEYED, OPTIONAL
from tui_exchange.failures import UsageFailure

SERVICE = "tui-exchange"
PREFIX = "TUI_EXCHANGE_"
LENGTH_MIN, LENGTH_MAX = 8, 512


class MissingCredential(UsageFailure):
    """A source needs a key that is nowhere; the sentence says where to put it."""


class BadCredential(UsageFailure):
    """A text that cannot be a key, or a source that takes none."""


class NoKeyring(UsageFailure):
    """No keyring can be used here; the sentence says what to do instead."""


class Keyring(Protocol):
    """What is used of the `keyring` package."""

    def get_password(self, service: str, name: str) -> str | None:
        """The text kept under this name; None when there is none."""

    def set_password(self, service: str, name: str, text: str) -> None:
        """Keep a text."""

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""


def system_keyring() -> Keyring | None:
    """The keyring of the system; None where the package is not installed."""
    try:
        return cast(Keyring, import_module("keyring"))
    except ImportError:
        return None


class Credentials:
    """The keys of all sources.

    Args:
        environment: Of the process.
        keyring: None where there is none.
    """

    def __init__(self, environment: Mapping[str, str], keyring: Keyring | None) -> None:
        self._environment = environment
        self._keyring = keyring

    def of(self, source: str) -> dict[str, str]:
        """The parts of a source's credentials; empty for a source that needs none.

        Raises:
            MissingCredential: One is neither in the environment nor in the keyring.
            BadCredential: One is no key.
        """
        parts = KEYED.get(source, ())
        found = {part: self._find(source, part) for part in parts}
        missing = [part for part in parts if not found[part]]
        if not missing or (source in OPTIONAL and len(missing) == len(parts)):
            return {part: text for part, text in found.items() if text}
        raise MissingCredential(_missing(source, missing))

    def known(self) -> dict[str, dict[str, str]]:
        """Every source whose credentials are complete, in the order of `feeds.keyed`."""
        complete = {}
        for source, parts in KEYED.items():
            found = {part: self._find(source, part) for part in parts}
            if all(found.values()):
                complete[source] = found
        return complete

    def where(self, source: str) -> str:
        """Where a source's credentials are, in a few words without any of their text."""
        places = [self._place(source, part) for part in KEYED[source]]
        if "" in places:
            return "not needed" if source in OPTIONAL else "missing"
        return ", ".join(dict.fromkeys(places))

    def keep(self, source: str, texts: Mapping[str, str]) -> None:
        """Keep a source's credentials in the keyring.

        Raises:
            BadCredential: No such source, or a text that is no key.
            NoKeyring: It cannot be kept.
        """
        for part in parts_of(source):
            _check(texts.get(part, ""), f"the {part} of {source}")
        with self._at_hand(source) as keyring:
            for part in parts_of(source):
                keyring.set_password(SERVICE, _name(source, part), texts[part])

    def forget(self, source: str) -> bool:
        """Take a source's credentials out of the keyring; whether any were there.

        Raises:
            BadCredential: No such source.
            NoKeyring: There is none.
        """
        names = [_name(source, part) for part in parts_of(source)]
        with self._at_hand(source) as keyring:
            kept = [name for name in names if keyring.get_password(SERVICE, name) is not None]
            for name in kept:
                keyring.delete_password(SERVICE, name)
        return bool(kept)

    def _find(self, source: str, part: str) -> str:
        variable = variable_of(source, part)
        text = self._environment.get(variable, "").strip()
        if text:
            return _check(text, variable)
        text = self._kept(source, part)
        return _check(text, f"the {part} of {source} in the keyring") if text else ""

    def _place(self, source: str, part: str) -> str:
        if self._environment.get(variable_of(source, part), "").strip():
            return "environment"
        return "keyring" if self._kept(source, part) else ""

    def _kept(self, source: str, part: str) -> str:
        if self._keyring is None:
            return ""
        try:
            return self._keyring.get_password(SERVICE, _name(source, part)) or ""
        except _keyring_errors():
            return ""

    @contextmanager
    def _at_hand(self, source: str) -> Iterator[Keyring]:
        variables = ", ".join(variable_of(source, part) for part in parts_of(source))
        if self._keyring is None:
            raise NoKeyring(
                "the keyring package is not installed (`pip install 'tui-exchange[keyring]'`);"
                f" or set {variables} in the environment"
            )
        try:
            yield self._keyring
        except _keyring_errors() as error:
            words = str(error).strip().splitlines()
            why = words[0] if words else type(error).__name__
            raise NoKeyring(
                f"the keyring of this system cannot be used ({why});"
                f" set {variables} in the environment instead"
            ) from None


def variable_of(source: str, part: str) -> str:
    """The environment variable of one part: `TUI_EXCHANGE_TWELVE_DATA_KEY`."""
    return f"{PREFIX}{source}_{part}".replace("-", "_").upper()


def parts_of(source: str) -> tuple[str, ...]:
    """What a source's credentials consist of.

    Raises:
        BadCredential: It takes none.
    """
    parts = KEYED.get(source)
    if parts is None:
        raise BadCredential(f"{source[:40]!r} takes no key; those that do: {', '.join(KEYED)}")
    return parts


def _keyring_errors() -> tuple[type[Exception], ...]:
    """What the package raises when its backend is missing, locked or broken."""
    try:
        errors = import_module("keyring.errors")
    except ImportError:
        return (OSError, RuntimeError)
    return (errors.KeyringError, OSError, RuntimeError)


def _name(source: str, part: str) -> str:
    return f"{source} {part}"


def _check(text: str, what: str) -> str:
    """A key is a short line of printable ASCII; nothing of it is ever shown."""
    right = LENGTH_MIN <= len(text) <= LENGTH_MAX and text.isascii() and text.isprintable()
    if not right or " " in text:
        raise BadCredential(
            f"{what} is no key: it has {len(text)} characters, and a key has {LENGTH_MIN} to"
            f" {LENGTH_MAX} letters, digits and signs without a space; copy it again"
        )
    return text


def _missing(source: str, parts: list[str]) -> str:
    variables = " and ".join(variable_of(source, part) for part in parts)
    return (
        f"{source} needs a key: set {variables} in the environment, or keep it in the system's"
        f" keyring with `tui-exchange credentials set {source}`"
    )
