"""A profile belongs to one session, and says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.journal.profile import ProfileLock, ProfileLocked, ProfileUnusable

HOLDER = """
import sys
from pathlib import Path
from engine.journal.profile import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).parents[3]


def test_a_second_process_is_told_who_holds_the_profile(tmp_path: Path) -> None:
    folder = tmp_path / "default"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ProfileLocked) as caught:
            ProfileLock(folder)
        holder.kill()
    assert f"the profile 'default' is in use by process {holder.pid}" in str(caught.value)
    assert "--profile NAME" in str(caught.value)
    ProfileLock(folder).release()


def test_a_released_profile_can_be_taken_again(tmp_path: Path) -> None:
    ProfileLock(tmp_path).release()
    ProfileLock(tmp_path).release()


def test_a_lock_file_with_nonsense_still_names_somebody(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path)
    (tmp_path / "lock").write_bytes(b"\xff not json")
    with pytest.raises(ProfileLocked, match="in use by another process"):
        ProfileLock(tmp_path)
    lock.release()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProfileUnusable, match=r"file/default cannot be written to .*--data-dir"):
        ProfileLock(tmp_path / "file" / "default")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(ProfileUnusable, match="permission denied"):
        ProfileLock(folder)
