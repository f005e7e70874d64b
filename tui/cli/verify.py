# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace verify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from puzzles.levels import Pack
from puzzles.replays import Verdict
from tui.echo import echo
from tui.failure import BadInput, Code
from tui.opening import open_pack, open_replay, open_verdict


def verify(files: Sequence[Path], folder: Path | None, kernel: Path | None) -> Code:
    """Say of each file how well it fits; the worst of what was found is the exit code."""
    pack = open_pack(folder)
    return max((_verify_one(path, pack, kernel) for path in files), default=Code.DONE)


def _verify_one(path: Path, pack: Pack, kernel: Path | None) -> Code:
    try:
        _, verdict = open_verdict(path, open_replay(path), pack, kernel)
    except BadInput as problem:
        echo(f"Error: {problem.message}", err=True)
        return Code.BAD_INPUT
    echo(f"{path}: {verdict}")
    for note in verdict.notes:
        echo(f"  {note}")
    return Code.NOT_REACHED if _fails(verdict) else Code.DONE


def _fails(verdict: Verdict) -> bool:
    return not verdict.fits or bool(verdict.false_claims)
