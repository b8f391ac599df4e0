"""A live venue's depth and tape as the orders of one participant."""
