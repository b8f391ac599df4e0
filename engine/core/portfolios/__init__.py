"""Accounts as portfolios: what they are called, how they begin again, how they are put away."""
