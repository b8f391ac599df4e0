"""The themes that come with the program: one TOML file each, read by `tui_exchange.theming`."""
