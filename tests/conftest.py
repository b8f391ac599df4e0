"""What all tests share: the folder of recordings, and properties that need no clock."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

DATA_VARIABLE = "TUI_EXCHANGE_DATA"
DATA_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"

settings.register_profile(
    "project",
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings; the test is skipped where it is not."""
    folder = Path(os.environ.get(DATA_VARIABLE, DATA_DEFAULT))
    if not (folder / "MANIFEST.json").is_file():
        pytest.skip(f"no recordings at {folder}; set {DATA_VARIABLE} to their folder")
    return folder


def pytest_collection_finish() -> None:
    """What is there by now stays until the end: no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are processors: tests of screens wait a lot."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)
