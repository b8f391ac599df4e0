"""A mirrored instrument to begin with."""

import pytest

from engine.core.commands import QueueModel
from tests.engine.core.mirror.venue import Venue


@pytest.fixture
def venue() -> Venue:
    return Venue(QueueModel.BEHIND)
