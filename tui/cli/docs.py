# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace docs`."""

from __future__ import annotations

from puzzles.notes import page, page_names
from tui.player.failure import BadInput, ExitCode
from tui.terminal.echo import echo


def docs(name: str | None) -> ExitCode:
    """Print a page of docs/ as it stands there, or the names of all."""
    try:
        echo(page(name) if name else "\n".join(page_names()), nl=not name)
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    return ExitCode.DONE
