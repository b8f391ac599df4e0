"""The whole life of an order: read, remembered, told in words and as JSON."""
