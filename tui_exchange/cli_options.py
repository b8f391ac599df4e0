"""The options of each subcommand. A setting's option has no default here: the config has it."""

import argparse
from collections.abc import Callable

Add = argparse.ArgumentParser


def workstation(parser: Add) -> None:
    """The workstation: any market, the kept profile."""
    profile(parser)
    simulation(parser)
    parser.add_argument("--speed", metavar="X", help="of the simulated market, 1 to 100")
    live(parser)
    parser.add_argument("--theme", metavar="NAME", help="how it looks")
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="check the installation: run without a terminal, place and cancel an order, leave",
    )


def replay(parser: Add) -> None:
    """The workstation on a recording."""
    recording(parser)
    parser.add_argument("--speed", metavar="X", default="1", help="1, 10, 100, or `max`")
    parser.add_argument("--paused", action="store_true", help="begin paused")
    parser.add_argument("--theme", metavar="NAME", help="how it looks")
    profile(parser)


def record(parser: Add) -> None:
    """Keep a venue's raw frames."""
    parser.add_argument(
        "--feed",
        nargs="+",
        required=True,
        metavar=("VENUE", "SYMBOL"),
        help="a venue, then what to record: binance BTC-USDT",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="*.zst and *.gz are compressed; with --rotate a folder",
    )
    parser.add_argument(
        "--rotate", metavar="WHEN", help="begin another file each 30m, 1h, 1d, 500MB or 2GB"
    )
    parser.add_argument(
        "--compress",
        choices=["zst", "gz", "none"],
        default="zst",
        help="of the files of a folder (zst)",
    )
    parser.add_argument("--duration", metavar="TIME", help="90s, 10m, 2h; else until ctrl+c")
    config_file(parser)


def feeds(parser: Add) -> None:
    """Tools for recordings."""
    parser.add_argument("action", choices=["verify"], help="rebuild the books and report on them")
    recording(parser, from_time=False)
    parser.add_argument("--symbol", metavar="S", help="only this instrument")
    parser.add_argument("--depth", type=int, metavar="N", help="levels a side in each book")
    parser.add_argument("--every", type=int, metavar="N", help="a checkpoint every N updates")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def exec_line(parser: Add) -> None:
    """Command lines without a screen."""
    parser.add_argument("line", nargs="+", metavar="LINE", help="such as 'b 0.5 BTC-USDT at ask'")
    parser.add_argument("--focus", metavar="SYMBOL", help="what a line without a symbol means")
    simulation(parser)
    live(parser)
    parser.add_argument("--replay", metavar="FILE", help="trade on a recording instead")
    parser.add_argument("--venue", metavar="V", help="whose frames the recording holds")
    parser.add_argument("--from", dest="from_time", metavar="TIME", help=FROM_HELP)
    parser.add_argument(
        "--wait", metavar="TIME", help="let so much market time pass afterwards: 5s, 2m, or `end`"
    )
    parser.add_argument("--stay", action="store_true", help="go on in real time until interrupted")
    parser.add_argument(
        "--timeout", metavar="TIME", default="20s", help="how long to wait for a first book"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser, "use this kept account; without it the account is forgotten at the end")


