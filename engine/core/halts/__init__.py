"""When an instrument does not trade: outside its sessions, and while it is halted."""
