# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels.listing import Listed, Pack
from tui.view.goals import goal_text, score_text
from tui.view.stars import NO_STANDING, LevelStanding, Standings


def list_lines(pack: Pack, standings: Standings) -> Iterator[str]:
    """All levels by chapter, with par where the list knows it, and where each stands with the player."""
    for chapter in pack.chapters:
        yield chapter.title + (f" ({chapter.versions})" if chapter.versions else "")
        for level in pack.in_chapter(chapter.id):
            yield f"  {level_entry(level, standings.get(level.id, NO_STANDING))}"
        for id_ in pack.broken_in(chapter.id):
            yield f"  {id_}  broken"


def level_entry(level: Listed, standing: LevelStanding) -> str:
    """A level in a list: id, title, goal, par where it is known, the player's best, his stars, the help that he had."""
    par = f" Par: {level.par}." if level.par else ""
    own = f" Best: {score_text(rating.best)}. {standing.stars_text}." if (rating := standing.rating) else ""
    help_ = f" Help: {standing.help}." if standing.help else ""
    stop = "" if level.title[-1:] in "?!." else "."
    return f"{level.id}  {level.title}{stop} Goal: {goal_text(level)}.{par}{own}{help_}"
