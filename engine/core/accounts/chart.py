"""What accounts the ledger has.

A trader's account holds one ledger account per currency, named like the trader's account. The names
below are the exchange's own; a colon keeps them apart from every name a trader may choose.
"""

OUTSIDE = "exchange:outside"
"""Where deposits come from; its balance is minus all paper money given out."""
FEES = "exchange:fees"
"""What traders paid in fees, less rebates and the insurance fund's share."""
INSURANCE = "exchange:insurance"
"""The insurance fund: liquidation fees, its share of trading fees, less what it paid out."""
LENDING = "exchange:lending"
"""Who lends what is sold short: its balance is the borrow fees paid so far."""


def clearing(symbol: str) -> str:
    """The counterparty of realised profits in one derivative: it owes what is open."""
    return f"clearing:{symbol}"


def isolated(account: str, symbol: str) -> str:
    """What stands behind one isolated position of a trader."""
    return f"isolated:{account}:{symbol}"


def is_trader_name(name: str) -> bool:
    """Whether a trader's account, or an owner group, may have this name."""
    return is_name(name) and ":" not in name


def is_name(text: str) -> bool:
    """Whether a text can name anything: an instrument, a currency, an account."""
    return bool(text) and text.isprintable() and not any(map(str.isspace, text))
