"""Whatever the providers do all day, none is asked more often than it allows."""

import json
from collections import Counter
from random import Random

import pytest

from feeds.fx import PROVIDERS
from feeds.messages import BookLost, FeedState, Quote, StateChanged
from tests.feeds.fx import answers
from tests.feeds.fx.desk import KEY, SECOND_NS, Desk, rates
from tests.feeds.provider_server import Answer, Answering, Asked

PAIRS = ("EUR-USD", "USD-JPY", "EUR-JPY")


def moody(
    provider: str, desk: list[Desk], rng: Random, asked: Counter[tuple[str, int, str]]
) -> Answering:
    """A provider that is well, broken, slow to answer or asleep; it counts what it is asked."""
    well = getattr(answers, provider.replace("-", "_"))
    source = PROVIDERS[provider](KEY)

    def answer(request: Asked) -> Answer:
        now_ns = desk[0].clock_ns
        names = request.query.get("symbol", "") if provider == "twelve-data" else "one"
        mood = rng.random()
        served = mood >= 0.2
        if served:
            for quota in source.quotas:
                window = (provider, quota.window.bounds_ns(now_ns)[0], quota.window.value)
                asked[window] += names.count(",") + 1
        if mood < 0.1:
            return Answer("<html>", 503)
        if mood < 0.2:
            return Answer(json.dumps({"wait": 1}), 429, {"retry-after": "30"})
        if mood < 0.3:
            return Answer("[")
        return well(now_ns // SECOND_NS - rng.choice((1, 30, 5000)))(request)

    return answer


@pytest.mark.parametrize("seed", range(2))
async def test_no_quota_is_ever_exceeded_and_nothing_old_is_quoted(seed: int) -> None:
    rng, asked, desks = Random(seed), Counter[tuple[str, int, str]](), []
    answering = {name: moody(name, desks, rng, asked) for name in PROVIDERS}
    async with rates(answering, PAIRS) as desk:
        desks.append(desk)
        for _ in range(60):
            await desk.pass_(rng.choice((1, 20, 300, 2000)))
    for (provider, _, window), count in asked.items():
        limits = {each.window.value: each.limit for each in PROVIDERS[provider](KEY).quotas}
        assert count <= limits[window], (provider, window)
    shown = dict.fromkeys(PAIRS, False)
    for message in desk.messages:
        if isinstance(message, Quote):
            assert message.venue_ns is not None
            assert message.received_ns - message.venue_ns <= 900 * SECOND_NS
            shown[message.symbol] = True
        elif isinstance(message, BookLost):
            assert shown[message.symbol]
            shown[message.symbol] = False
        elif isinstance(message, StateChanged):
            assert shown[message.symbol] is (message.state is FeedState.LIVE)
    assert any(isinstance(each, Quote) for each in desk.messages)
