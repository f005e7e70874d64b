# SPDX-License-Identifier: GPL-2.0-or-later
"""The briefing. Nothing here needs a level that is loaded."""

from __future__ import annotations

from textual.content import Content

from puzzles.levels.listing import Listed
from tui.lines.terms import marked
from tui.lines.text import MUTED, Hanging, line, thread_style
from tui.view.goals import par_text
from tui.view.roles import roles
from tui.view.stars import variant_text
from tui.view.terms import briefing_texts


def briefing_lines(level: Listed, *, marks: bool = True) -> list[Content | Hanging]:
    """What a player reads before a level, with its par where the list knows it; `marks` are those at terms."""
    texts = briefing_texts(level)
    goal, idea, *paragraphs = marked(texts) if marks else map(Content, texts)
    lines: list[Content | Hanging] = [
        line((f"{level.id}  ", MUTED), (f"{level.title}  ", "bold $text-primary"), (variant_text(level), MUTED)),
        *_origin(level),
        Content(),
        line(("goal  ", MUTED), goal.stylize("bold")),
        *([line(("par   ", MUTED), par_text(level))] if level.best_scores else []),
        Hanging(line(("new   ", MUTED), idea), 6),
        Content(),
    ]
    for paragraph in paragraphs:
        lines += [paragraph, Content()]
    role_of = roles(level.threads)
    for thread in level.threads:
        who = (f"{thread.letter} {thread.name}", f"bold {thread_style(role_of[thread.letter])}")
        lines.append(line(who, (f"  cpu {thread.cpu}, node {thread.node}  runs ", MUTED), thread.run))
    return lines


def _origin(level: Listed) -> list[Content]:
    named = [("Linux ", level.era), ("commits ", ", ".join(level.commits))]
    origin = [line((label, MUTED), text) for label, text in named if text]
    return [Content("    ").join(origin)] if origin else []
