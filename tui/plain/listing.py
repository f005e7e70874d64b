# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from puzzles.judging.score import Score
from puzzles.levels.listing import Listed, Pack
from tui.view.goals import goal_text, score_text


def list_lines(pack: Pack, bests: Mapping[str, Score]) -> Iterator[str]:
    """All levels by chapter, with par where the list knows it, and the player's best."""
    for chapter in pack.chapters:
        yield chapter.title + (f" ({chapter.versions})" if chapter.versions else "")
        for level in pack.in_chapter(chapter.id):
            yield f"  {level_entry(level, bests.get(level.id))}"
        for id_ in pack.broken_in(chapter.id):
            yield f"  {id_}  broken"


def level_entry(level: Listed, best: Score | None) -> str:
    """A level in a list: id, title, goal, par where it is known, and the player's best."""
    par = f" Par: {level.par}." if level.par else ""
    own = f" Best: {score_text(best)}." if best else ""
    stop = "" if level.title[-1:] in "?!." else "."
    return f"{level.id}  {level.title}{stop} Goal: {goal_text(level)}.{par}{own}"
