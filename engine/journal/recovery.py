"""Brings the exchange back to the last command that the log holds whole.

Newest sound snapshot, then the commands after it. A snapshot that is damaged is passed over for
the one before, and one of an older program for the whole log; what the program was writing when it
stopped is cut off; all of it is reported. A log
that is damaged in the middle is refused (`LogUnreadable`): going on would lose what follows.
"""

from dataclasses import dataclass
from pathlib import Path

from engine.core.exchange import Exchange
from engine.core.units import decimal_text, quanta_decimal
from engine.journal.log_reader import LoggedCommand, LogNewer, LogReader, TornTail
from engine.journal.segments import cut
from engine.journal.snapshots import (
    SnapshotDamaged,
    SnapshotNewer,
    SnapshotOlder,
    read_snapshot,
    snapshot_paths,
    snapshot_seq,
)


@dataclass(frozen=True, slots=True)
class Recovered:
    """An exchange brought back, and what there is to say about it."""

    exchange: Exchange
    snapshot_seq: int
    """The command that the snapshot ended with; 0 when there was none."""
    replayed: int
    """Commands applied after the snapshot."""
    report: tuple[str, ...]
    """Sentences for the trader: what was damaged, then what is there. Empty for a new profile."""


def recover(folder: Path, *, repair: bool = True) -> Recovered:
    """The exchange as of the end of the log.

    Args:
        folder: A profile's folder; empty for a new profile.
        repair: Cut off a torn tail. False to look only, as beside a running session, whose last
            frame may be half written at any moment.

    Raises:
        LogUnreadable: The log is damaged in the middle, or newer than this program.
        OSError: A file cannot be read.
    """
    exchange, sentences = nearest_snapshot(folder)
    start_seq = exchange.seq
    reader = LogReader(folder, start_seq)
    for logged in reader:
        apply_logged(exchange, logged)
    if reader.tail is not None:
        sentences.append(_settle_tail(reader.tail, repair=repair))
    if exchange.seq:
        sentences.append(_progress(exchange, start_seq))
        sentences.extend(_holdings(exchange))
    return Recovered(exchange, start_seq, exchange.seq - start_seq, tuple(sentences))


def nearest_snapshot(folder: Path, seq_max: int | None = None) -> tuple[Exchange, list[str]]:
    """The newest sound snapshot's exchange, a new one if there is none, and what was passed over.

    Args:
        seq_max: Take none that is newer.

    Raises:
        LogNewer: The newest is of a newer program.
    """
    sentences: list[str] = []
    for path in snapshot_paths(folder):
        if seq_max is not None and snapshot_seq(path) > seq_max:
            continue
        try:
            return read_snapshot(path), sentences
        except SnapshotNewer as error:
            raise LogNewer(str(error)) from error
        except SnapshotDamaged as error:
            sentences.append(f"{error}; an earlier state and the log are used instead")
        except SnapshotOlder as error:
            # Those before it are at least as old.
            sentences.append(f"{error}: the whole log is applied again instead, this once")
            break
    return Exchange(), sentences


def apply_logged(exchange: Exchange, logged: LoggedCommand) -> None:
    """Apply a command of the log again; its events are the same as the first time."""
    exchange.apply(logged.command, logged.ts_ns)


def _settle_tail(tail: TornTail, *, repair: bool) -> str:
    done = "left alone"
    if repair:
        cut(tail.path, tail.keep_bytes)
        done = "cut off"
    return (
        f"the last {tail.torn_bytes} bytes of {tail.path.name} were half written when the program"
        f" stopped and were {done}; every command up to {tail.last_seq} is whole"
    )


def _progress(exchange: Exchange, start_seq: int) -> str:
    replayed = exchange.seq - start_seq
    origin = f"from the snapshot at {start_seq}" if start_seq else "from the beginning"
    return f"recovered {exchange.seq:,} commands: {replayed:,} replayed {origin}"


def _holdings(exchange: Exchange) -> list[str]:
    """One sentence an account: its working orders, positions and cash."""
    return [_holding(exchange, account) for account in exchange.accounts()]


def _holding(exchange: Exchange, account: str) -> str:
    orders = len(exchange.open_orders(account))
    positions = [
        f"{symbol} {_signed(exchange, symbol, position.lots)}"
        for symbol, position in exchange.positions(account).items()
        if position.lots
    ]
    cash = [
        f"{decimal_text(quanta_decimal(balance))} {currency}"
        for currency, (balance, _held) in exchange.balances(account).items()
    ]
    return (
        f"{account}: {orders} working order{'' if orders == 1 else 's'};"
        f" positions: {', '.join(positions) or 'none'}; balances: {', '.join(cash) or 'none'}"
    )


def _signed(exchange: Exchange, symbol: str, lots: int) -> str:
    text = decimal_text(exchange.scale(symbol).size_decimal(abs(lots)))
    return ("+" if lots > 0 else "-") + text
