# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of stored wins by their names alone, which claim a level and a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from puzzles.judging.score import Score

Claims: TypeAlias = Sequence[tuple[Score, Path]]

MAX_FILES: Final = 1_000
"""Wins of one level that are looked at."""

_NAME: Final = re.compile(r"(?P<level>.+)\.p(?P<preemptions>\d{1,9})\.s(?P<steps>\d{1,9})\.[0-9a-f]{16}\.race")


class RecordError(Exception):
    """A win that could not be written; `text` is its replay, so that it can be shown instead of being lost."""

    def __init__(self, message: str, text: str) -> None:
        """Keep the replay beside the message."""
        super().__init__(message)
        self.text = text


def stem(level_id: str) -> str:
    """How the names of a level's wins begin."""
    return level_id.replace("/", "-")


def claimed_wins(folder: Path) -> Mapping[str, Claims]:
    """The files in a folder whose names say that they are wins, by the stem of their level, the best score first.

    None of them is verified. Raises RecordError for a folder that cannot be read.
    """
    try:
        names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    except OSError as problem:
        raise RecordError(f"cannot read {folder}: {problem.strerror}; make it readable", "") from None
    claims: dict[str, list[tuple[Score, Path]]] = {}
    for match in filter(None, map(_NAME.fullmatch, names)):
        score = Score(int(match["steps"]), int(match["preemptions"]))
        claims.setdefault(match["level"], []).append((score, folder / match[0]))
    for of_level in claims.values():
        of_level.sort(key=lambda claim: (claim[0].preemptions, claim[0].steps))
    return claims


def best_claim(claims: Claims, verified: Callable[[Path], Score | None]) -> tuple[Score, Path] | None:
    """The best of a level's wins; None where none of the files is one.

    `verified` is the score that a file is really worth, None where it is no win.
    """
    best: tuple[Score, Path] | None = None
    for claim, path in claims[:MAX_FILES]:
        if best is not None and not claim.better(best[0]):
            break
        score = verified(path)
        if score is not None and score.better(best[0] if best else None):
            best = score, path
    return best
