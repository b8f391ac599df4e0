"""The small history, rebuilt for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui_exchange.review.histories import OPENING, profile
from tui_exchange.review.model import History
from tui_exchange.review.opening import open_profile
from tui_exchange.review.source import ReviewSource


@pytest.fixture
def source(tmp_path: Path) -> Iterator[ReviewSource]:
    """The profile of a session that is over."""
    opened = open_profile(profile(tmp_path), OPENING)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """What it holds; read once, since nothing changes it."""
    opened = open_profile(profile(tmp_path_factory.mktemp("history")), OPENING)
    try:
        return opened.history()
    finally:
        opened.close()
