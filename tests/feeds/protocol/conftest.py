"""A fresh speaker for each test."""

from collections.abc import Callable

import pytest

from tests.feeds.protocol.speaker import Speaker


@pytest.fixture
def speaker(request: pytest.FixtureRequest) -> Speaker:
    make: Callable[[], Speaker] = request.param
    return make()
