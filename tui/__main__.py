# SPDX-License-Identifier: GPL-2.0-or-later
"""The program `oomrace`."""

from __future__ import annotations

import gc
import os
import sys
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

INTERRUPTED = 130

_NEW_OBJECTS = 200_000
"""After so many the collector looks for circles among them; Python's 700 are passed a hundred times while we load."""


def main() -> int:
    """Run the program with the arguments that it was started with; its exit code."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        return _run()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as problem:
        _forget_output()
        if not isinstance(problem, BrokenPipeError):
            from puzzles.storage import unwritable

            sys.stderr.write(f"Error: {problem.filename or 'the output'} {unwritable(problem)}\n")
        return 1
    finally:
        gc.freeze()  # Python would look for circles in all that is about to go


def _run() -> int:
    _show_every_character()
    import click

    from tui.cli.arguments import oomrace

    try:
        code = oomrace.main(prog_name="oomrace", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as problem:
        _tell(problem)
        return problem.exit_code
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


def _tell(problem: click.ClickException) -> None:
    """Say on the error stream what is wrong, without what in it could drive the terminal: it quotes what was typed."""
    from puzzles.characters import harmless

    message = StringIO()
    problem.show(message)
    sys.stderr.write(harmless(message.getvalue()))


def _show_every_character() -> None:
    """Never fail for a character that the terminal's encoding does not have."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def _forget_output() -> None:
    """Standard output takes no more: let what is left of it go nowhere, without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
