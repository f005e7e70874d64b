# SPDX-License-Identifier: GPL-2.0-or-later
"""Searches of the explorer: what asks for one, and one in a thread of its own, to be watched and to be stopped."""

from __future__ import annotations

import gc
from collections.abc import Callable
from enum import Enum
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field

if TYPE_CHECKING:
    from sim.explore import Progress, ProgressWatch

Find: TypeAlias = Callable[["ProgressWatch"], None]


class Topic(Enum):
    """What is searched for, as a player reads it meanwhile."""

    WAYS = "What are the best ways to win?"
    REACH = "From where can the goal still be reached?"
    PLAN = "What is the best way from here?"
    REASONS = "Because of which lines is it safe?"
    CLAIM = "Is there a schedule that reaches it?"
    WHAT_IF = "Is there a schedule then that reaches it?"
    TRANSFER = "Following your schedule on other kernels"


class Unknown(Exception):
    """What only a search can tell. `find` searches and keeps what it finds; then the question can be put again.

    `find` is given what watches the search, and lets an exception of that pass: nothing is kept then.
    """

    def __init__(self, topic: Topic, find: Find, what: str = "") -> None:
        """Say what is unknown; `what` is said of it to the player, where the topic would tell too much."""
        super().__init__(what or topic.value)
        self.topic = topic
        self.find = find
        self.what = what or topic.value


class Stopped(Exception):
    """A search was stopped before its end."""


@define(eq=False)
class BackgroundSearch:
    """A search in a thread of its own, which does not keep the program from ending.

    `progress` is the last that was told, None before that; `problem` is an exception that the search should not have
    raised.
    """

    what: str
    find: Find
    progress: Progress | None = None
    problem: BaseException | None = None
    _begun: float = field(factory=monotonic)
    _stop: Event = field(factory=Event)
    _over: Event = field(factory=Event)

    def start(self, done: Callable[[], object] = lambda: None) -> None:
        """Begin. `done` is called at the end, in the thread of the search, but not if it was stopped."""
        Thread(target=self._run, args=(done,), name=self.what, daemon=True).start()

    def stop(self) -> None:
        """Ask the search to end; it does so within a moment."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether the search is over, now or within some seconds."""
        return self._over.wait(seconds)

    @property
    def over(self) -> bool:
        """Whether the search has ended."""
        return self._over.is_set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to end before its time."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise what the search should not have raised."""
        if self.problem is not None:
            raise self.problem

    @property
    def progress_sentence(self) -> str:
        """How far the search is, in words."""
        return progress_text(self.progress, monotonic() - self._begun)

    def _run(self, done: Callable[[], object]) -> None:
        with self:
            self.find(self._watch)
        gc.unfreeze()
        self._over.set()
        if not self.stopped:
            done()

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> bool:
        """Keep what was raised, for the thread that asks."""
        self.problem = None if isinstance(problem, Stopped) else problem
        return True

    def _watch(self, progress: Progress) -> str:
        if self.progress and progress.states < self.progress.states:
            self._begun = monotonic()  # the next of several searches
        self.progress = progress
        if self.stopped:
            raise Stopped
        return ""


def progress_text(progress: Progress | None, seconds: float) -> str:
    """States, frontier, rate and time of a search that has gone on for some seconds; without states the time."""
    if not progress or not progress.states:
        return f"{seconds:.0f} s"
    rate = progress.states / seconds if seconds else 0
    states = "1 state" if progress.states == 1 else f"{progress.states:,} states"
    return f"{states}, {progress.frontier:,} waiting, {rate:,.0f} a second, {seconds:.0f} s"
