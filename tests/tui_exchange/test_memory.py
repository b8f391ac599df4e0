"""The collector runs when the trader is quiet, and is left as it was found."""

import gc

from tui_exchange.memory import LATEST_NS, QUIET_NS, SOONEST_NS, MemoryCare


def test_collection_waits_for_quiet_but_not_for_ever() -> None:
    before, frozen_before = gc.get_threshold(), gc.get_freeze_count()
    care = MemoryCare()
    care.begin(0)
    try:
        assert not care.tick(SOONEST_NS - 1, 0)
        assert not care.tick(SOONEST_NS, SOONEST_NS - QUIET_NS + 1)
        assert care.tick(SOONEST_NS, SOONEST_NS - QUIET_NS)
        assert care.tick(SOONEST_NS + LATEST_NS, SOONEST_NS + LATEST_NS)
    finally:
        care.end()
    assert gc.get_threshold() == before
    assert (gc.get_freeze_count() > 0) is (frozen_before > 0)
