# SPDX-License-Identifier: GPL-2.0-or-later
"""The program as a player starts it: in a process of its own, or, where that shows nothing more, in this one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

from click.testing import CliRunner, Result

from tui.cli.arguments import oomrace

ROOT = Path(__file__).parents[2]
SECONDS, PAUSE = 60, 3
COMMAND = (sys.executable, "-m", "tui")
DROPPED = ("NO_COLOR", "TERM", "COLUMNS", "LINES")
"""What the environment of the tests says of their own terminal; pytest-xdist sets the size."""

SOLUTIONS = {
    "tour/7": "A13",
    "tour/4": "R25",
    "in-place/1": "A6 R22 A3",
    "in-place/2": "A6 R14 A3",
    "in-place/3": "A7 R14 A12",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a player whose data, settings and cache are in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    own = {f"OOMRACE_{name.upper()}_DIR": str(home / name) for name in ("data", "config", "cache")}
    return {**kept, **own, **more}


def start(home: Path, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, fed through a pipe."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(home, **more),
        timeout=SECONDS,
        check=False,
    )


def call(*arguments: str, typed: str | bytes = "", env: Mapping[str, str] | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(oomrace, list(arguments), input=typed, env=env)


# The terminal becomes the one that sends ctrl+c.
_IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


# A leader of the session that outlives the hangup and waits for the game, as make does.
_UNDER_MAKE = """
import fcntl, signal, subprocess, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, lambda *_: None)
sys.exit(subprocess.call(sys.argv[1:]))
"""


# A shell with job control, which brings back at once what was stopped: make, and below it the game.
_UNDER_SHELL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
game = os.fork()
if not game:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    make = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    os.execv(sys.executable, [sys.executable, "-c", make, *sys.argv[1:]])
while True:
    _, status = os.waitpid(game, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    os.tcsetpgrp(0, os.getpid())
    cooked = termios.tcgetattr(0)[3] & termios.ICANON
    os.write(1, b"the shell has it, cooked" if cooked else b"the shell has it, raw")
    os.tcsetpgrp(0, game)
    os.killpg(game, signal.SIGCONT)
"""
NOTHING: Mapping[str, str] = {}
UNDER = {"": _IN_TERMINAL, "make": _UNDER_MAKE, "shell": _UNDER_SHELL}


@contextmanager
def terminal(
    home: Path,
    *arguments: str,
    term: str,
    rows: int = 24,
    columns: int = 80,
    under: str = "",
    program: str = "",
    more: Mapping[str, str] = NOTHING,
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program in a terminal of its own, and the other end of that terminal.

    `program` is Python text to run in its place, `more` goes into its environment.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    command = (sys.executable, "-c", program) if program else COMMAND
    with subprocess.Popen(
        [sys.executable, "-c", UNDER[under], *command, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=environment(home, TERM=term, **more),
        start_new_session=True,
    ) as game:
        os.close(theirs)
        try:
            yield game, ours
        finally:
            game.kill()
            os.close(ours)


def until(end: int, text: bytes, press: bytes = b"") -> bytes:
    """What a terminal shows up to a text, with a key pressed now and then until that comes.

    Fails where it does not come in time, and raises OSError where the program ends without it.
    """
    shown, late = b"", monotonic() + SECONDS  # a cursor that blinks never ends
    for _ in range(SECONDS // PAUSE):
        os.write(end, press)
        while select.select([end], [], [], PAUSE)[0] and monotonic() < late:
            shown += os.read(end, 1 << 16)
            if text in shown:
                return shown
    raise AssertionError(f"{text!r} did not come within {SECONDS} seconds after {shown!r}")


def glance(end: int) -> bytes:
    """What a terminal shows right now."""
    return os.read(end, 1 << 16) if select.select([end], [], [], 0.05)[0] else b""


def drain(end: int) -> bytes:
    """What a terminal still shows until the program has left it."""
    shown = b""
    with suppress(OSError):
        while select.select([end], [], [], SECONDS)[0] and (more := os.read(end, 1 << 16)):
            shown += more
    return shown
