"""Recovery: the same exchange comes back, damage is told apart from a torn tail."""

from pathlib import Path
from zlib import crc32

import pytest

from engine.core.exchange import Exchange
from engine.core.snapshot import encode
from engine.journal.frames import encode_header
from engine.journal.log_reader import LogDamaged, LogNewer, LogReader, LogUnreadable
from engine.journal.recovery import recover
from engine.journal.segments import segment_path, segment_paths
from engine.journal.snapshots import KEEP, snapshot_paths
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.trading import trading


@pytest.fixture
def traded(tmp_path: Path) -> Exchange:
    """A folder with 300 commands, snapshots after 100 and 200, three segments."""
    session = LoggedSession(tmp_path)
    commands = list(trading(seed=4, count=294))
    for start in (0, 100, 200):
        session.run(commands[start : start + 100])
        if start < 200:
            session.snapshot()
    session.close()
    return session.exchange


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0x40
    path.write_bytes(bytes(data))


def test_a_new_profile_recovers_to_nothing_in_silence(tmp_path: Path) -> None:
    recovered = recover(tmp_path)
    assert recovered.exchange.seq == 0
    assert recovered.report == ()


def test_snapshot_and_suffix_give_the_same_exchange(tmp_path: Path, traded: Exchange) -> None:
    recovered = recover(tmp_path)
    assert encode(recovered.exchange) == encode(traded)
    assert (recovered.snapshot_seq, recovered.replayed) == (200, 100)


def test_the_log_alone_gives_the_same_exchange(tmp_path: Path, traded: Exchange) -> None:
    for path in snapshot_paths(tmp_path):
        path.unlink()
    recovered = recover(tmp_path)
    assert encode(recovered.exchange) == encode(traded)
    assert (recovered.snapshot_seq, recovered.replayed) == (0, 300)


def test_the_report_says_what_came_back(tmp_path: Path, traded: Exchange) -> None:
    report = recover(tmp_path).report
    assert report[0] == "recovered 300 commands: 100 replayed from the snapshot at 200"
    orders = len(traded.open_orders("me"))
    assert report[1].startswith(f"me: {orders} working order")
    assert "USDT" in report[1]


def test_a_torn_tail_is_cut_and_reported(tmp_path: Path, traded: Exchange) -> None:
    path = segment_paths(tmp_path)[-1]
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-5])
    recovered = recover(tmp_path)
    assert recovered.exchange.seq == 299
    assert f"of {path.name} were half written" in recovered.report[0]
    assert "cut off; every command up to 299 is whole" in recovered.report[0]
    assert path.stat().st_size < size - 5
    again = recover(tmp_path)
    assert again.exchange.seq == 299
    assert "half written" not in again.report[0]


def test_looking_beside_a_running_session_cuts_nothing(tmp_path: Path, traded: Exchange) -> None:
    path = segment_paths(tmp_path)[-1]
    path.write_bytes(path.read_bytes()[:-5])
    before = path.read_bytes()
    assert recover(tmp_path, repair=False).exchange.seq == 299
    assert path.read_bytes() == before


@pytest.mark.parametrize("size", [0, 7])
def test_a_segment_without_a_whole_header_is_a_torn_tail(
    tmp_path: Path, traded: Exchange, size: int
) -> None:
    path = segment_path(tmp_path, 301)
    path.write_bytes(encode_header(301)[:size])
    recovered = recover(tmp_path)
    assert recovered.exchange.seq == 300
    session = LoggedSession(tmp_path, recovered.exchange)
    session.run(list(trading(seed=4, count=0))[-1:])
    session.close()
    assert recover(tmp_path).exchange.seq == 301


def test_a_damaged_snapshot_falls_back_to_the_one_before(tmp_path: Path, traded: Exchange) -> None:
    newest = snapshot_paths(tmp_path)[0]
    flip(newest, newest.stat().st_size // 2)
    recovered = recover(tmp_path)
    assert encode(recovered.exchange) == encode(traded)
    assert recovered.snapshot_seq == 100
    assert recovered.report[0].startswith(f"{newest} does not match its checksum")


def test_without_any_sound_snapshot_the_whole_log_is_replayed(
    tmp_path: Path, traded: Exchange
) -> None:
    for path in snapshot_paths(tmp_path):
        flip(path, 0)
    recovered = recover(tmp_path)
    assert encode(recovered.exchange) == encode(traded)
    assert recovered.snapshot_seq == 0


def test_damage_before_sound_commands_is_refused_and_nothing_is_touched(
    tmp_path: Path, traded: Exchange
) -> None:
    path = segment_paths(tmp_path)[-1]
    flip(path, 1000)
    before = path.read_bytes()
    with pytest.raises(LogDamaged) as caught:
        recover(tmp_path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "Nothing was changed" in sentence
    assert path.read_bytes() == before
    reader = LogReader(tmp_path)
    with pytest.raises(LogDamaged):
        list(reader)
    assert f"the last sound command before it is {reader.last_seq}" in sentence


def test_the_remedy_in_the_sentence_works(tmp_path: Path, traded: Exchange) -> None:
    path = segment_paths(tmp_path)[-1]
    flip(path, 1000)
    with pytest.raises(LogDamaged) as caught:
        recover(tmp_path)
    size = int(str(caught.value).split("truncate -s ")[1].split()[0])
    path.write_bytes(path.read_bytes()[:size])
    assert 200 < recover(tmp_path).exchange.seq < 300


def test_a_missing_segment_is_refused_by_name(tmp_path: Path, traded: Exchange) -> None:
    for path in snapshot_paths(tmp_path):
        path.unlink()
    segment_paths(tmp_path)[1].unlink()
    with pytest.raises(LogDamaged, match=r"commands 101 to 200 are missing.*0201\.log"):
        recover(tmp_path)


def test_a_cut_segment_with_another_behind_it_is_refused(tmp_path: Path, traded: Exchange) -> None:
    first = segment_paths(tmp_path)[0]
    first.write_bytes(first.read_bytes()[:-3])
    with pytest.raises(LogUnreadable, match="command before it is 99, and sound ones follow in"):
        list(LogReader(tmp_path))
    assert recover(tmp_path).exchange.seq == 300


def test_newer_formats_are_refused_in_words(tmp_path: Path, traded: Exchange) -> None:

    path = segment_paths(tmp_path)[-1]
    data = path.read_bytes()
    head = data[:8] + (9).to_bytes(4, "little") + data[12:20]
    path.write_bytes(head + crc32(head).to_bytes(4, "little") + data[24:])
    with pytest.raises(LogNewer, match="in format 9, written by a newer tui-exchange"):
        recover(tmp_path)
    snapshot = snapshot_paths(tmp_path)[0]
    flip(snapshot, 9)
    with pytest.raises(LogNewer, match=r"snapshot is in format .* the file is fine"):
        recover(tmp_path)


def test_a_command_of_a_newer_program_is_refused_in_words(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.log.append(1, 1, b'{"type":"Teleport"}')
    session.close()
    with pytest.raises(LogNewer, match=r"command 1 in .*newer tui-exchange"):
        recover(tmp_path)


def test_only_the_last_snapshots_stay(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    for command in trading(seed=1, count=0):
        session.run([command])
        session.snapshot()
    session.close()
    assert [int(path.stem) for path in snapshot_paths(tmp_path)] == [6, 5, 4]
    assert KEEP == 3
    assert not list(tmp_path.glob("*.tmp"))
