"""One module for each subcommand; `run(arguments)` does it and returns the exit code."""
