"""What review shows, without a screen: reading the history, filters, order, sums, texts, JSON."""
