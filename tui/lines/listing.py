# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels, and what it says of one. Nothing here needs a level that is loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from textual.content import Content

from puzzles.levels.listing import Chapter, Listed, Pack
from tui.lines.text import MUTED, Hanging, fit, line
from tui.view.goals import list_goal, score_text, short_goal
from tui.view.stars import NO_STANDING, REACHED, LevelStanding, drawn, variant_text


def chapter_line(chapter: Chapter) -> Content:
    """A chapter's heading in the list of levels: title, kernel versions, and one sentence."""
    title = line((chapter.title, "bold $text-primary"), (f"   {chapter.versions}", MUTED))
    return line(title, "\n", (chapter.about, MUTED)) if chapter.about else title


def tally(pack: Pack, won: Collection[str]) -> str:
    """How many levels of a pack are won, variants left out; `won` holds the ids of all levels that are."""
    count, levels = sum(id_ in won for id_ in pack.own_ids), len(pack.own_ids)
    return f"all {count} levels are won" if count == levels > 0 else f"{count} of {levels} levels won"


ID_CELLS: Final = 14
TITLE_CELLS: Final = 30
GOAL_CELLS: Final = 27
"""The columns of a level's id, title and goal in the list, which is 80 wide."""


def level_line(level: Listed, standing: LevelStanding) -> Content:
    """A level in the list: its stars, id, title, and the best score or else the goal."""
    rating = standing.rating
    mark = (f"{drawn(standing.stars)} ", "bold $text-success") if rating else ("  \u00b7 ", MUTED)
    mark = ("  ~ ", "bold $text-warning") if standing.reached else mark
    if level.variant_of:
        mark = ("\u2713 \u2514 ", "bold $text-success") if standing.settled else ("  \u2514 ", MUTED)
    result = score_text(rating.best) if rating else list_goal(level)
    title = fit(Content(level.title), TITLE_CELLS)
    gap = " " * (TITLE_CELLS - title.cell_length + 1)
    return line(mark, (f"{level.id:<{ID_CELLS}} ", MUTED), title, gap, (fit(Content(result), GOAL_CELLS).plain, MUTED))


def broken_line(id_: str) -> Content:
    """A level that cannot be loaded, in the list."""
    return line(
        ("  ! ", "bold $text-error"),
        (f"{id_:<{ID_CELLS}} ", MUTED),
        ("cannot be loaded; enter says why", "$text-error"),
    )


def level_detail(level: Listed, standing: LevelStanding = NO_STANDING) -> Iterator[Content | Hanging]:
    """What a level is about, with its par where the list knows it, and what has helped the player with it."""
    origin = "    ".join(
        filter(
            None, (f"Linux {level.era}" if level.era else "", variant_text(level) and f"{variant_text(level)}, no star")
        )
    )
    yield line((f"{level.title}  ", "bold"), (origin, MUTED))
    yield Hanging(line(("new   ", MUTED), level.idea), 6)
    best = f"    par  {level.par}" if level.par else ""
    blindfold = "    won blindfold" if standing.rating and standing.rating.blindfold else ""
    helped = f"    help  {standing.help}" if standing.help else blindfold
    helped = f"    {REACHED}" if standing.reached else helped
    yield Hanging(line(("goal  ", MUTED), short_goal(level), (best, MUTED), (helped, MUTED)), 6)


def broken_detail(pack: Pack, id_: str) -> Iterator[Content]:
    """Why a level is broken; nothing for an id that is none."""
    if id_ in pack.broken:
        yield line((str(pack.broken[id_].problems[0]), "$text-error"))
