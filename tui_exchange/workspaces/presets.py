"""The trading screen at three sizes. Names are those of the panes' registry."""

from tui_exchange.workspaces.split import Leaf, Node, Part, Split, Tabs

WIDTH_MIN, HEIGHT_MIN = 80, 24
"""The smallest terminal on which everything that is essential fits."""

SMALL_TABS = (
    *("orders", "positions", "ticket", "fills", "risk", "account"),
    *("tape", "imbalance", "contract", "watch", "feeds", "log"),
)
"""What shares the place beside the ladder."""

SMALL: Node = Split(
    gap=1,
    parts=(
        Part(Leaf("ladder"), cells=42),
        Part(Tabs(SMALL_TABS)),
    ),
)

USUAL: Node = Split(
    down=True,
    parts=(
        Part(
            Split(
                gap=1,
                parts=(
                    Part(
                        Split(
                            down=True,
                            parts=(
                                Part(Leaf("watch"), cells=9),
                                Part(Tabs(("tape", "imbalance", "contract"))),
                            ),
                        ),
                        cells=31,
                    ),
                    Part(Leaf("ladder")),
                    Part(
                        Split(
                            down=True,
                            parts=(Part(Leaf("ticket"), cells=19), Part(Leaf("account"))),
                        ),
                        cells=31,
                    ),
                ),
            )
        ),
        Part(Tabs(("orders", "positions", "fills", "risk", "feeds", "log")), cells=10),
    ),
)

LARGE: Node = Split(
    down=True,
    parts=(
        Part(
            Split(
                gap=2,
                parts=(
                    Part(
                        Split(
                            down=True,
                            parts=(
                                Part(Leaf("watch"), cells=12),
                                Part(Tabs(("tape", "imbalance", "contract"))),
                            ),
                        ),
                        cells=50,
                    ),
                    Part(Leaf("ladder")),
                    Part(
                        Split(
                            down=True,
                            parts=(
                                Part(Leaf("ticket"), cells=20),
                                Part(Leaf("account"), cells=12),
                                Part(Leaf("log")),
                            ),
                        ),
                        cells=56,
                    ),
                ),
            )
        ),
        Part(
            Split(
                gap=2,
                parts=(
                    Part(
                        Split(
                            down=True,
                            parts=(Part(Leaf("positions"), cells=7), Part(Leaf("orders"))),
                        )
                    ),
                    Part(Tabs(("fills", "risk", "feeds"))),
                ),
            ),
            cells=19,
        ),
    ),
)

PRESETS: tuple[tuple[int, int, Node], ...] = ((180, 50, LARGE), (118, 34, USUAL), (0, 0, SMALL))
"""(least width, least height, layout), the most demanding first."""


def preset_for(width: int, height: int) -> Node:
    """The richest layout that a terminal of this size holds."""
    return next(node for wide, high, node in PRESETS if width >= wide and height >= high)
