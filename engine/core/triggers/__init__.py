"""Orders that wait for a price."""

from engine.core.triggers.trigger_book import TriggerBook

__all__ = ["TriggerBook"]