def imbalance(parser: Add) -> None:
    """How one-sided a market is."""
    parser.add_argument("symbol", metavar="SYMBOL", help="such as BTC-USDT")
    simulation(parser)
    live(parser)
    parser.add_argument("--replay", metavar="FILE", help="of a recording instead")
    parser.add_argument("--venue", metavar="V", help="whose frames the recording holds")
    parser.add_argument("--from", dest="from_time", metavar="TIME", help=FROM_HELP)
    parser.add_argument(
        "--wait", metavar="TIME", default="60s", help="measure for so much market time, or `end`"
    )
    parser.add_argument(
        "--timeout", metavar="TIME", default="20s", help="how long to wait for a first book"
    )
    parser.add_argument(
        "--history", type=int, default=0, metavar="N", help="with --json: the last N changes too"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    config_file(parser)


def calendar(parser: Add) -> None:
    """When markets trade."""
    parser.add_argument("name", metavar="NAME", help="24/7, us-equities or fx")
    parser.add_argument("--from", dest="from_date", metavar="DATE", help="such as 2026-11-27; now")
    parser.add_argument("--days", type=int, default=7, metavar="N", help="how far ahead")
    parser.add_argument(
        "--scenario", metavar="SYMBOL", help="print the line that states them in a scenario script"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, times in ns")


def simulated(parser: Add) -> None:
    """What the simulated market is like."""
    parser.add_argument(
        "action",
        choices=["stats", "scenarios"],
        help="stats: let it trade, and hold its figures against those of real markets;"
        " scenarios: what can be played",
    )
    simulation(parser)
    parser.add_argument(
        "--hours",
        metavar="H",
        default="1",
        help="of market time, 0.5 to 48; an hour takes about 20 s",
    )
    parser.add_argument(
        "--symbol", nargs="+", metavar="S", help="only these instruments; else everything"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    config_file(parser)


def stress(parser: Add) -> None:
    """The exchange under a falling market."""
    parser.add_argument(
        "action", choices=["crash"], help="leveraged traders in a market that falls within minutes"
    )
    parser.add_argument("--accounts", metavar="N", default="200", help="traders, 10 to 5000 (200)")
    parser.add_argument("--fall", metavar="SHARE", default="35%", help="of the mark, in all (35%%)")
    parser.add_argument("--minutes", metavar="N", default="10", help="how long it falls (10)")
    parser.add_argument("--seed", metavar="N", default="1", help="another one is another crash (1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def scenario(parser: Add) -> None:
    """Exchange rules as text files."""
    parser.add_argument("file", nargs="+", metavar="FILE", help="scripts; see docs/scenarios.md")
    parser.add_argument(
        "--update", action="store_true", help="rewrite what is expected to what happens"
    )


def review(parser: Add) -> None:
    """The journal."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a history database to open")
    parser.add_argument("--json", action="store_true", help="print equity, trades and figures")
    parser.add_argument(
        "--filter", metavar="WORDS", default="", help="such as 'symbol:BTC tag:breakout net>0'"
    )
    parser.add_argument(
        "--sort", metavar="COLUMN", default="-opened", help="such as net, or --sort=-net downwards"
    )
    parser.add_argument("--limit", metavar="N", type=int, help="show at most so many trades")
    parser.add_argument("--theme", metavar="NAME", help="how it looks")
    profile(parser)


def orders(parser: Add) -> None:
    """The life of orders."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=["list", "show"],
        default="list",
        help="list the latest orders, or show everything that happened to one",
    )
    parser.add_argument("order", nargs="?", metavar="ID", help="which order to show")
    parser.add_argument("--live", action="store_true", help="list only orders that live")
    parser.add_argument("--limit", metavar="N", type=int, help="list at most so many, else 50")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def portfolios(parser: Add) -> None:
    """The portfolios of a profile."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def funding(parser: Add) -> None:
    """What was paid for holding positions."""
    parser.add_argument("symbol", nargs="*", metavar="SYMBOL", help="instruments; all without one")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="at most so many (50)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def insurance(parser: Add) -> None:
    """The insurance fund."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def risk(parser: Add) -> None:
    """What a portfolio may lose."""
    parser.add_argument("--portfolio", metavar="NAME", help="another one than the current")
    simulation(parser)
    live(parser)
    parser.add_argument(
        "--wait", metavar="TIME", default="5s", help="let so much market time pass first (5s)"
    )
    parser.add_argument(
        "--timeout", metavar="TIME", default="20s", help="how long to wait for a first book"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def liquidations(parser: Add) -> None:
    """What was closed without its owner's wish."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def config(parser: Add) -> None:
    """What is in effect."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile(parser)


def keys(parser: Add) -> None:
    """Actions and their keys."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--keymap", metavar="NAME", help="of another keymap")
    config_file(parser)


def bench(parser: Add) -> None:
    """Measurements."""
    parser.add_argument("name", nargs="*", metavar="NAME", help="which ones; without any, all")
    parser.add_argument(
        "--messages", type=int, metavar="N", help="how many feed-memory takes (default: 300000)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def credentials(parser: Add) -> None:
    """Keys of market data sources."""
    parser.add_argument(
        "action", nargs="?", choices=["list", "set", "forget"], default="list", help="what to do"
    )
    parser.add_argument("source", nargs="?", metavar="SOURCE", help="such as alpaca")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


FROM_HELP = "begin here: 12:30, 12:30:15 or 2026-05-01T12:30 (UTC)"


def config_file(parser: Add) -> None:
    """Where settings are read from."""
    parser.add_argument("--config", metavar="FILE", help="read settings from this file")


def profile(parser: Add, help_text: str = "which kept account to use") -> None:
    """Where the account is kept."""
    parser.add_argument("--profile", metavar="NAME", help=help_text)
    parser.add_argument("--data-dir", metavar="FOLDER", help="where profiles are kept")
    config_file(parser)


def simulation(parser: Add) -> None:
    """Which simulated market."""
    parser.add_argument("--seed", metavar="N", help="of the simulated market")
    parser.add_argument(
        "--scenario",
        metavar="NAME",
        help="of the simulated market: calm, trend, crash, squeeze, thin, burst, …;"
        " `simulated scenarios` lists them",
    )


def live(parser: Add) -> None:
    """A live venue."""
    parser.add_argument(
        "--feed",
        nargs="+",
        metavar=("VENUE", "SYMBOL"),
        help="trade on a live market: binance BTC-USDT ETH-USDT",
    )


def recording(parser: Add, from_time: bool = True) -> None:
    """A file of raw frames."""
    parser.add_argument("file", metavar="FILE", help="lines of `<receive ns> <raw frame>`")
    parser.add_argument("--venue", required=True, metavar="V", help="whose frames they are")
    if from_time:
        parser.add_argument("--from", dest="from_time", metavar="TIME", help=FROM_HELP)


COMMANDS: tuple[tuple[str, str, Callable[[Add], None]], ...] = (
    ("replay", "open the workstation on a recording", replay),
    ("record", "write a live market's raw frames to a file", record),
    ("feeds", "check a recording: `feeds verify FILE --venue V`", feeds),
    ("exec", "run command lines without a screen", exec_line),
    ("imbalance", "show how one-sided a market is", imbalance),
    ("simulated", "show the simulated market's scenarios, or its figures", simulated),
    ("stress", "let a market crash on leveraged traders, and check that all adds up", stress),
    ("calendar", "show when markets with opening hours trade", calendar),
    ("scenario", "run exchange rules that are stated as text files", scenario),
    ("review", "look at what was traded", review),
    ("orders", "list orders, or show the whole life of one: `orders show ID`", orders),
    ("portfolios", "list the portfolios of a profile, and what each is worth", portfolios),
    ("funding", "show the funding and borrow fees that were paid, and the rates", funding),
    ("insurance", "show what the insurance fund has, and how it came to that", insurance),
    ("risk", "show what a portfolio may lose: value at risk, limits, stress, Greeks", risk),
    ("liquidations", "show what was liquidated, taken over or deleveraged", liquidations),
    ("config", "show settings, and where each comes from", config),
    ("credentials", "keep the keys of market data sources, or list them", credentials),
    ("keys", "show every action and its key", keys),
    ("bench", "measure the program on this machine", bench),
)
