# SPDX-License-Identifier: GPL-2.0-or-later
"""The modes that the screen puts the terminal into, and the way out of them at any moment."""

from __future__ import annotations

import os
import termios
from contextlib import suppress
from typing import Any

from attrs import define

INPUT = 0
LEAVE = (
    "\x1b\\"  # the end of a sequence that was cut off
    "\x1b[?2026l\x1b[0m"  # shown at once, no colour
    "\x1b[?2004l\x1b[?2048l\x1b[?7h"  # pastes without brackets, no reports of the size, long lines wrap
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # no mouse
    "\x1b[<u\x1b[?1004l"  # keys as ever, no reports of focus
    "\x1b[?1049l\x1b[?25h"  # the shell's lines, and a cursor
)


@define
class Terminal:
    """The terminal of this process.

    While the screen has it, `before` are the settings from before that, and `output` is the file that the screen
    writes to.
    """

    before: list[Any] | None = None
    output: int = -1

    def take(self, output: int) -> None:
        """Remember how the terminal is: the screen is about to take it."""
        with suppress(termios.error):
            self.before, self.output = termios.tcgetattr(INPUT), output

    def release(self) -> None:
        """The screen has given it back."""
        self.before = None

    def give_back(self) -> None:
        """Give it back for a screen that cannot any more: what it still writes goes nowhere."""
        if self.before is None:
            return
        settings, self.before = self.before, None
        with suppress(OSError, termios.error):
            terminal = os.dup(self.output)
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.output)
            if os.tcgetpgrp(INPUT) == os.getpgrp():  # else the shell has it already
                os.write(terminal, LEAVE.encode())
                termios.tcsetattr(INPUT, termios.TCSANOW, settings)
                termios.tcflush(INPUT, termios.TCIFLUSH)


TERMINAL = Terminal()
