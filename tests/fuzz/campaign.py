"""One bounded run of the fuzzer over one target; `python -m tests.fuzz` starts it as a process.

The coverage of the product guides it (atheris, libFuzzer). A finding is kept and the run goes on:
what is found first must not hide what else there is.
"""

import importlib
import sys
from pathlib import Path
from random import Random

import atheris

PRODUCT = ("engine", "feeds", "tui_exchange")
BYTES_EDITED = 1 / 8
"""How often an input is changed byte by byte, not in its target's own terms."""


def main(name: str, folder: Path, flags: list[str]) -> None:
    """Fuzz until libFuzzer ends the process.

    Args:
        name: Of the target's module.
        folder: Where the corpus and the findings are kept.
        flags: Handed on to libFuzzer.
    """
    with atheris.instrument_imports(include=[*PRODUCT]):
        target = importlib.import_module(f"tests.fuzz.{name}").TARGET
    # After the product, whose modules would otherwise be loaded without being watched.
    from tests.fuzz.findings import Findings
    from tests.fuzz.target import attempt_in_time

    findings = Findings(folder / "findings")

    def attempt(data: bytes) -> None:
        try:
            attempt_in_time(target, data)
        # Whatever it is, it is what is looked for.
        except Exception as error:
            findings.keep(error, data)

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        dice = Random(seed)
        if dice.random() < BYTES_EDITED:
            return atheris.Mutate(data, len(data) + 1 if data else 1)[:size]
        return target.mutate(data, dice, size)

    atheris.Setup(
        [sys.argv[0], *flags, f"-max_len={target.bytes_max}", str(folder / "corpus")],
        attempt,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
