"""The exchange and everything around it that is neither a terminal nor a network peer."""
