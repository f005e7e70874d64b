# SPDX-License-Identifier: GPL-2.0-or-later
"""Where journals lie: their names tell the level, so that nothing is read where there is none."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"(?P<level>.+)\.[0-9a-f]{16}\.journal")


def journal_paths(folder: Path, level_id: str) -> Iterator[Path]:
    """The journals of a level, by their names."""
    try:
        names = [path.name for path in folder.iterdir()]
    except (OSError, ValueError):
        return  # no folder, no runs
    for match in map(_NAME.fullmatch, names):
        if match and match["level"] == _stem(level_id):
            yield folder / match[0]


def new_journal_path(folder: Path, level_id: str) -> Path:
    """A name for a new journal."""
    return folder / f"{_stem(level_id)}.{secrets.token_hex(8)}.journal"


def _stem(level_id: str) -> str:
    return level_id.replace("/", "-")
