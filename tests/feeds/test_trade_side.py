"""The aggressor of a print that does not name it."""

from engine.core.commands import Side
from feeds.trade_side import TradeSigner


def signs(signer: TradeSigner, *prices: str) -> str:
    return "".join(signer.side("A", price).value[0] for price in prices)


def test_a_print_belongs_to_the_side_of_the_quote_that_it_is_nearer_to() -> None:
    signer = TradeSigner()
    signer.quoted("A", "10.00", "10.10")
    assert signs(signer, "10.10", "10.20", "10.06", "10.04", "10.00", "9.00") == "bbbsss"


def test_at_the_mid_and_without_a_quote_the_last_change_of_price_decides() -> None:
    signer = TradeSigner()
    assert signs(signer, "10", "10", "9", "9.0", "11", "11") == "bbssbb"
    signer.quoted("A", "10.00", "10.10")
    assert signs(signer, "10.05", "10.050") == "ss"


def test_an_empty_side_and_other_symbols_decide_nothing() -> None:
    signer = TradeSigner()
    signer.quoted("A", "0", "10.10")
    signer.quoted("B", "1", "2")
    assert signer.side("A", "10") is Side.BUY
