"""What orders do: one file per order type, and what happens to an order after it is placed."""
