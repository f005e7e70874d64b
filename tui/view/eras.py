# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said of an era of the history: the same in every mode."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Final

from attrs import evolve, frozen

from puzzles.history import DOUBTED, Commit, Era, History
from puzzles.levels import Listed, Pack
from puzzles.levels.model import TOUR
from puzzles.notes import Section, section

LABELS: Final = {"why": "why", "did": "what it did", "cost": "what it cost", "broken": "what broke it"}


CLOSED: Final = "told once its levels are settled"
UNTITLED: Final = "told once the levels of the era before are settled, too"
_MOST_NAMED: Final = 3


@frozen
class EraProgress:
    """The levels that play an era, and the ids of those that are won, and of those that are settled.

    `opened` says that what broke it can be told: its levels are settled, variants too. `titled` says so of the titles
    of its commits: they tell what was wrong with the era before. `given_away` are the ids of the levels, not settled,
    that the rest would give away.
    """

    levels: tuple[Listed, ...]
    won: tuple[str, ...]
    settled: tuple[str, ...]
    opened: bool
    titled: bool
    given_away: tuple[str, ...] = ()

    @classmethod
    def of(cls, history: History, era: Era, pack: Pack, won: Collection[str], settled: Collection[str]) -> EraProgress:
        """The progress in an era; `won` and `settled` hold the ids of all levels that are so."""
        levels = history.levels(era, pack)
        before = history.previous(era)
        both = (*levels, *(history.levels(before, pack) if before and era.commits else ()))
        given_away = tuple(dict.fromkeys(level.id for level in both if _is_given_away(level, settled)))
        opened = not any(_is_given_away(level, settled) for level in levels)
        won_ids, settled_ids = (tuple(level.id for level in levels if level.id in ids) for ids in (won, settled))
        return cls(levels, won_ids, settled_ids, opened, not given_away, given_away)

    @property
    def asked(self) -> EraProgress:
        """The same for a player who asks to be told all of it."""
        return evolve(self, opened=True, titled=True, given_away=())

    @property
    def next(self) -> str:
        """The id of the first level that is not won, then of the first variant that is not settled, else of the first.

        "" where there is none.
        """
        own = [level.id for level in self.levels if not level.variant_of and level.id not in self.won]
        variants = [level.id for level in self.levels if level.variant_of and level.id not in self.settled]
        return next(iter((*own, *variants, *(level.id for level in self.levels))), "")

    @property
    def counts(self) -> tuple[int, int]:
        """How many levels are won, and how many there are, variants left out."""
        own = [level.id for level in self.levels if not level.variant_of]
        return sum(id_ in self.won for id_ in own), len(own)

    def __str__(self) -> str:
        """Give the progress in words."""
        if not self.levels:
            return "no level of its own"
        won, own = self.counts
        variants = [level.id for level in self.levels if level.variant_of]
        settled = sum(id_ in self.settled for id_ in variants)
        more = f", {settled} of {_count(len(variants), 'variant')} settled" if variants else ""
        return f"{won} of {_count(own, 'level')} won{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _is_given_away(level: Listed, settled: Collection[str]) -> bool:
    """Whether a level is given away by what broke its kernel; a level of the tour has nothing to be given away."""
    return level.id not in settled and level.chapter != TOUR


def levels_text(ids: Collection[str]) -> str:
    """The ids of levels; of many the first ones, and how many more there are."""
    named = list(ids)[: len(ids) if len(ids) <= _MOST_NAMED + 1 else _MOST_NAMED]
    more = f" and {len(ids) - len(named)} more" if len(ids) > len(named) else ""
    return ", ".join(named) + more


def facts(era: Era, progress: EraProgress) -> Iterator[tuple[str, str]]:
    """What is told of an era, each with the name of its label; what broke it only once that can be told."""
    for name, fact in era.facts:
        yield name, str(fact) if name != "broken" or progress.opened else CLOSED


def origin(era: Era) -> str:
    """The releases of an era and the number of its scheme."""
    scheme = f"scheme {era.scheme}" if era.scheme else "a side story"
    return f"Linux {era.versions}, {scheme}" if era.versions else scheme


def notes_text(sections: Collection[str], *, doubted: bool) -> str:
    """The sections of the notes that tell more, and what the mark in a text means."""
    mark = f"; {DOUBTED} is in doubt, and they say why" if doubted else ""
    return f"{', '.join(sections)}{mark}"


def note_of(history: History, number: str) -> tuple[Section, str]:
    """A section of the notes; and where its number is that of a release, too, how to ask for that one's era, else "".

    Raises ValueError where there is no such section.
    """
    also = _release(history, number)
    try:
        return section(number), also
    except ValueError as problem:
        raise ValueError("; ".join(filter(None, (str(problem), also)))) from None


def _release(history: History, number: str) -> str:
    try:
        era = history.era(f"v{number}")
    except ValueError:
        return ""
    return f"the era of Linux {number} is {era.id}: history v{number}"


def commits_text(era: Era) -> str:
    """The ids of an era's commits, with their authors."""
    groups = ((author, ", ".join(commit.id for commit in commits)) for author, commits in groupby(era.commits, _author))
    return "; ".join(f"{ids} ({author})" if author else ids for author, ids in groups)


def _author(commit: Commit) -> str:
    return commit.author


def commit_text(commit: Commit, *, titled: bool) -> str:
    """A commit with all that is known of it, or without its title."""
    author = f", {commit.author}" if commit.author else ""
    return f"{commit.id} ({commit.when}{author})" + (f": {commit.what}" if titled else "")
