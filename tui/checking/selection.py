# SPDX-License-Identifier: GPL-2.0-or-later
"""From what was typed after `check` to levels of packs. Everything here raises BadInput."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from attrs import frozen

from puzzles.levels import LevelError, Pack
from puzzles.levels.files import campaign
from puzzles.levels.locate import Located, locate
from tui.player.command_line import command_line
from tui.player.failure import BadInput
from tui.player.packs import level_text, open_pack

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*(/[0-9]+)?")


@frozen
class Selection:
    """Levels of a pack to check, by id in the order of the pack, broken ones too; `whole` where these are all."""

    pack: Pack
    ids: tuple[str, ...]
    whole: bool

    @property
    def own(self) -> bool:
        """Whether the pack is the game's own, whose levels have stored solutions."""
        folder = self.pack.folder
        return folder is None or folder.resolve() == Path(str(campaign().path)).resolve()


def selected(targets: Sequence[str], folder: Path | None) -> list[Selection]:
    """The levels that are meant by folders and ids; the ids are those of the pack in `folder`, None for the game's.

    Without targets it is all of that pack.
    """
    packs: dict[str, Pack] = {}
    asked: dict[str, list[str]] = {}
    for where, id_ in [_located(target, folder) for target in targets] or [(folder, "")]:
        key = str(where)
        packs.setdefault(key, open_pack(where))
        asked.setdefault(key, []).append(id_)
    return [_selection(packs[key], ids) for key, ids in asked.items()]


def _located(target: str, folder: Path | None) -> tuple[Path | None, str]:
    """The pack of a target (None: the game's), and the id in it."""
    path = Path(target)
    if not path.is_dir() and _ID.fullmatch(target):
        return folder, target
    try:
        located: Located = locate(path)
    except LevelError as error:
        raise BadInput(level_text(error)) from None
    return located.pack, located.id


def _selection(pack: Pack, asked: Sequence[str]) -> Selection:
    everything = tuple(_all_ids(pack))
    if not everything:
        raise BadInput(f"{pack.folder or pack.title}: this pack holds no level; add one, such as basics/1/level.toml")
    chosen = {id_ for name in asked for id_ in _matching(pack, everything, name)}
    return Selection(pack, tuple(id_ for id_ in everything if id_ in chosen), "" in asked)


def _all_ids(pack: Pack) -> Iterator[str]:
    for chapter in pack.chapters:
        yield from (level.id for level in pack.in_chapter(chapter.id))
        yield from pack.broken_in(chapter.id)


def _matching(pack: Pack, everything: Sequence[str], asked: str) -> Sequence[str]:
    """The ids that are meant by the id of a level, of a chapter, or "" for all."""
    ids = [id_ for id_ in everything if asked in ("", id_, id_.partition("/")[0])]
    if not ids:
        chapters = [chapter.id for chapter in pack.chapters]
        close = get_close_matches(asked, [*everything, *chapters], 3)
        listed = f"`{command_line('levels', pack=pack)}` lists them all"
        advice = f"did you mean {' or '.join(close)}?" if close else listed
        raise BadInput(f"no folder, chapter or level {asked!r} in {pack.title!r}; {advice}")
    return ids
