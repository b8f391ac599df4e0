"""Text that came from outside, made fit for a sentence on a terminal."""


def shown(text: str, length_max: int) -> str:
    """The text without anything that a terminal would obey, cut to a length."""
    plain = "".join(char if char.isprintable() else "?" for char in text[:length_max])
    return plain + "…" if len(text) > length_max else plain
