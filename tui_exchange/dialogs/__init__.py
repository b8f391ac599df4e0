"""Modal questions. Escape always means no."""
