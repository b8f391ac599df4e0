"""What is read from a market's numbers: one file per indicator, streaming, without an exchange."""

from engine.indicators.imbalance import LEVELS, Imbalance, imbalance_of
from engine.indicators.order_flow import OrderFlow, Touch
from engine.indicators.vpin import BUCKETS, Vpin

__all__ = ["BUCKETS", "LEVELS", "Imbalance", "OrderFlow", "Touch", "Vpin", "imbalance_of"]
