# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the player starts the game for the first time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from puzzles.levels.errors import LevelError
from puzzles.storage import Missing, StorageError, make_folder, read_file, write_file

if TYPE_CHECKING:
    from puzzles.levels import Level
    from tui.player.services import Services

NAME: Final = "welcomed"
_TEXT: Final = b"The opening page of oomrace was shown; without this file it is shown once more.\n"


@frozen
class FirstStart:
    """What the player's folder says of it; with None it never is the first."""

    folder: Path | None = None

    def take(self) -> bool:
        """Whether this is the first start. It is no more from here on, as far as that can be written down."""
        if self.folder is None or not self._is_new(self.folder):
            return False
        with suppress(StorageError):  # then the page is shown again, which harms nobody
            make_folder(self.folder)
            write_file(self.folder / NAME, _TEXT, over=False)
        return True

    @staticmethod
    def _is_new(folder: Path) -> bool:
        try:
            read_file(folder / NAME, len(_TEXT))
        except Missing:
            return True
        except StorageError:
            return False
        return False


def first_level(services: Services) -> Level | None:
    """The level whose machine the opening page draws; None for packs of others, and for what cannot be read."""
    pack = services.pack
    if pack.folder is not None or not pack.ids:
        return None
    try:
        return pack.level(pack.ids[0])
    except LevelError:
        return None
