"""The registry of advisory limits and what a portfolio may choose."""

from decimal import Decimal

import pytest

from engine.monitor import (
    LIMITS,
    Action,
    LimitError,
    LimitName,
    Response,
    default_limits,
    limit_named,
)
from engine.monitor.limits import shown


def test_defaults_and_ranges_are_as_promised() -> None:
    table = {name.value: (str(s.default), str(s.low), str(s.high)) for name, s in LIMITS.items()}
    assert table == {
        "position-size": ("25", "1", "100"),
        "daily-loss": ("10", "1", "50"),
        "open-positions": ("20", "1", "100"),
        "trade-risk": ("2", "0.1", "10"),
        "drawdown": ("25", "5", "50"),
        "correlation": ("0.7", "0.5", "0.95"),
    }


def test_every_limit_warns_until_its_owner_chooses() -> None:
    limits = default_limits()
    assert [limits[name].response for name in LimitName] == [Response.WARN] * len(LimitName)
    changed = limits.with_setting(LimitName.DRAWDOWN_STOP, Decimal(15), Response.BLOCK, Action.HALT)
    assert changed[LimitName.DRAWDOWN_STOP].value == 15
    assert changed[LimitName.DRAWDOWN_STOP].action is Action.HALT
    assert changed[LimitName.DAILY_LOSS] == limits[LimitName.DAILY_LOSS]
    assert limits[LimitName.DRAWDOWN_STOP].value == 25


@pytest.mark.parametrize("name", LimitName)
def test_the_ends_of_a_range_are_allowed_and_beyond_is_not(name: LimitName) -> None:
    spec = LIMITS[name]
    for value in (spec.low, spec.high, spec.default):
        assert default_limits().with_setting(name, value)[name].value == value
    for value in (spec.low - Decimal("0.01"), spec.high + 1, Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(LimitError, match=f"{name.value} may be"):
            default_limits().with_setting(name, value)


def test_what_is_too_fine_or_broken_is_refused() -> None:
    with pytest.raises(LimitError, match="too fine"):
        default_limits().with_setting(LimitName.POSITION_SIZE, Decimal("10.00001"))
    with pytest.raises(LimitError, match="no whole number"):
        default_limits().with_setting(LimitName.OPEN_POSITIONS, Decimal("2.5"))


def test_names_are_the_words_that_one_types() -> None:
    assert limit_named("daily-loss") is LimitName.DAILY_LOSS
    with pytest.raises(LimitError, match="'dailyloss' is no limit; there are position-size"):
        limit_named("dailyloss")


def test_values_are_shown_with_their_unit() -> None:
    shapes = [shown(spec.default, spec.unit) for spec in LIMITS.values()]
    assert shapes == ["25%", "10%", "20 positions", "2%", "25%", "0.7"]
    assert shown(Decimal("25.50"), LIMITS[LimitName.DAILY_LOSS].unit) == "25.5%"
