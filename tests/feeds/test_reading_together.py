"""Numbers read together are the numbers read one by one."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.exact_text import PLACES, exact
from feeds.reading_together import multiples

alike = st.integers(0, 9).flatmap(
    lambda places: st.lists(
        st.decimals(0, 10**9, places=places).map(lambda each: f"{each:f}"), min_size=3
    )
)
odd = st.lists(
    st.sampled_from(["1.50", "0.00", "00.10", "1,50", "1.5", ".50", "1.", "7", "1_0.00", "٣.00"]),
    max_size=5,
)


@given(alike | odd, st.integers(0, PLACES))
def test_what_is_read_together_is_exactly_what_each_text_says(
    texts: list[str], places: int
) -> None:
    read = multiples(texts, places)
    if read is not None:
        assert [each * 10 ** (PLACES - places) for each in read] == [exact(each) for each in texts]


@given(alike)
def test_texts_of_one_form_are_read_together(texts: list[str]) -> None:
    if "." in texts[0]:
        assert multiples(texts, PLACES) is not None


def test_a_text_between_two_multiples_is_left_to_who_knows_how_to_round() -> None:
    assert multiples(["1.10", "1.20", "1.30"], 1) == [11, 12, 13]
    assert multiples(["1.10", "1.25", "1.30"], 1) is None


@given(odd)
def test_no_text_is_read_that_is_refused_alone(texts: list[str]) -> None:
    for text in texts:
        try:
            exact(text)
        except MalformedFrame:
            assert multiples([*texts, text, text], PLACES) is None
