# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line of schemes: an era as a line of a list, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from puzzles.history import Era, History
from tui.lines.text import MUTED, Hanging, line
from tui.view.eras import (
    CLOSED,
    LABELS,
    UNTITLED,
    EraProgress,
    commit_text,
    commits_text,
    facts,
    levels_text,
    notes_text,
)

INDENT: Final = 14
_VERSIONS: Final = 17
_TITLE: Final = 38


def era_entry(era: Era, progress: EraProgress) -> Content:
    """An era in the list: year, releases, scheme, title, and how many of its levels are won."""
    done, levels = progress.counts
    mark = ("\u2713 ", "bold $text-success") if levels and done == levels else ("  ", "")
    won = f"{done}/{levels}" if levels else ""
    head = (f"{era.year}  {era.versions:<{_VERSIONS}.{_VERSIONS}} {era.scheme:<3}", MUTED)
    return line(mark, head, f"{era.title:<{_TITLE}.{_TITLE}} ", (won, MUTED))


def era_detail(history: History, era: Era, progress: EraProgress) -> Iterator[Content | Hanging]:
    """What an era did, cost and broke by, as far as it can be told, its commits, its kernel file and its levels."""
    releases = f"Linux {era.versions}" if era.versions else ""
    scheme = f"   scheme {era.scheme}" if era.scheme else ""
    yield line((era.title, "bold $text-primary"), (f"   {releases}{scheme}", MUTED))
    if era.commits:
        yield _labelled("commits", commits_text(era))
    now = f"; b tells it now, as help with {levels_text(progress.given_away)}"
    for label in ("did", "cost", "broken", "why"):
        for name, text in facts(era, progress):
            if name == label:
                yield _labelled(LABELS[label], f"{text}{now}" if text == CLOSED else text)
    if era.commits and progress.opened and not progress.titled:
        yield _labelled("titles", f"{UNTITLED}{now}")
    label = "titles" if progress.titled else "dates"
    for index, commit in enumerate(era.commits):
        yield _labelled("" if index else label, commit_text(commit, titled=progress.titled))
    yield _labelled("kernel", _kernel(history, era))
    yield _labelled("levels", str(progress) + (f"; next: {progress.next}" if progress.next else ""))
    yield _labelled("notes", notes_text(era.sections, doubted=era.doubted))


def _kernel(history: History, era: Era) -> str:
    before = history.previous(era)
    after = f", after {before.kernel}" if before else ""
    return f"{era.kernel}{after}" if era.kernel else "none of its own"


def _labelled(label: str, text: str) -> Hanging:
    return Hanging(line((f"{label:<{INDENT}}", MUTED), text), INDENT)
