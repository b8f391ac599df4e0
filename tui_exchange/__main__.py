"""`python -m tui_exchange` is the command `tui-exchange`."""

import sys

from tui_exchange.cli import main

sys.exit(main())
