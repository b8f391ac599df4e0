"""The deterministic kernel: commands in, events out, integers only."""
