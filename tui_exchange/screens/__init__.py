"""Whole screens: what is composed of which panes."""
