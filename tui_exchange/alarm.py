"""A sentence that must not be overlooked."""


class Alarm(str):
    """What threatens or took the trader's money without a key being pressed.

    It is told like any sentence, and besides shown over the screen with the terminal's bell,
    whatever portfolio is on the screen.
    """

    __slots__ = ()


def led(lead: str, sentence: str) -> str:
    """A sentence with words before it; an alarm stays one."""
    return type(sentence)(f"{lead}{sentence}")
