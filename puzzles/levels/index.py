# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of the game's levels, kept from one start to the next: nothing is parsed or compiled that is not shown."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict

from puzzles.judging.ask import Ask
from puzzles.judging.score import Score
from puzzles.levels.listing import Chapter, Listed, ListedGoal, ListedThread, Pack
from puzzles.storage.sealed import WRONG, keep_sealed, read_sealed

if TYPE_CHECKING:
    from puzzles.levels.model import Level

_NAME: Final = "levels"


def read_index(folder: Path) -> Pack | None:
    """The game's own pack by its index in a folder; its levels are loaded when they are opened.

    None where there is no index that is true and whole.
    """
    try:
        return _pack(read_sealed(folder, _NAME))
    except WRONG:
        return None


def keep_index(folder: Path, pack: Pack) -> None:
    """Write the index of the game's own pack, if that is possible: a whole one, in which all par is known."""
    if pack.folder is None and pack.proved and not pack.broken and not pack.problems:
        chapters, levels = map(asdict, pack.chapters), map(asdict, pack.listed)
        keep_sealed(folder, _NAME, {"title": pack.title, "chapters": list(chapters), "levels": list(levels)})


def _pack(values: dict[str, Any]) -> Pack:
    chapters = tuple(_chapter(chapter) for chapter in values["chapters"])
    listed = tuple(_listed(level) for level in values["levels"])
    return Pack(values["title"], chapters, listed, open=cache(_open), proved=True)


def _chapter(values: dict[str, Any]) -> Chapter:
    levels = tuple(values.pop("levels"))
    return Chapter(levels=levels, **values)


def _listed(values: dict[str, Any]) -> Listed:
    threads = tuple(ListedThread(**thread) for thread in values.pop("threads"))
    scores = tuple(Score(**score) for score in values.pop("best_scores"))
    goal, commits = ListedGoal(**values.pop("goal")), tuple(values.pop("commits"))
    ask, rule_words = Ask(values.pop("ask")), tuple(values.pop("rule_words"))
    return Listed(
        goal=goal, ask=ask, commits=commits, threads=threads, best_scores=scores, rule_words=rule_words, **values
    )


def _open(id_: str) -> Level:
    pack = import_module("puzzles.levels.pack")  # parser and rules, which a list does not need
    level: Level = pack.game_level(id_)
    return level
