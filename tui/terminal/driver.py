# SPDX-License-Identifier: GPL-2.0-or-later
"""Textual's driver for terminals, except for what it does with bytes that are no keys, and with signals.

Needless once Textual survives invalid UTF-8 (Textualize/textual#6456), no longer takes unknown escape sequences for
keys (as its pull request #570 decided), and knows a SIGCONT that no stop of its own came before.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.input import Input
from tui.terminal.modes import TERMINAL

_SIZE, _SECONDS = 4096, 0.05


class GameDriver(LinuxDriver):
    """No bytes end the game, and none are keys but those of keys."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.suspended = False
        error = sys.__stderr__
        assert error is not None
        self.output = os.fdopen(os.dup(error.fileno()), "w", encoding=error.encoding, errors="backslashreplace")
        self._file = self.output

    def start_application_mode(self) -> None:
        """Take the terminal."""
        TERMINAL.take(self.output.fileno())
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.suspended = self.suspended and not self.reading

    def stop_application_mode(self) -> None:
        """Leave all modes."""
        super().stop_application_mode()
        self.write("\x1b[?1016l")  # asked for, but never taken back

    def suspend_application_mode(self) -> None:
        """Leave all modes for a while."""
        super().suspend_application_mode()
        self.suspended = True

    def close(self) -> None:
        """All is written: the terminal is the shell's again."""
        super().close()
        TERMINAL.release()

    @property
    def reading(self) -> bool:
        """Whether the screen has the terminal."""
        return self._key_thread is not None and self._key_thread.is_alive()

    def stop_job(self) -> None:
        """Stop as by ctrl+z, with all that the shell started together; only then does the shell take the terminal."""
        self.suspend_application_mode()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)  # the kernel stops us here, before any shell can wake us
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, ours)
        self._soon(self._wake)

    def _sigtstp_application(self, *_: object) -> None:
        self._soon(self._stop)

    def _stop(self) -> None:
        if self.reading:
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        self._soon(self._go_on)

    def _soon(self, act: Callable[[], object]) -> None:
        """Act between two things rather than in the middle of one."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)

    def _wake(self) -> None:
        """Take the terminal again, if nobody has: where the shell is gone there was no stop."""
        if self.suspended:
            self._go_on()

    def _go_on(self) -> None:
        """Take the terminal again; also from a shell that took it without a word, as after a SIGSTOP."""
        if self.reading:
            self.suspend_application_mode()
        if self.suspended:
            self._must_signal_resume = True
            super()._sigcont_application()

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the app has to know
            self._app.call_later(_fail, problem)

    def run_input_thread(self) -> None:
        """Read until the screen leaves the terminal, or the terminal goes away, which others tell."""
        received = Input()
        while not self.exit_event.is_set():
            ready = select.select([self.fileno], [], [], _SECONDS)[0]
            try:
                data = os.read(self.fileno, _SIZE) if ready else b""
            except OSError:
                return
            if ready and not data:
                return
            for message in received.feed(data, monotonic()):
                self.process_message(message)


def _fail(problem: Exception) -> None:
    raise problem
