"""What an account pays, in sentences."""

from engine.core.fees import FeeStanding
from engine.core.instruments import Instrument
from tui_exchange.command_line.order_words import percent_words
from tui_exchange.number_text import money_text


def fees_told(standing: FeeStanding, terms: Instrument) -> tuple[str, ...]:
    """Rates, tier, distance to the next and quoting uptime of an account in an instrument."""
    read_on = f", published {standing.read_on}" if standing.read_on else ""
    rates = (
        f"{terms.symbol}: maker {percent_words(standing.maker_ppm)}, taker"
        f" {percent_words(standing.taker_ppm)}, tier {standing.tier + 1} of {standing.tiers} of"
        f" {standing.schedule}{read_on}"
    )
    volume = f"traded in 30 days: {money_text(standing.volume_quanta)} {terms.quote}"
    if standing.to_next_quanta is None:
        volume += "; this is the last tier"
    else:
        volume += f"; {money_text(standing.to_next_quanta)} more for the next tier"
    return tuple(filter(None, (rates, volume, _uptime_told(standing))))


def _uptime_told(standing: FeeStanding) -> str:
    if not standing.uptime_needed_ppm:
        return ""
    uptime = "none" if standing.uptime_ppm is None else percent_words(standing.uptime_ppm)
    told = f"quoting uptime {uptime}, {percent_words(standing.uptime_needed_ppm)} needed"
    if standing.maker_ppm != standing.maker_tier_ppm:
        told += f" for the maker rebate of {percent_words(-standing.maker_tier_ppm)}"
    return told
