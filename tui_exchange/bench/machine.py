"""On what the figures were measured."""

import os
import platform
from pathlib import Path

_CPU_FACTS = Path("/proc/cpuinfo")


def machine_text() -> str:
    """Processor, number of cores and operating system, in one line."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def python_text() -> str:
    """Implementation and version: `CPython 3.11.9`."""
    return f"{platform.python_implementation()} {platform.python_version()}"


def _processor() -> str:
    if _CPU_FACTS.exists():
        for line in _CPU_FACTS.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
