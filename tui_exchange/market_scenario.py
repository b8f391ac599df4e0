"""The word of the command line that begins another course of the simulated market."""

from typing import Protocol, runtime_checkable

from feeds.errors import FeedError
from feeds.group import FeedGroup
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word

WORD = "scenario"


@runtime_checkable
class Staged(Protocol):
    """A feed whose market follows a scenario that can be changed."""

    @property
    def scenario(self) -> str:
        """The name of the one whose course runs."""
        ...

    @scenario.setter
    def scenario(self, name: str) -> None: ...


class MarketScenario:
    """`scenario crash` begins that course now; `scenario` alone lists what there is.

    Args:
        feeds: What the session trades on; members may change.
    """

    words = (
        application_word(
            WORD,
            "[name]",
            "Begin another course of the simulated market, or list them.",
            ("scenario crash", "scenario calm", "scenario"),
        ),
    )

    def __init__(self, feeds: FeedGroup) -> None:
        self._feeds = feeds

    def knows(self, word: str) -> bool:
        """Whether the word is this one."""
        return word == WORD

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Do it; sentences that say what was done.

        Raises:
            ResolutionRefusal: No simulated market is carried, or no scenario has that name.
        """
        from feeds.simulated import SCENARIOS

        feed = next((each for each in self._feeds.feeds if isinstance(each, Staged)), None)
        if feed is None:
            raise ResolutionRefusal(f"`{word}` is for the simulated market, and none is carried")
        if not arguments:
            listed = (f"{name}: {scenario.about}" for name, scenario in SCENARIOS.items())
            return (f"the market follows {feed.scenario}", *listed)
        try:
            (name,) = arguments
            feed.scenario = name.lower()
        except ValueError as error:
            known = isinstance(error, FeedError)
            sentence = str(error) if known else "scenario takes one name, as in `scenario crash`"
            raise ResolutionRefusal(sentence) from None
        return (f"{feed.scenario}: {SCENARIOS[feed.scenario].about}",)
