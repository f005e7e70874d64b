# SPDX-License-Identifier: GPL-2.0-or-later
"""A search behind a command: how far it is, on a terminal, and ctrl+c, which ends the search alone."""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click
from attrs import define, field

from puzzles.limits.memory import used_memory
from sim.explore import Progress

_PATIENCE, _BETWEEN = 0.3, 0.1


@define(eq=False)
class Watcher:
    """Watches the searches of a command. `memory` is the most that the process was seen to take.

    `interrupted` says that there was a ctrl+c. `what` names what is searched, for the line on the terminal;
    `line` makes another one.
    """

    what: str = ""
    line: Callable[[], str] | None = None
    memory: int = field(factory=used_memory)
    interrupted: bool = False
    _begun: float = field(factory=time.monotonic)
    _told: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has been watching."""
        return time.monotonic() - self._begun

    def __call__(self, progress: Progress) -> str:
        """Tell the progress; say that the search is to stop where there was a ctrl+c."""
        self.memory = max(self.memory, used_memory())
        seconds = self.seconds
        if seconds > _PATIENCE and seconds - self._told > _BETWEEN and sys.stderr.isatty():
            self._told = seconds
            text = self.line() if self.line is not None else self._searched(progress, seconds)
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
        return "stopped by ctrl+c" if self.interrupted else ""

    def _searched(self, progress: Progress, seconds: float) -> str:
        rate = progress.states / seconds
        return f"{self.what}{progress.states:,} states, {progress.frontier:,} waiting, {rate:,.0f} a second"

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Note a ctrl+c; a second one is not waited for."""
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True

    def clear(self) -> None:
        """Take the line away."""
        if self._told:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._told = 0.0


@contextmanager
def watched(what: str = "") -> Iterator[Watcher]:
    """Watch the searches of a command. Where one was stopped by ctrl+c, what it counted can still be told."""
    watcher = Watcher(what)
    before = signal.signal(signal.SIGINT, watcher.interrupt)
    try:
        yield watcher
    finally:
        signal.signal(signal.SIGINT, before)
        gc.unfreeze()
        watcher.clear()
