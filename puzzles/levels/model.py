# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels and pack files, as values."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from puzzles.judging.ask import Ask
from puzzles.levels.leaves_out import kernel_leaves_out
from puzzles.levels.listing import Chapter, Listed, ListedGoal, ListedThread
from sim import Goal, Limit, Outcome, Rules, Thread
from sim.numa import Topology

TOUR = "tour"
"""The chapter in which a pack teaches."""

_PLAIN_GOALS = (Outcome.PAGE, Outcome.FINISHED)
_ORDER = {
    "sc": "reordering: accesses reach memory one after the other, as they are written",
    "tso": "reordering, but for the store buffers of x86",
}


@frozen
class Source:
    """A kernel file and the headers that it may include, by name; `files` says where these names were found."""

    name: str = ""
    text: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False, eq=False)

    def file(self, name: str) -> str:
        """Where the kernel file or header of this name was found, for messages."""
        return dict(self.files).get(name, name)


@frozen
class Show:
    """The lvalues that matter in a level."""

    masks: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()


@frozen
class Question:
    """What a level asks once it is settled: whether its goal can be reached after a change of its machine.

    `sets` are boot values instead of, or besides, the level's own; `cpu` and `run` map letters of threads to CPUs and
    to the calls that they make. `kernel`, `memory` and `machine` take the place of the level's where they are given;
    so do `limits` and `rules`, of which there may be none then.
    """

    question: str
    sets: Mapping[str, int | str] = field(factory=dict)
    kernel: str = ""
    memory: str = ""
    machine: Topology | None = None
    cpu: Mapping[str, int] = field(factory=dict)
    run: Mapping[str, str] = field(factory=dict)
    limits: tuple[Limit, ...] | None = None
    rules: Rules | None = None
    source: Source = field(default=Source(), repr=False)


@frozen
class Level:
    """A level as its level.toml says it.

    `kernel` is the name of the kernel file, `source` its text; `boot` maps lvalues to values as sim.Machine
    takes them; `allowed` is an expression over `zone` that says which pages may be given out (all, where it is
    empty); `other_zonelists` says why the boot values order the nodes as the era's kernels did not ("": they do as
    those did); `file` is for messages. `other_goal` says that the goal is not the one of level.toml, for a "what if".

    `ask` is what the player is to do about the goal: to force it where that is a page or the end of all threads, else
    to decide. `goal.safe` is what the author says and `oomrace check` proves: nothing that is shown before the level is
    settled may follow from it. `variant_of` is the id of the level of which this one is a variant, "" for one of
    its own. `short` is the debrief in three sentences ("": its beginning stands in), `decides` are
    the places in the kernel's text that decide a run, where the last change that was read does not. `what_ifs` are
    asked once the level is settled.
    """

    id: str
    title: str
    idea: str
    kernel: str
    goal: Goal
    briefing: str
    hint: str
    debrief: str
    machine: Topology
    threads: tuple[Thread, ...]
    ask: Ask = field()
    variant_of: str = ""
    short: str = ""
    decides: tuple[str, ...] = ()
    era: str = ""
    commits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    other_zonelists: str = ""
    allowed: str = ""
    memory: str = "sc"
    boot: Mapping[str, int | str] = field(factory=dict)
    show: Show = Show()
    limits: tuple[Limit, ...] = ()
    what_ifs: tuple[Question, ...] = ()
    rules: Rules = field(factory=Rules)
    file: str = ""
    other_goal: bool = False
    source: Source = field(default=Source(), repr=False)

    @ask.default
    def _ask(self) -> Ask:
        return Ask.FORCE if self.goal.outcome in _PLAIN_GOALS else Ask.DECIDE

    @property
    def left_out(self) -> tuple[str, ...]:
        """All that the model leaves out: what its kernel file says, what level.toml adds, and the memory model.

        Each thing stands there once.
        """
        all_of_it = (*kernel_leaves_out(self.source.text), *self.leaves_out, _ORDER[self.memory])
        return tuple(dict.fromkeys(all_of_it))

    def asking(self, outcome: Outcome) -> Level:
        """The same level with another goal: to reach this outcome. Itself where it asks for that already."""
        if outcome is self.goal.outcome:
            return self
        return evolve(self, goal=Goal(outcome), other_goal=True)

    @property
    def listed(self) -> Listed:
        """What a list shows of the level, without its par."""
        shown = ListedGoal(self.goal.outcome.value, self.goal.words, self.goal.condition)
        threads = tuple(
            ListedThread(thread.letter, thread.name, thread.run, thread.cpu, thread.node, thread.exhausted)
            for thread in self.threads
        )
        return Listed(
            self.id, self.title, self.idea, self.era, self.kernel, shown, self.ask, self.variant_of, self.briefing,
            self.commits, threads, rule_words=self.rule_words,
        )  # fmt: skip

    @property
    def rule_words(self) -> tuple[str, ...]:
        """What runs have to keep to, as a player reads it behind the goal."""
        return tuple(self.rules.words)

    @property
    def chapter(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def teaches(self) -> bool:
        """Whether this is a level of the tour."""
        return self.chapter == TOUR

    @property
    def number(self) -> int:
        """The part of the id behind the slash."""
        return int(self.id.partition("/")[2])


@frozen
class PackFile:
    """What a pack.toml says."""

    title: str = ""
    chapters: tuple[Chapter, ...] = ()
