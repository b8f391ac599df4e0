"""The README's two commands, and that what it shows is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_two_blocks_are_the_two_commands() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 2
    assert blocks[0].rstrip().endswith("tui-exchange")
    assert "pytest" in blocks[1]
    first_screen = "\n".join(README.splitlines()[:60])
    assert blocks[0] in first_screen
    assert blocks[1] in first_screen


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing
