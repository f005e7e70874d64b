# SPDX-License-Identifier: GPL-2.0-or-later
"""What the file of the time line keeps to, beyond its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from puzzles.history.model import Era, Fact, History
from puzzles.levels.limits import MAX_HINT, MAX_ITEMS
from puzzles.levels.rules import COMMIT, KERNEL_NAME, NOTE, WrongKey, columns

MAX_ERAS: Final = 100
"""Eras of a time line."""

MAX_TITLE: Final = 40
"""Columns of an era's title, and of its versions: a time line has both in one line."""

_YEARS: Final = range(1991, 2101)
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")


def findings(history: History) -> Iterator[WrongKey]:
    """What is wrong with a time line."""
    if len(history.eras) > MAX_ERAS:
        yield "era", f"has {len(history.eras)} entries; at most {MAX_ERAS}"
    for index, era in enumerate(history.eras[:MAX_ERAS]):
        earlier = history.eras[:index]
        wrong = (*_identity(era, earlier), *_kernel(era, earlier), *_texts(era), *_commits(era))
        yield from ((f"era[{index}].{key}", message) for key, message in wrong)


def _identity(era: Era, earlier: Sequence[Era]) -> Iterator[WrongKey]:
    if not _ID.fullmatch(era.id):
        yield "id", f"{era.id[:50]!r} is no id; use small letters, digits and dashes, and begin with a letter"
    if era.id in [other.id for other in earlier]:
        yield "id", f"{era.id!r} stands twice; give each era its own"
    if era.year not in _YEARS:
        yield "year", f"{era.year} is no year of Linux; write one from {_YEARS[0]} on"
    elif earlier and era.year < earlier[-1].year:
        yield "year", f"{era.year} comes after {earlier[-1].year}; put the eras in order of time"
    if era.chapter and not _ID.fullmatch(era.chapter):
        yield "chapter", f"{era.chapter[:50]!r} is no chapter; write the name of its folder, such as in-place"


def _kernel(era: Era, earlier: Sequence[Era]) -> Iterator[WrongKey]:
    if era.kernel and not KERNEL_NAME.fullmatch(era.kernel):
        yield "kernel", f"{era.kernel[:50]!r} is no file name; write a name like linux-2.6.31.c, without folders"
    if era.kernel and era.kernel in [other.kernel for other in earlier]:
        yield "kernel", f"{era.kernel!r} is that of another era; give each its own"
    if era.kernel and not era.first:
        yield "versions", "begins with no release, which an era with a kernel needs; write it like 2.6.31 - 2.6.34"
    before = [other.id for other in earlier if other.kernel]
    if era.before and (not era.kernel or era.before not in before):
        yield "before", f"{era.before[:50]!r} is no earlier era with a kernel; there are: {', '.join(before) or 'none'}"


def _texts(era: Era) -> Iterator[WrongKey]:
    for key in ("title", "versions", "scheme"):
        text = getattr(era, key)
        if columns(text) > MAX_TITLE or "\n" in text:
            yield key, f"is longer than {MAX_TITLE} columns; shorten it"
    if not era.title.strip():
        yield "title", "is empty; write what a player needs to read there"
    yield from _sections("sections", era.sections)
    for key, fact in era.facts:
        yield from _fact(key, fact)


def _fact(key: str, fact: Fact) -> Iterator[WrongKey]:
    if not fact.text:
        yield f"{key}.text", "is empty; write what a player needs to read there"
    if len(fact.text) > MAX_HINT:
        yield f"{key}.text", f"has {len(fact.text)} characters; at most {MAX_HINT}"
    yield from _sections(f"{key}.sections", fact.sections)


def _sections(key: str, sections: Sequence[str]) -> Iterator[WrongKey]:
    if not 0 < len(sections) <= MAX_ITEMS:
        yield (
            key,
            f"has {len(sections)} entries; name the sections of the notes that say so, at most {MAX_ITEMS}",
        )
    for index, section in enumerate(sections):
        if not NOTE.fullmatch(section):
            yield f"{key}[{index}]", f"{section[:50]!r} is no section; write it like 4.5"


def _commits(era: Era) -> Iterator[WrongKey]:
    if len(era.commits) > MAX_ITEMS:
        yield "commits", f"has {len(era.commits)} entries; at most {MAX_ITEMS}"
    for index, commit in enumerate(era.commits):
        if not COMMIT.fullmatch(commit.id):
            yield f"commits[{index}].id", f"{commit.id[:50]!r} is no commit id; write 7 to 40 hex digits, better 12"
        for key in ("when", "what", "author"):
            text = getattr(commit, key)
            if columns(text) > 2 * MAX_TITLE or "\n" in text:
                yield f"commits[{index}].{key}", f"is longer than {2 * MAX_TITLE} columns; shorten it"
