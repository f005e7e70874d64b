# SPDX-License-Identifier: GPL-2.0-or-later
"""Terms, and how one is found by what somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from attrs import frozen

MOST_NEAR: Final = 5
"""Names that are offered for a word that is none."""


@frozen
class Term:
    """A term: in one sentence what it is, in one more why it matters here or how to see it.

    `level` is the id of a level that shows it, `more` names what its facts rest on: sections of the notes by number,
    other pages by name. `forms` are further spellings; `common` says that the name is an everyday word too.
    """

    name: str
    what: str
    why: str
    level: str
    more: tuple[str, ...]
    forms: tuple[str, ...] = ()
    common: bool = False

    @property
    def marked(self) -> tuple[str, ...]:
        """The spellings that stand for the term wherever a text has them."""
        return self.forms if self.common else (self.name, *self.forms)


@frozen
class Glossary:
    """All terms, in the order of the file."""

    terms: tuple[Term, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Term]:
        """Terms by the keys of their names and forms; a name goes before a form."""
        forms = {key(form): term for term in self.terms for form in term.forms}
        return {**forms, **{key(term.name): term for term in self.terms}}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all terms by alphabet."""
        return tuple(sorted((term.name for term in self.terms), key=_alphabetical))

    def find(self, word: str) -> Term | None:
        """The term that a word names, whatever its case, its hyphens, and its number; None for no term."""
        return self.by_key.get(key(word))

    def term(self, word: str) -> Term:
        """The term that a word names. Raises ValueError that names those near to it."""
        term = self.find(word)
        if term is None:
            near = self.near(word)
            offer = f"near to it: {', '.join(near)}; " if near else ""
            raise ValueError(f"no word {word.strip()[:50]!r} in the glossary; {offer}explain alone lists all")
        return term

    def near(self, word: str) -> tuple[str, ...]:
        """The names of terms whose spelling is near to a word, or that have it in them."""
        return tuple(dict.fromkeys(self._near(key(word))))[:MOST_NEAR]

    def _near(self, wanted: str) -> Iterator[str]:
        for close in get_close_matches(wanted, self.by_key, MOST_NEAR, 0.75):
            yield self.by_key[close].name
        if len(wanted) > 2:
            yield from (term.name for spelling, term in self.by_key.items() if wanted in spelling)


def key(word: str) -> str:
    """What all spellings of a word have in common: small letters, no hyphens, no plural, no () behind it."""
    words = word.strip().casefold().removesuffix("()").replace("-", " ").split()
    return " ".join((*words[:-1], *map(_singular, words[-1:])))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _alphabetical(name: str) -> str:
    return name.casefold().lstrip("-_")
