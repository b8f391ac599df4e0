"""The bytes of a segment: what is cut off or flipped is noticed, and nothing else."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.journal.frames import (
    FORMAT_VERSION,
    HEADER_BYTES,
    FrameReader,
    LogFormatError,
    decode_header,
    encode_frames,
    encode_header,
)

payloads = st.lists(st.binary(max_size=40), max_size=8)


def segment(payload_list: list[bytes], first_seq: int = 1) -> tuple[bytes, list[int]]:
    """The bytes of a segment and where each frame ends."""
    data = encode_header(first_seq)
    ends = [len(data)]
    for index, payload in enumerate(payload_list):
        data += encode_frames([(first_seq + index, 1_000 + index, payload)])
        ends.append(len(data))
    return data, ends


@given(payloads, st.integers(1, 2**63))
def test_frames_come_back_as_they_were_written(items: list[bytes], first_seq: int) -> None:
    data, _ = segment(items, first_seq)
    frames = list(FrameReader(data))
    assert [frame.payload for frame in frames] == items
    assert [frame.seq for frame in frames] == list(range(first_seq, first_seq + len(items)))


@given(payloads, st.data())
def test_any_truncation_leaves_exactly_the_whole_frames_before_it(
    items: list[bytes], data: st.DataObject
) -> None:
    whole, ends = segment(items)
    size = data.draw(st.integers(HEADER_BYTES, len(whole)))
    reader = FrameReader(whole[:size])
    frames = list(reader)
    kept = sum(end <= size for end in ends) - 1
    assert [frame.payload for frame in frames] == items[:kept]
    assert reader.offset == ends[kept]
    assert reader.later_frame() is None


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=8), st.data())
def test_any_flipped_bits_of_one_byte_are_noticed(items: list[bytes], data: st.DataObject) -> None:
    whole, ends = segment(items)
    position = data.draw(st.integers(HEADER_BYTES, len(whole) - 1))
    broken = bytearray(whole)
    broken[position] ^= data.draw(st.integers(1, 255))
    frame_hit = sum(end <= position for end in ends) - 1
    reader = FrameReader(bytes(broken))
    assert [frame.payload for frame in reader] == items[:frame_hit]
    later = reader.later_frame()
    assert (later is not None) == (frame_hit < len(items) - 1)
    if later is not None:
        assert later[1].seq == frame_hit + 2


@given(st.integers(0, HEADER_BYTES - 1), st.integers(1, 255))
def test_a_flipped_byte_in_the_header_is_refused(position: int, mask: int) -> None:
    broken = bytearray(encode_header(7))
    broken[position] ^= mask
    with pytest.raises(LogFormatError):
        decode_header(bytes(broken))


def test_a_missing_frame_shows_as_a_break_before_a_later_frame() -> None:
    data, ends = segment([b"one", b"two", b"three"])
    reader = FrameReader(data[: ends[1]] + data[ends[2] :])
    assert [frame.payload for frame in reader] == [b"one"]
    later = reader.later_frame()
    assert later is not None
    assert later[1].payload == b"three"


def test_zeros_behind_the_last_frame_are_a_torn_tail() -> None:
    data, ends = segment([b"one"])
    reader = FrameReader(data + bytes(4096))
    assert len(list(reader)) == 1
    assert reader.offset == ends[1]
    assert reader.later_frame() is None


def test_a_newer_format_is_refused_in_words() -> None:
    head = b"TUI-XLOG" + (FORMAT_VERSION + 1).to_bytes(4, "little") + (1).to_bytes(8, "little")
    with pytest.raises(LogFormatError, match=r"format 5.*reads up to 4: update the program"):
        decode_header(head + crc32(head).to_bytes(4, "little"))
