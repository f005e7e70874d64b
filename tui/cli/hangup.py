# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of the terminal is the end of the game."""

from __future__ import annotations

import os
import select
import signal
from threading import Thread

STDIN = 0


def end_with_terminal() -> None:
    """From now on end this process when its terminal goes away.

    The kernel tells only the leader of the session, and one that waits for us, as make does, passes nothing on. The
    screen library goes on reading from what is no longer there.
    """
    if os.isatty(STDIN) and hasattr(select, "poll"):
        Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    watch = select.poll()
    watch.register(STDIN, 0)
    if any(flags & select.POLLHUP for _, flags in watch.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
