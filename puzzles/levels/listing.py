# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs as lists: what is shown of each level before it is opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from attrs import evolve, field, frozen

from puzzles.judging.ask import Ask
from puzzles.judging.score import Score
from puzzles.levels.errors import LevelError, Problem

if TYPE_CHECKING:
    from puzzles.levels.model import Level


def chapter_of(id_: str) -> str:
    """The part of a level's id before the slash."""
    return id_.partition("/")[0]


class Aim(Protocol):
    """What a level is about: an outcome in words, and a condition on memory."""

    @property
    def words(self) -> str:
        """The outcome as a player reads it."""

    @property
    def condition(self) -> str:
        """A C condition on the final memory; "" is always true."""


@frozen
class ListedGoal:
    """The goal of a listed level, not whether it is safe; `outcome` is the name of the outcome for machines."""

    outcome: str
    words: str
    condition: str = ""


@frozen
class ListedThread:
    """A thread of a listed level, with the fields of a machine's threads."""

    letter: str
    name: str
    run: str
    cpu: int
    node: int
    exhausted: str = ""


@frozen
class Listed:
    """A level in a list: what can be shown of it without its kernel, which is all of its briefing.

    `variant_of` is the id of the level of which it is a variant, "" for one of its own. `best_scores` are its best
    results, none where none is known, of all schedules of up to `within` steps (None: of any length).
    `rule_words` say what runs have to keep to, behind the goal.
    """

    id: str
    title: str
    idea: str
    era: str
    kernel: str
    goal: ListedGoal
    ask: Ask
    variant_of: str = ""
    briefing: str = ""
    commits: tuple[str, ...] = ()
    threads: tuple[ListedThread, ...] = ()
    best_scores: tuple[Score, ...] = ()
    within: int | None = None
    rule_words: tuple[str, ...] = ()

    @property
    def par(self) -> Score | None:
        """The best result with the fewest preemptions; None where none is known."""
        return next(iter(self.best_scores), None)

    @property
    def chapter(self) -> str:
        """The part of the id before the slash."""
        return chapter_of(self.id)

    @property
    def root(self) -> str:
        """The id of the level of its own that this one is, or is a variant of."""
        return self.variant_of or self.id

    def telling(self, settled: Collection[str]) -> Listed:
        """The same, without its par where it is none of these levels: par tells how it is to be won."""
        return self if self.id in settled else evolve(self, best_scores=())


@frozen
class Chapter:
    """A row of levels: its folder's name, its title, the kernel versions and what they have in common.

    `levels` are the numbers of those that are played first, in this order; the others follow by number.
    """

    id: str
    title: str = ""
    versions: str = ""
    about: str = ""
    levels: tuple[int, ...] = ()


def _nothing(id_: str) -> Level:
    raise LookupError(id_)


@frozen
class Pack:
    """Chapters and their levels, in the order in which they are meant to be played.

    `broken` maps the ids of levels that cannot be loaded to what is wrong with them; `problems` is what is
    wrong with the pack besides. `folder` is where it was loaded from, None for the game's own. `open` loads a listed
    level by its id. `proved` says that the par of each level stands in the list, as far as there is one.
    """

    title: str
    chapters: tuple[Chapter, ...]
    listed: tuple[Listed, ...] = ()
    broken: Mapping[str, LevelError] = field(factory=dict)
    problems: tuple[Problem, ...] = ()
    folder: Path | None = None
    open: Callable[[str], Level] = field(default=_nothing, eq=False, repr=False)
    proved: bool = False

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """All levels that are not broken, loaded."""
        return tuple(self.open(level.id) for level in self.listed)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all levels that are not broken."""
        return tuple(level.id for level in self.listed)

    def holding(self, levels: Iterable[Level]) -> Pack:
        """The same pack with these levels, loaded, instead of its own."""
        by_id = {level.id: level for level in levels}
        listed = tuple(level.listed for level in by_id.values())
        return evolve(self, listed=listed, open=by_id.__getitem__, proved=False)

    def telling(self, settled: Collection[str]) -> Pack:
        """The same pack with the par of these levels alone in its list."""
        return evolve(self, listed=tuple(level.telling(settled) for level in self.listed))

    def find(self, id_: str) -> Listed | None:
        """The listed level of this id; None where there is none, or a broken one."""
        return next((level for level in self.listed if level.id == id_), None)

    def level(self, id_: str) -> Level:
        """The level of this id. Raises LevelError: that of a broken level, else one that names the others."""
        if id_ in self.ids:
            return self.open(id_)
        if id_ in self.broken:
            raise self.broken[id_]
        others = ", ".join(self.ids) or "none"
        raise LevelError([Problem("", "", f"no level {id_!r} in {self.title!r}; there are: {others}")])

    def in_chapter(self, id_: str) -> Iterator[Listed]:
        """The levels that a chapter lists, in order: each with its variants behind it, from whichever chapter."""
        return (level for level in self.listed if chapter_of(level.root) == id_)

    @cached_property
    def own_ids(self) -> tuple[str, ...]:
        """The ids of all levels that are no variants: those that a player has to win."""
        return tuple(level.id for level in self.listed if not level.variant_of)

    def family(self, id_: str) -> tuple[str, ...]:
        """The ids of the levels that belong together with one: its sibling, and all variants of that."""
        level = self.find(id_)
        return tuple(other.id for other in self.listed if level and other.root == level.root and other.id != id_)

    def broken_in(self, chapter: str) -> Iterator[str]:
        """The ids of the broken levels of a chapter."""
        return (id_ for id_ in self.broken if chapter_of(id_) == chapter)
