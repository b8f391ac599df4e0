"""What the session remembers of the event stream, and how it answers the panes."""
