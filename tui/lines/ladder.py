# SPDX-License-Identifier: GPL-2.0-or-later
"""Why did this happen: the words that several threads touch, and every access to them in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from tui.lines.text import MUTED, line, thread_style
from tui.view.model import LadderRung
from tui.view.roles import Role

LadderEntry = tuple[Content, int | None]


def ladder_entries(ladder: Sequence[LadderRung], threads: Mapping[str, Role]) -> Iterator[LadderEntry]:
    """Lines of the ladder, each with the step that it belongs to; a word's heading has none.

    Each thread has a column of its own, in the order of `threads`: their roles by letter.
    """
    letters = list(threads)
    name = ""
    for rung in ladder:
        if rung.name != name:
            name = rung.name
            yield line((name, "bold")), None
        index = letters.index(rung.letter)
        style = f"bold {thread_style(threads[rung.letter])}"
        who = ("  " + "   " * index + rung.letter + "   " * (len(letters) - index - 1), style)
        note = ("  <- " + rung.note, "bold $text-warning") if rung.note else ("", "")
        walk = (f"  {rung.walk}" if rung.walk else "", MUTED)
        yield line(who, (f"{rung.step:5}  ", MUTED), rung.text, note, walk), rung.step
