"""While no market is known the screen says why, for each subscription, and what can be done."""

from tui_exchange.feed_views import FeedView
from tui_exchange.panes.waiting import waiting_text
from tui_exchange.views import FeedState


def down(symbol: str, text: str) -> FeedView:
    return FeedView(
        symbol=symbol,
        venue="binance",
        state=FeedState.DOWN,
        age_ms=None,
        latency_ms=None,
        skew_ms=None,
        messages_per_s=0.0,
        bytes=0,
        gaps=0,
        resyncs=0,
        crossed=0,
        checksum_failures=0,
        reconnects=0,
        messages=0,
        bad_frames=0,
        text=text,
    )


def test_each_subscription_says_its_reason() -> None:
    said = waiting_text(
        "PAPER, live binance prices",
        [down("BTC-USDT", "cannot reach the venue; next try in 2 s"), down("ETH-USDT", "")],
    )
    assert said.splitlines()[0] == "PAPER, live binance prices"
    assert "BTC-USDT  DOWN\ncannot reach the venue; next try in 2 s" in said
    assert "ETH-USDT  DOWN\nno answer yet" in said
    assert "ctrl+q leaves" in said
