# SPDX-License-Identifier: GPL-2.0-or-later
"""How far a search may go, and who may stop it: what it spends is counted, and whoever started it is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from attrs import evolve

from sim.classes import define, frozen

MOST_STATES: Final = 5_000_000

# Work between two questions: a unit takes as long as an instruction of private work, some 200 ns.
_BETWEEN = 50_000


class Halted(Exception):
    """A search was stopped before its end; the message names the bound, or says who stopped it."""


class TooMany(Halted):
    """A search was stopped because it would have stored too many states."""


@frozen
class Progress:
    """How far a search has come: states stored, and those that wait; their depth where the search goes by depth.

    `growth` is about how many bytes more it is about to take at once, for tables that are nearly full.
    """

    states: int
    frontier: int
    depth: int
    growth: int = 0


ProgressWatch: TypeAlias = Callable[[Progress], str]


def patient(_progress: Progress) -> str:
    """Let a search go on to its end."""
    return ""


@frozen
class Limits:
    """How far a search may go.

    `states` is how many it may store. `watch` is told many times a second how far it has come, and answers why to stop,
    "" to go on: it knows of time and of memory, and of a player who does not want to wait any longer.
    """

    states: int = MOST_STATES
    watch: ProgressWatch = patient


def _nothing() -> Progress:
    return Progress(0, 0, 0)


@define(eq=False)
class Meter:
    """What a search spends of its limits; `progress` says how far it has come."""

    limits: Limits
    progress: Callable[[], Progress] = _nothing
    _left: int = 0

    def spend(self, work: int = 1) -> None:
        """Count work that was done or is to be done next, and ask now and then. Raises Halted."""
        self._left -= work
        if self._left < 0:
            self.ask()

    def ask(self) -> None:
        """Ask whether to go on. Raises Halted."""
        self._left = _BETWEEN
        progress = self.progress()
        self.store(progress.states)
        if why := self.limits.watch(progress):
            raise Halted(why)

    def release(self) -> None:
        """Have no limit on states any more: the search is over, and only what it has found is looked at."""
        progress = self.progress()
        self.limits = evolve(self.limits, states=sys.maxsize)
        self.progress = lambda: progress

    def store(self, states: int) -> None:
        """Have so many states stored. Raises Halted where these are too many."""
        if states > self.limits.states:
            raise TooMany(f"more than {self.limits.states:,} states")


# CPython doubles the table of a set when three fifths of it are taken, that of a dict at two thirds.
_SET_SLOT, _DICT_SLOT = 16, 20
_SET_FULL, _DICT_FULL = 3 / 5, 2 / 3
_NEARLY = 0.9


def growth(tables: Iterable[set[Any] | dict[Any, Any]]) -> int:
    """About how many bytes sets and dicts will soon take at once: the old table is freed when the new one is filled."""
    return sum(2 * sys.getsizeof(table) for table in tables if _nearly_full(table))


def _nearly_full(table: set[Any] | dict[Any, Any]) -> bool:
    slot, full = (_SET_SLOT, _SET_FULL) if isinstance(table, set) else (_DICT_SLOT, _DICT_FULL)
    return len(table) > sys.getsizeof(table) / slot * full * _NEARLY
