"""What OKX spreads over two connections, live."""

import json

from feeds.messages import Candle, FeedState, Notice
from tests.feeds.okx import frames
from tests.feeds.okx.speaker import OkxSpeaker
from tests.feeds.protocol.desk import trading


class Business(OkxSpeaker):
    """Frames of candles go to the connection that has them."""

    def path_of(self, frame: str) -> str:
        return "/ws/v5/business" if '"candle1m"' in frame else super().path_of(frame)


async def test_candles_come_over_their_own_connection() -> None:
    row = [str(frames.T0_MS), "1", "2", "1", "2", "3", "4", "5", "0"]
    async with trading(Business()) as desk:
        await desk.live()
        asked = '"candle1m"'
        await desk.until(lambda: any(asked in each for each in desk.server.received))
        await desk.send(frames.push("candle1m", [row]))
        await desk.until(lambda: desk.count(Candle) == 1)


async def test_a_fact_that_is_refused_leaves_the_market_alive() -> None:
    text = "Wrong URL or channel:open-interest,instId:BTC-USDT doesn't exist."
    error = {"event": "error", "code": "60018", "msg": text, "connId": "a4d3ae55", "id": "1"}
    async with trading(OkxSpeaker()) as desk:
        await desk.live()
        await desk.send(json.dumps(error))
        await desk.until(lambda: desk.count(Notice) == 1)
        await desk.change(bids={"100.50": "7"})
        await desk.until(desk.same_book)
        assert desk.state() is FeedState.LIVE
