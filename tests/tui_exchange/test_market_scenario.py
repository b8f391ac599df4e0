"""The simulated market's course is chosen by a setting, an option and a word."""

from typing import get_args, get_type_hints

import pytest

from feeds.simulated import SCENARIOS, SimulatedFeed
from tests.tui_exchange.paper import Paper
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.market_scenario import MarketScenario
from tui_exchange.settings import Market, Settings


def test_the_setting_takes_every_scenario_and_no_other() -> None:
    assert get_args(get_type_hints(Market)["scenario"]) == tuple(SCENARIOS)


def test_a_session_begins_with_the_scenario_of_the_settings() -> None:
    paper = Paper(settings=Settings(market=Market(scenario="thin")))
    (feed,) = paper.session.feed.feeds
    assert isinstance(feed, SimulatedFeed)
    assert feed.scenario == "thin"


def test_the_word_begins_a_course_or_lists_them_all() -> None:
    paper = Paper()
    word = MarketScenario(paper.session.feed)
    assert word.do("scenario", ("crash",)) == (f"crash: {SCENARIOS['crash'].about}",)
    first, *listed = word.do("scenario", ())
    assert first == "the market follows crash"
    assert [line.partition(":")[0] for line in listed] == list(SCENARIOS)
    with pytest.raises(ResolutionRefusal, match="choose one of calm"):
        word.do("scenario", ("storm",))
    with pytest.raises(ResolutionRefusal, match="one name"):
        word.do("scenario", ("crash", "calm"))
