# SPDX-License-Identifier: GPL-2.0-or-later
"""The terms of texts in words: the same in every mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from puzzles.glossary.model import Glossary, Term
from puzzles.glossary.uses import first_uses
from tui.view.goals import Aimed, goal_text
from tui.view.paragraphs import paragraphs


class Briefed(Aimed, Protocol):
    """A level, or what a list says of one."""

    @property
    def idea(self) -> str:
        """What is new in it."""

    @property
    def briefing(self) -> str:
        """What is read before it."""


def briefing_texts(level: Briefed) -> tuple[str, ...]:
    """What a player reads of a level before it: its goal, its idea, and the briefing paragraph by paragraph."""
    return (goal_text(level), level.idea, *paragraphs(level.briefing))


def terms_of(texts: Iterable[str], glossary: Glossary) -> tuple[Term, ...]:
    """The terms that texts use, in order of their first use."""
    return tuple(use.term for use in chain.from_iterable(first_uses(texts, glossary)))


def words_line(terms: Iterable[Term]) -> Iterator[str]:
    """One line with the names of terms and how to ask for them; nothing for none."""
    if names := ", ".join(term.name for term in terms):
        yield f"words: {names} (explain WORD tells what one is)"


def term_text(term: Term) -> str:
    """A term in its two sentences."""
    return f"{term.name}: {term.what} {term.why}"


def more_text(term: Term) -> str:
    """Where more of a term is to be seen and to be read."""
    places = (f"history {place}" if place[0].isdigit() else f"oomrace docs {place}" for place in term.more)
    return f"a level that shows it: {term.level}; more in: {', '.join(places)}"


def all_terms_text(glossary: Glossary) -> str:
    """The names of all terms."""
    return f"all words: {', '.join(glossary.names)}"
