# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts in which terms of the glossary are marked where a page uses them first, and the terms themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from puzzles import glossary
from puzzles.glossary.model import Term
from puzzles.glossary.uses import Use, first_uses
from tui.lines.text import MUTED, Hanging, line
from tui.view.terms import all_terms_text, more_text

MARK = "underline"
"""It shows without colours, too, and copying a text does not copy it."""

_LOADED = "puzzles.glossary.load"


def is_loaded() -> bool:
    """Whether marking terms takes no time for loading the glossary."""
    return _LOADED in sys.modules


def marked(texts: Sequence[str]) -> list[Content]:
    """The texts of a page in their order, each term marked at its first use."""
    firsts = first_uses(texts, glossary.game_glossary())
    return [_marked(text, uses) for text, uses in zip(texts, firsts, strict=True)]


def _marked(text: str, uses: Iterable[Use]) -> Content:
    content = Content(text)
    for use in uses:
        content = content.stylize(MARK, use.start, use.end)
    return content


def marked_terms(lines: Iterable[Content | Hanging]) -> Iterator[Term]:
    """The terms that are marked in the lines of a page."""
    for text in lines:
        content = text.text if isinstance(text, Hanging) else text
        for span in content.spans:
            term = glossary.game_glossary().find(content.plain[span.start : span.end]) if span.style == MARK else None
            if term is not None:
                yield term


def term_lines(terms: Iterable[Term]) -> Iterator[Content | Hanging]:
    """Terms one below the other, then the names of all."""
    for term in terms:
        yield line((term.name, "bold $text-primary"))
        yield Hanging(Content(f"  {term.what}"), 2)
        yield Hanging(Content(f"  {term.why}"), 2)
        yield Hanging(line((f"  {more_text(term)}", MUTED)), 2)
        yield Content()
    yield Content(all_terms_text(glossary.game_glossary()))
