"""What an account was worth, one row for each currency that it was given.

Nothing is converted between two deposited currencies. A holding of another asset counts in the
currency of the spot market that prices it, the first by name. If no market does, or that market has
no bid or no ask, the equity of the row is left empty rather than guessed.
"""

from collections.abc import Mapping

from engine.core.instruments import Instrument
from engine.core.units import Scale, prorate_half_even, quanta_decimal
from engine.journal.capture import Valuation
from engine.journal.rows import EquityRow


def equity_rows(
    valuation: Valuation,
    deposited: Mapping[str, int],
    instruments: Mapping[str, tuple[Instrument, Scale]],
    seq: int,
    ts_ns: int,
    resets: int,
) -> list[EquityRow]:
    """Value one account.

    Args:
        deposited: Quanta paid in so far, by currency.
        instruments: Terms and conversions by symbol.
        resets: How often it has begun anew.
    """
    rows = []
    for currency, paid_quanta in deposited.items():
        balance, held = valuation.balances.get(currency, (0, 0))
        assets = _assets_quanta(valuation, currency, deposited, instruments)
        unrealised = _unrealised_quanta(valuation, currency, instruments)
        isolated = _isolated_quanta(valuation, currency, instruments)
        known = assets is not None and unrealised is not None
        rows.append(
            EquityRow(
                seq=seq,
                ts=ts_ns,
                account=valuation.account,
                currency=currency,
                equity=quanta_decimal(balance + isolated + (assets or 0) + (unrealised or 0))
                if known
                else None,
                balance=quanta_decimal(balance),
                held=quanta_decimal(held),
                isolated=quanta_decimal(isolated),
                assets=None if assets is None else quanta_decimal(assets),
                unrealised=None if unrealised is None else quanta_decimal(unrealised),
                deposited=quanta_decimal(paid_quanta),
                resets=resets,
            )
        )
    return rows


def _assets_quanta(
    valuation: Valuation,
    currency: str,
    deposited: Mapping[str, int],
    instruments: Mapping[str, tuple[Instrument, Scale]],
) -> int | None:
    """The worth of holdings that are priced in `currency`; None where a price is missing."""
    total = 0
    for asset, (balance, _held) in valuation.balances.items():
        if asset in deposited or not balance:
            continue
        market = _market_of(asset, deposited, instruments)
        if market is None:
            return None
        if market[0].quote != currency:
            continue
        instrument, scale = market
        mark = valuation.marks.get(instrument.symbol)
        if mark is None:
            return None
        worth = balance * scale.notional_quanta_per_tick_lot
        total += prorate_half_even(worth, mark, 2 * scale.base_quanta_per_lot)
    return total


def _market_of(
    asset: str,
    deposited: Mapping[str, int],
    instruments: Mapping[str, tuple[Instrument, Scale]],
) -> tuple[Instrument, Scale] | None:
    for symbol in sorted(instruments):
        instrument, scale = instruments[symbol]
        spot = instrument.asset_class.owned
        if spot and instrument.base == asset and instrument.quote in deposited:
            return instrument, scale
    return None


def _unrealised_quanta(
    valuation: Valuation,
    currency: str,
    instruments: Mapping[str, tuple[Instrument, Scale]],
) -> int | None:
    """The open profit of positions on margin settled in `currency`; None without a price."""
    total = 0
    for symbol, (lots, cost_quanta, chosen) in valuation.positions.items():
        instrument, scale = instruments[symbol]
        owned = instrument.asset_class.owned
        if (owned and not chosen) or instrument.settlement != currency:
            continue
        value_quanta = _value_quanta(valuation, symbol, lots, scale)
        if value_quanta is None:
            return None
        total += value_quanta - cost_quanta
    return total


def _value_quanta(valuation: Valuation, symbol: str, lots: int, scale: Scale) -> int | None:
    """What a position is worth, but for a constant: at the mark, else at the mid."""
    stated = valuation.stated.get(symbol)
    if stated is not None:
        return scale.signed_value_quanta(stated, lots)
    twice_mid = valuation.marks.get(symbol)
    if twice_mid is None:
        return None
    if scale.inverse:
        return 2 * scale.signed_value_quanta(twice_mid, lots)
    return prorate_half_even(lots * scale.notional_quanta_per_tick_lot, twice_mid, 2)


def _isolated_quanta(
    valuation: Valuation,
    currency: str,
    instruments: Mapping[str, tuple[Instrument, Scale]],
) -> int:
    return sum(
        quanta
        for symbol, quanta in valuation.isolated.items()
        if instruments[symbol][0].settlement == currency
    )
