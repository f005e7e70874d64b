# SPDX-License-Identifier: GPL-2.0-or-later
"""Where texts use the terms of a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from puzzles.glossary.model import Glossary, Term


@frozen
class Use:
    """A place in a text, from one character up to another, at which a term stands."""

    start: int
    end: int
    term: Term


def term_uses(text: str, glossary: Glossary) -> Iterator[Use]:
    """All places of a text at which terms stand, the longer spelling where two begin at one place."""
    for match in _pattern(glossary).finditer(text):
        term = glossary.find(match[0])
        if term is not None:
            yield Use(match.start(), match.end(), term)


def first_uses(texts: Iterable[str], glossary: Glossary) -> Iterator[tuple[Use, ...]]:
    """For each text of a page the places at which a term stands for the first time on that page."""
    seen: set[str] = set()
    for text in texts:
        firsts: list[Use] = []
        for use in term_uses(text, glossary):
            if use.term.name not in seen:
                seen.add(use.term.name)
                firsts.append(use)
        yield tuple(firsts)


@lru_cache(maxsize=4)
def _pattern(glossary: Glossary) -> re.Pattern[str]:
    """What matches each marked spelling, in the plural too, but not inside of a longer word or a C expression."""
    spellings = {spelling for term in glossary.terms for spelling in term.marked}
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return re.compile(rf"(?<![\w.$\"-])(?:{'|'.join(map(_spelt, longest_first))})(?![\w-]|[.]\w)")


def _spelt(spelling: str) -> str:
    """One spelling: its capitals are kept, small letters may be capitals at the start; spaces may be hyphens."""
    first, rest = spelling[0], r"[\s-]+".join(map(re.escape, spelling[1:].split(" ")))
    start = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    plural = "" if not spelling[-1].isalpha() else r"(?:s|es)?"
    if spelling.endswith("y"):
        return f"{start}{rest[:-1]}(?:y|ies)"
    return f"{start}{rest}{plural}"
