# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for settings that tell a level's story and resist: single changes, in turn with several at random."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias

from attrs import define, field, frozen

from puzzles.harden.axes import AXES, alterations
from puzzles.harden.broken import BrokenFigures
from puzzles.harden.fate import Fate
from puzzles.harden.safe import SafeFigures
from puzzles.harden.setting import Alteration, Setting
from puzzles.levels import Level, LevelError
from sim.explore import Limits, Progress

MOST_SETTINGS: Final = 10_000

_MOST_CHANGES: Final = 4
_WITH_NODES: Final = 3
"""Changes where one is that a node comes: masks that name it are the others."""

_GOING_ON: Final = 0.5
"""How often the search goes on from a setting that it has found."""

_AT_LEAST: Final = 5
"""The weight of an axis that has not served yet; each time that it has counts one more."""

_COLLECTED: Final = 50
"""Settings after which memory is collected."""

_NOTHING_NEW: Final = 500
"""Settings in a row that were tried before, after which the search is over."""

_KEPT: Final = 40
"""Settings that are kept to go on from."""


Figures: TypeAlias = BrokenFigures | SafeFigures
Measure: TypeAlias = Callable[[Level, Limits], tuple[Fate, Figures | None]]


@frozen
class Hardened:
    """A setting that tells the story, and how it stands."""

    setting: Setting
    figures: Figures

    @property
    def rank(self) -> tuple[tuple[int, int], bool, int, int]:
        """The less the better: what stands well, sets no limit, takes few changes, and is small."""
        axes = self.setting.axes
        return self.figures.weakness, "limits" in axes, len(axes), self.figures.states


@define(eq=False)
class Hardening:
    """A search among the settings of a level. `fates` and `axes` count what was tried, `best` is what was found.

    `measure` says what becomes of a setting, and how it stands if it tells the story. `limits` are those of each
    setting; they also say when to stop, as do `most` settings. The same `seed` tries the same settings.
    """

    level: Level
    measure: Measure
    limits: Limits
    seed: int = 0
    most: int = MOST_SETTINGS
    fates: Counter[Fate] = field(factory=Counter)
    axes: Counter[str] = field(factory=Counter)
    best: list[Hardened] = field(factory=list)
    stopped: str = ""
    _seen: set[object] = field(factory=set)
    _nothing_new: int = 0

    @property
    def tried(self) -> int:
        """How many settings were tried."""
        return sum(self.fates.values())

    def run(self) -> None:
        """Search until there is a reason to stop."""
        dice = Random(self.seed)  # noqa: S311 - nothing is secret here
        self._seen.add(_key(self.level))
        for count, setting in enumerate(self._settings(dice)):
            if count % _COLLECTED == 0:
                gc.unfreeze()  # which searches freeze: machines hold themselves, and these are not needed any more
                gc.collect()
            self.stopped = self._why_to_stop()
            if self.stopped:
                return
            self._try(setting)

    def _why_to_stop(self) -> str:
        if self.tried >= self.most:
            return f"no more than {self.most:,} settings"
        if self._nothing_new > _NOTHING_NEW:
            return "nothing new comes up"
        return self.limits.watch(Progress(self.tried, 0, 0))

    def _try(self, setting: Setting) -> None:
        key = _key(setting.level)
        self._nothing_new = self._nothing_new + 1 if key in self._seen else 0
        if key in self._seen:
            return
        self._seen.add(key)
        fate, stands = self.measure(setting.level, self.limits)
        self.fates[fate] += 1
        self.axes.update(setting.axes)
        if stands is not None:
            self._keep(Hardened(setting, stands))

    def _keep(self, hardened: Hardened) -> None:
        """Keep one of the best; of those that stand just the same the first by rank."""
        self.best = sorted([*self.best, hardened], key=lambda each: each.rank)
        first = {each.figures: each for each in reversed(self.best)}
        self.best = [each for each in self.best if first[each.figures] is each][:_KEPT]

    def _settings(self, dice: Random) -> Iterator[Setting]:
        """Single changes in any order, in turn with several at random."""
        origin = Setting(self.level)
        singles = [(axis, change) for axis in AXES for change in self._changes(axis, self.level)]
        dice.shuffle(singles)
        while True:
            if singles:
                yield from _applied(origin, *singles.pop())
            yield from self._several(dice, origin)

    def _several(self, dice: Random, origin: Setting) -> Iterator[Setting]:
        """A few changes at random, from the level as it is or from what was found."""
        start = dice.choice(self.best).setting if self.best and dice.random() < _GOING_ON else origin
        setting: Setting | None = start
        for axis in self._axes(dice, start):
            changes = self._changes(axis, setting.level) if setting else []
            if setting and changes:
                setting = next(_applied(setting, axis, dice.choice(changes)), None)
        if setting is not None and setting is not start:
            yield setting

    def _axes(self, dice: Random, start: Setting) -> list[str]:
        """Some axes along which a setting was not changed yet, rather those of what was found, in their order."""
        served = Counter(axis for hardened in self.best for axis in hardened.setting.axes)
        most = _MOST_CHANGES - len(start.changes)
        names = [axis for axis in AXES if axis not in start.axes and (axis != "nodes" or most >= _WITH_NODES)]
        if not most:
            return []
        count = min(dice.randint(1, 2) if start.changes else dice.randint(2, most), most)
        chosen = dice.choices(names, [_AT_LEAST + served[axis] for axis in names], k=count)
        if "nodes" in chosen:  # a node that no mask names changes little
            chosen = ["nodes", "masks", dice.choice(("written", "calls")), *chosen[: most - _WITH_NODES]]
        return [axis for axis in names if axis in chosen]

    def _changes(self, axis: str, level: Level) -> list[Alteration]:
        try:
            return alterations(axis, level)
        except (LevelError, ValueError):
            return []


def _applied(setting: Setting, axis: str, change: Alteration) -> Iterator[Setting]:
    """The setting with a change; nothing where no machine is like that."""
    try:
        yield Setting(change.apply(), (*setting.axes, axis), (*setting.changes, change.text))
    except (LevelError, ValueError):
        return


def _key(level: Level) -> object:
    """What of a level the search changes."""
    return level.machine, tuple(sorted(level.boot.items())), level.threads, level.limits, level.memory
