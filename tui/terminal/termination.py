# SPDX-License-Identifier: GPL-2.0-or-later
"""The game ends now, and not because the player leaves: a signal, or a failure of the game itself."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TextIO

from attrs import define

from tui.terminal.modes import TERMINAL

DEADLY = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
PATIENCE = 2
"""Seconds for which a terminal may keep us from saying the last words."""
_SIGNALLED = 128  # what shells add to a signal's number


@define(eq=False)
class Termination:
    """`last_words` are lines to print once the terminal is given back: what would be lost otherwise."""

    last_words: Callable[[], Iterable[str]]

    @contextmanager
    def by_signals(self) -> Iterator[None]:
        """Here a signal ends the game, whatever it does at that moment, with the status of the shells."""
        before = [signal.signal(deadly, lambda number, _: self.now(_SIGNALLED + number)) for deadly in DEADLY]
        yield
        for number, handler in zip(DEADLY, before, strict=True):
            signal.signal(number, handler)

    def now(self, status: int) -> NoReturn:
        """End the game: give the terminal back, say the last words, leave."""
        for number in DEADLY:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(status))
        signal.alarm(PATIENCE)
        try:
            TERMINAL.give_back()
            self.speak()
        finally:
            os._exit(status)

    def failed(self, problem: BaseException) -> None:
        """The game itself has failed: give the terminal back, tell where, say the last words."""
        TERMINAL.give_back()
        _print(sys.__stderr__, [failure_text(problem)])
        self.speak()

    def speak(self) -> None:
        """Say the last words."""
        _print(sys.__stdout__, self.last_words())


def failure_text(problem: BaseException) -> str:
    """What failed and where, in one line."""
    what = "".join(traceback.format_exception_only(problem)).strip()
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"oomrace has failed, which is a mistake of its own: {what}{place}"


def _print(stream: TextIO | None, lines: Iterable[str]) -> None:
    """Write lines past all that stands in between; a terminal that is gone takes none."""
    if stream is not None:
        rest = "".join(f"{line}\n" for line in lines).encode(stream.encoding, "backslashreplace")
        with suppress(OSError, ValueError):
            while rest:
                rest = rest[os.write(stream.fileno(), rest) :]
