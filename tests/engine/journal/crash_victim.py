"""Run as a process: trades on a profile and prints each command that the log has. To be killed."""

import sys
from pathlib import Path

from engine.core.snapshot import state_hash
from engine.journal.recovery import recover
from tests.engine.journal.sessions import TIMEOUT_S, LoggedSession
from tests.engine.journal.trading import trading

SNAPSHOT_EVERY = 40


def main(folder: Path, seed: int) -> None:
    session = LoggedSession(folder, recover(folder).exchange)
    commands = list(trading(seed, 5_000))
    for command in commands[session.exchange.seq :]:
        session.run([command])
        if not session.log.wait_written(session.exchange.seq, TIMEOUT_S):
            raise SystemExit(session.log.error)
        print(session.exchange.seq, state_hash(session.exchange), flush=True)
        if session.exchange.seq % SNAPSHOT_EVERY == 0:
            session.snapshot()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
