"""Published schedules say what was published, and `docs/fees.md` says what the code does."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from engine.core.fees import FeeStanding, Tariff, check
from engine.core.fees.presets import MARKET_MAKER, PRESETS
from engine.core.instruments import FeeSchedule
from engine.core.units import QUANTA_PER_UNIT

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "fees.md").read_text(encoding="utf-8")
OWN = ("standard", "market-maker", "zero")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_sound_and_dated(name: str) -> None:
    preset = PRESETS[name]
    assert preset.name == name
    assert check(preset) == ""
    assert bool(preset.read_on) == (name not in OWN)
    if preset.read_on:
        assert date.fromisoformat(preset.read_on).isoformat() == preset.read_on


@pytest.mark.parametrize("name", PRESETS)
def test_who_trades_more_never_pays_more(name: str) -> None:
    tiers = PRESETS[name].tiers
    for less, more in pairwise(tiers):
        assert more.maker_ppm <= less.maker_ppm
        assert more.taker_ppm <= less.taker_ppm


PUBLISHED = [
    # (schedule, volume, maker in percent, taker in percent), as the venues write them
    ("binance-spot", 0, "0.100", "0.100"),
    ("binance-spot", 74_999_999, "0.040", "0.060"),
    ("binance-spot", 75_000_000, "0.040", "0.052"),
    ("binance-spot", 4_000_000_000, "0.011", "0.023"),
    ("binance-usdm", 0, "0.020", "0.050"),
    ("binance-usdm", 10_000_000, "0.016", "0.040"),
    ("coinbase-exchange", 9_999, "0.40", "0.60"),
    ("coinbase-exchange", 15_000_000, "0.06", "0.16"),
    ("coinbase-international", 1_000_000_000, "0.005", "0.021"),
    ("kraken-spot", 0, "0.40", "0.80"),
    ("kraken-spot", 10_000_000, "0.00", "0.10"),
    ("kraken-futures", 250_000_000, "-0.0030", "0.0175"),
    ("kraken-futures", 6_000_000_000, "-0.0060", "0.0125"),
    ("okx-spot", 5_000_000_000, "-0.0075", "0.0175"),
    ("okx-futures", 0, "0.020", "0.050"),
    ("okx-futures", 1_500_000_000, "-0.002", "0.020"),
    ("bybit-spot", 5_000_000, "0.0650", "0.0775"),
    ("bybit-derivatives", 0, "0.0200", "0.0550"),
    ("bybit-derivatives", 500_000_000, "0.0000", "0.0300"),
    ("hyperliquid-spot", 0, "0.040", "0.070"),
    ("hyperliquid-perp", 100_000_000, "0.004", "0.030"),
    ("standard", 10_000_000, "0.03", "0.08"),
    ("market-maker", 1_000_000, "-0.01", "0.15"),
    ("market-maker", 50_000_000, "-0.03", "0.10"),
    ("zero", 1_000_000, "0", "0"),
]


@pytest.mark.parametrize(("name", "volume", "maker", "taker"), PUBLISHED)
def test_the_published_numbers(name: str, volume: int, maker: str, taker: str) -> None:
    tariff = Tariff(PRESETS[name])
    tier = tariff.tier_at(volume * QUANTA_PER_UNIT)
    assert tariff.maker_ppm[tier] == percent_ppm(maker)
    assert tariff.taker_ppm[tier] == percent_ppm(taker)


def test_every_preset_has_a_published_number_here() -> None:
    assert {name for name, *_ in PUBLISHED} == set(PRESETS)


def test_the_market_makers_rebates_ask_for_four_fifths_of_the_time() -> None:
    assert [tier.uptime_ppm for tier in MARKET_MAKER.tiers] == [0, 800_000, 800_000, 800_000]


@pytest.mark.parametrize("name", PRESETS)
def test_the_page_shows_every_schedule(name: str) -> None:
    assert table(PRESETS[name]) in PAGE


def test_the_page_lists_the_schedules_in_their_order() -> None:
    assert re.findall(r"^### `([a-z-]+)`", PAGE, re.MULTILINE) == list(PRESETS)


def test_the_page_explains_every_field_of_a_standing() -> None:
    assert re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE) == [*FeeStanding.__struct_fields__]


def percent_ppm(text: str) -> int:
    whole, _, fraction = text.lstrip("-").partition(".")
    ppm = int(whole) * 10_000 + int(fraction.ljust(4, "0"))
    return -ppm if text.startswith("-") else ppm


def table(schedule: FeeSchedule) -> str:
    """A schedule as the page shows it, in basis points."""
    title = f"### `{schedule.name}`"
    if schedule.read_on:
        title += f", read on {schedule.read_on}"
    uptimes = any(tier.uptime_ppm for tier in schedule.tiers)
    lines = [
        title,
        "",
        "| from volume | maker bps | taker bps |" + (" quoting uptime |" if uptimes else ""),
        "|---:|---:|---:|" + ("---:|" if uptimes else ""),
    ]
    for tier in schedule.tiers:
        cells = [
            f"{tier.from_quanta // QUANTA_PER_UNIT:,}",
            basis_points(tier.maker_ppm),
            basis_points(tier.taker_ppm),
        ]
        if uptimes:
            cells.append(f"{tier.uptime_ppm // 10_000}%" if tier.uptime_ppm else "–")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def basis_points(ppm: int) -> str:
    whole, hundredths = divmod(abs(ppm), 100)
    text = f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")
    return f"−{text}" if ppm < 0 else text
