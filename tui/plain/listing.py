# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels.listing import Listed, Pack
from tui.view.goals import goal_text, score_text
from tui.view.stars import NO_STANDING, REACHED, LevelStanding, Standings, variant_text


def list_lines(pack: Pack, standings: Standings) -> Iterator[str]:
    """All levels by chapter, with par where the list knows it, and where each stands with the player."""
    for chapter in pack.chapters:
        yield chapter.title + (f" ({chapter.versions})" if chapter.versions else "")
        for level in pack.in_chapter(chapter.id):
            indent = "    " if level.variant_of else "  "
            yield f"{indent}{level_entry(level, standings.get(level.id, NO_STANDING))}"
        for id_ in pack.broken_in(chapter.id):
            yield f"  {id_}  broken"


def level_entry(level: Listed, standing: LevelStanding) -> str:
    """A level in a list: id, title, goal, par where it is known, the player's best, his stars, the help that he had."""
    par = f" Par: {level.par}." if level.par else ""
    best = f" Best: {score_text(rating.best)}." if (rating := standing.rating) else ""
    own = f" {standing.stars_text.capitalize()}." if standing.stars_text else ""
    own = f" {REACHED.capitalize()}." if standing.reached else own
    variant = f" {variant_text(level).capitalize()}." if level.variant_of else ""
    help_ = f" Help: {standing.help}." if standing.help else ""
    stop = "" if level.title[-1:] in "?!." else "."
    return f"{level.id}  {level.title}{stop}{variant} Goal: {goal_text(level)}.{par}{best}{own}{help_}"
