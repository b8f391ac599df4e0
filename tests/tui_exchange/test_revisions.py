"""Revisions: nobody draws what has not been released for drawing."""

from tui_exchange.revisions import JOURNAL, ORDERS, Revisions


def test_a_change_is_seen_once_it_is_published() -> None:
    revisions = Revisions()
    revisions.bump(ORDERS, JOURNAL)
    assert revisions.of(ORDERS) == 0
    revisions.publish(JOURNAL)
    assert (revisions.of(ORDERS), revisions.of(JOURNAL)) == (0, 1)
    revisions.publish()
    assert revisions.of(ORDERS) == 1


def test_an_unknown_topic_never_changes() -> None:
    revisions = Revisions()
    revisions.publish("nothing")
    assert revisions.of("nothing") == 0
