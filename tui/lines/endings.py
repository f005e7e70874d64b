# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages of running text at the end of a level: what a run came to, and what became of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from tui.lines.terms import marked
from tui.lines.text import MUTED, Hanging, line
from tui.view.parts import EndSection, Headline, Items, LabelledText, Note
from tui.view.sections import Paragraph

LABEL = 13
Text = Content | Hanging


def section_lines(sections: Iterable[EndSection]) -> Iterator[Text]:
    """Sections one below the other, an empty line behind each."""
    parts = [[*section] for section in sections]
    paragraphs = iter(marked([part.text for section in parts for part in section if isinstance(part, Paragraph)]))
    for section in parts:
        for part in section:
            yield from [next(paragraphs)] if isinstance(part, Paragraph) else _part_lines(part)
        yield Content()


def _part_lines(part: Headline | LabelledText | Note | Items) -> Iterator[Text]:
    match part:
        case Headline():
            style = "bold $text-success" if part.good else "bold $text-warning"
            yield line((f"{part.word} ", style), (part.text, "bold"))
        case LabelledText():
            row = line((f"{part.label:<{LABEL}}", MUTED), (part.text, "bold"), (part.more, MUTED))
            yield Hanging(row, LABEL)
        case Note():
            yield line((part.text, MUTED))
        case Items():
            indent = "  " if part.title else ""
            yield from [line((part.title, MUTED))] if part.title else []
            yield from (Hanging(Content(f"{indent}{item}"), 4) for item in part.items)
