"""The fuzzer by hand: `python -m tests.fuzz scripts --seconds 300`. See docs/fuzzing.md.

Exit codes: 0 nothing was found, 1 something was, 2 it could not run.
"""

import argparse
import hashlib
import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tests.fuzz.findings import ROOT, Findings, file_name, key_of
from tests.fuzz.target import Target, attempt_in_time, shrunk

TARGETS = ("scripts", "lines", "commands", "frames")
FOLDER = ROOT / "build" / "fuzz"
STUCK_SECONDS = 60
"""An input that has not ended by then never will; libFuzzer stops and keeps it."""


def main() -> int:
    options = _options()
    target: Target = importlib.import_module(f"tests.fuzz.{options.target}").TARGET
    if options.replay:
        return _replay(target, options.replay)
    if importlib.util.find_spec("atheris") is None:
        print("the fuzzer needs atheris: pip install -e '.[fuzz]' (CPython 3.11 to 3.13, Linux)")
        return 2
    folder = options.folder.resolve() / options.target
    _plant(target, folder / "corpus")
    command = [sys.executable, "-m", "tests.fuzz.campaign", options.target, str(folder)]
    flags = [
        f"-max_total_time={options.seconds}",
        f"-timeout={STUCK_SECONDS}",
        f"-artifact_prefix={folder}/stuck-",
        "-print_final_stats=1",
        "-rss_limit_mb=4096",
    ]
    ended = subprocess.run([*command, *flags], cwd=ROOT, check=False)
    return max(_report(target, Findings(folder / "findings")), min(1, abs(ended.returncode)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=300, help="how long (default: 300)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--replay", type=Path, help="try one input and show it, without fuzzing")
    return parser.parse_args()


def _plant(target: Target, corpus: Path) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)


def _found(target: Target, data: bytes) -> str:
    """The key of what an input finds; empty for nothing."""
    try:
        attempt_in_time(target, data)
    except Exception as error:
        return key_of(error)
    return ""


def _report(target: Target, findings: Findings) -> int:
    """Shrink what was found, without the fuzzer, and say it."""
    found = 0
    for path in findings.inputs():
        data = path.read_bytes()
        key = _found(target, data)
        if not key:
            print(f"gone: {path}")
            continue
        found += 1
        smaller = shrunk(target, data, lambda less, key=key: _found(target, less) == key)
        path.with_name(f"{file_name(key)}.input").write_bytes(smaller)
        print(f"found: {key}\n  {path}\n{target.told(smaller)}\n")
    print(f"{found} found")
    return min(1, found)


def _replay(target: Target, path: Path) -> int:
    data = path.read_bytes()
    print(target.told(data), flush=True)
    attempt_in_time(target, data)
    print("nothing is wrong with it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
