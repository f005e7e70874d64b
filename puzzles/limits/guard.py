# SPDX-License-Identifier: GPL-2.0-or-later
"""The limits of a search in time and memory: the explorer itself knows of neither."""

from __future__ import annotations

import gc
from time import monotonic

from attrs import frozen

from puzzles.limits.bounds import Bounds
from puzzles.limits.memory import memory_text, used_memory
from sim.explore import Limits, Progress, ProgressWatch, patient


def limits(bounds: Bounds, watch: ProgressWatch = patient) -> Limits:
    """Limits for searches that begin now. `watch` is told of their progress, and may stop them too."""
    return Limits(bounds.states, _Guard(bounds, watch, monotonic()))


@frozen(eq=False)
class _Guard:
    """Says when a search has to stop."""

    bounds: Bounds
    watch: ProgressWatch
    begun: float

    def __call__(self, progress: Progress) -> str:
        # What a search stores holds no circles. Looking for some in all of it, again and again, takes long and stops
        # the program meanwhile; `gc.unfreeze()` belongs where searches end.
        gc.freeze()
        if why := self.watch(progress):
            return why
        if monotonic() - self.begun > self.bounds.seconds:
            return f"more than {self.bounds.seconds:g} s"
        if used_memory() + progress.growth > self.bounds.memory:
            return f"more than {memory_text(self.bounds.memory)} of memory"
        return ""
