# SPDX-License-Identifier: GPL-2.0-or-later
"""What a glossary keeps to, beyond the shape of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from puzzles.glossary.model import Glossary, Term, key
from puzzles.levels.limits import MAX_ITEMS, MAX_LINE
from puzzles.levels.rules import LEVEL_ID, NOTE, WrongKey

MAX_TERMS: Final = 300
"""Terms of a glossary."""

MAX_NAME: Final = 40
"""Characters of a name or a form."""

_END_INSIDE: Final = re.compile(r"[.!?]\s+[A-Z]")
_PAGE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")


def findings(glossary: Glossary) -> Iterator[WrongKey]:
    """What is wrong with a glossary: the path of each key, and a sentence."""
    if len(glossary.terms) > MAX_TERMS:
        yield "term", f"has {len(glossary.terms)} entries; at most {MAX_TERMS}"
    owners: dict[str, Term] = {}
    for index, term in enumerate(glossary.terms[:MAX_TERMS]):
        for name, message in (*_names(term, owners), *_sentences(term), *_places(term)):
            yield f"term[{index}].{name}", message


def _names(term: Term, owners: dict[str, Term]) -> Iterator[WrongKey]:
    """`owners` maps the keys of all spellings so far to the terms that have them."""
    if len(term.forms) > MAX_ITEMS:
        yield "forms", f"has {len(term.forms)} entries; at most {MAX_ITEMS}"
    for name, spelling in (("name", term.name), *(("forms", form) for form in term.forms[:MAX_ITEMS])):
        if not key(spelling) or len(spelling) > MAX_NAME or not spelling.isprintable():
            yield name, f"{spelling[:50]!r} is no name; write one to {MAX_NAME} characters"
        elif owners.setdefault(key(spelling), term) is not term:
            yield name, f"{spelling!r} belongs to {owners[key(spelling)].name!r} already; give it to one of the two"


def _sentences(term: Term) -> Iterator[WrongKey]:
    for name, text in (("what", term.what), ("why", term.why)):
        if not text.strip():
            yield name, "is empty; write one sentence"
        elif len(text) > MAX_LINE:
            yield name, f"has {len(text)} characters; at most {MAX_LINE}"
        elif not text.endswith(".") or _END_INSIDE.search(text) or "\n" in text:
            yield name, "is not one sentence; write one, with a full stop at its end and none before it"


def _places(term: Term) -> Iterator[WrongKey]:
    if not LEVEL_ID.fullmatch(term.level):
        yield "level", f"{term.level[:50]!r} is no level; write the id of one that shows the term, such as tour/1"
    if not 0 < len(term.more) <= MAX_ITEMS:
        yield "more", f"has {len(term.more)} entries; name the sections or pages that say so, at most {MAX_ITEMS}"
    for place in term.more[:MAX_ITEMS]:
        if not NOTE.fullmatch(place) and not _PAGE.fullmatch(place):
            yield "more", f"{place[:50]!r} is no section of the notes and no page; write 4.5, or kernel-c"
