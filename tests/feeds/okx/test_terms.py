"""OKX's metadata as terms of instruments."""

from decimal import Decimal
from typing import Any

import pytest

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale
from feeds.errors import MalformedFrame
from feeds.messages import InstrumentTerms
from feeds.okx.mapper import OkxMapper
from tests.feeds.okx import frames


def terms(info: dict[str, Any]) -> Instrument:
    (message,) = OkxMapper().map(frames.instruments(info), 1)
    assert isinstance(message, InstrumentTerms)
    Scale(message.instrument)
    return message.instrument


def test_a_pair_is_counted_in_its_base() -> None:
    spot = terms(frames.SPOT)
    assert (spot.symbol, spot.asset_class) == ("BTC-USDT", AssetClass.SPOT)
    assert (spot.base, spot.quote, spot.settlement) == ("BTC", "USDT", "USDT")
    assert (spot.tick_size, spot.lot_size) == (Decimal("0.1"), Decimal("0.00000001"))
    assert (spot.lots_min, spot.lots_max) == (1000, 100_000_000_000)
    assert (spot.multiplier, spot.maker_fee_ppm, spot.taker_fee_ppm) == (1, 800, 1000)


def test_a_linear_perpetual_is_counted_in_contracts_of_its_base() -> None:
    swap = terms(frames.SWAP)
    assert (swap.symbol, swap.asset_class) == ("BTC-USDT-PERP", AssetClass.PERPETUAL)
    assert (swap.base, swap.quote, swap.settlement) == ("BTC", "USDT", "USDT")
    assert (swap.lot_size, swap.multiplier) == (Decimal("0.01"), Decimal("0.01"))
    assert (swap.initial_margin_ppm, swap.taker_fee_ppm) == (10_000, 500)


@pytest.mark.parametrize(
    ("info", "symbol", "asset_class", "settlement", "multiplier"),
    [
        (frames.INVERSE, "BTC-USD-PERP", AssetClass.INVERSE, "BTC", "100"),
        (frames.FUTURE, "BTC-USDT-20261225", AssetClass.FUTURE, "USDT", "0.01"),
        (frames.OPTION, "BTC-20261225-70000-C", AssetClass.OPTION, "BTC", "0.01"),
    ],
)
def test_what_else_there_is(
    info: dict[str, Any],
    symbol: str,
    asset_class: AssetClass,
    settlement: str,
    multiplier: str,
) -> None:
    instrument = terms(info)
    assert (instrument.symbol, instrument.asset_class) == (symbol, asset_class)
    assert (instrument.settlement, instrument.multiplier) == (settlement, Decimal(multiplier))


@pytest.mark.parametrize(
    "wrong",
    [{"lotSz": "0"}, {"tickSz": "x"}, {"ctVal": ""}, {"ctType": "quanto"}, {"minSz": "NaN"}],
)
def test_terms_that_cannot_be_used_are_malformed_and_name_the_instrument(
    wrong: dict[str, str],
) -> None:
    with pytest.raises(MalformedFrame, match="BTC-USDT-SWAP"):
        terms(frames.SWAP | wrong)
