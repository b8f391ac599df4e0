"""Signals that end a program in good order: the journal is closed, the terminal restored."""

import asyncio
import signal

ENDING = ("SIGTERM", "SIGHUP", "SIGINT")


def stop_on_signals() -> asyncio.Event:
    """An event of the running loop that SIGTERM, SIGHUP and SIGINT set.

    Where the platform's loop takes no signal handlers, ctrl+c still interrupts.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:
            break
    return stop
