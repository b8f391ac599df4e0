"""A pair and a perpetual of the same name, live at once over two connections."""

from engine.core.commands import Side
from feeds.messages import BookLost, FeedState, FundingRate, Quote, Trade
from tests.feeds.bybit import frames
from tests.feeds.bybit.speaker import OTHER_ASKS, OTHER_BIDS, BybitSpeaker
from tests.feeds.protocol.desk import trading


class Both(BybitSpeaker):
    """Frames of spot go to its own connection."""

    def path_of(self, frame: str) -> str:
        spot = '"ts":' in frame and frame.index('"ts":') < frame.index('"type":')
        return super().path_of(frame).replace("linear", "spot") if spot else super().path_of(frame)


async def test_a_pair_and_its_perpetual_are_told_apart() -> None:
    speaker = Both()
    async with trading(speaker, speaker.symbol, speaker.other) as desk:
        await desk.live()
        await desk.until(lambda: desk.state(speaker.other) is FeedState.LIVE)
        pair = desk.feed.pipeline.book(speaker.other)
        assert (tuple(pair.bids.top()), tuple(pair.asks.top())) == (OTHER_BIDS, OTHER_ASKS)
        await desk.send(frames.book("delta", 4, [("49.6", "1")], depth=1000, spot=True))
        await desk.change(bids={"100.50": "7"})
        await desk.until(lambda: pair.update_id == 4 and desk.same_book())
        await desk.send(frames.spot_trade("2290000000068683542", "49.6", "1", "Sell"))
        await desk.send(*speaker.trade("100.50", "2", Side.BUY))
        await desk.until(lambda: desk.count(Trade) == 2)
    trades = [each for each in desk.messages if isinstance(each, Trade)]
    assert {each.symbol: each.price for each in trades} == {
        speaker.other: "49.6",
        speaker.symbol: "100.50",
    }
    assert desk.count(BookLost) == 0


async def test_quotes_and_funding_come_beside_the_book() -> None:
    speaker = BybitSpeaker()
    async with trading(speaker) as desk:
        await desk.live()
        await desk.send(frames.ticker("delta", fundingRate="0.0001"))
        await desk.until(lambda: desk.count(FundingRate) == 1 and desk.count(Quote) > 0)
