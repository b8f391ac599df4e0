"""Which of a session's portfolios is the current one.

Commands are sent for it and the screen shows it; the orders and positions of all others go on in
the exchange. Whoever needs to know holds this object and asks it each time.
"""


class CurrentPortfolio:
    """The choice, shared by everything that acts or reads for a trader.

    Attributes:
        account: The exchange's name of the current portfolio, which never changes; its title may.
    """

    __slots__ = ("account",)

    def __init__(self, account: str) -> None:
        self.account = account
