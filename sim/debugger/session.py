# SPDX-License-Identifier: GPL-2.0-or-later
"""A debugging session: one machine, a tree of moments, and a place in it. No screen, no files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from attrs import field

from sim.classes import define
from sim.debugger.frames import backtrace
from sim.debugger.moment import Moment, extend, first_moment, obstacle, over, reached
from sim.debugger.pending import why_not
from sim.debugger.points import Breakpoint, Watchpoint, arrived, changed
from sim.debugger.stops import Stop, StopReason
from sim.machine.events import Accessed
from sim.machine.machine import Machine
from sim.machine.state import thread_of

MAX_RUN = 10_000
WATCHPOINT = "watchpoint: "
"""What the sentence of a stop at one begins with."""
SKIPPED = frozenset(("nodemask.h",))


@define(eq=False)
class Session:
    """Where the player is, and what can be done from there.

    `now` is the current moment. Commands that move take a thread's index, never move a thread that cannot, and return
    why they stopped; `step` also takes `~i`, a drain of thread i's store buffer. Going back keeps the future; a
    different move then starts a branch beside it. Frames in `skipped` files are not shown and count as part of the line
    that calls them, as with gdb's skip.
    """

    machine: Machine
    now: Moment = field(init=False)
    skipped: frozenset[str] = SKIPPED
    breakpoints: list[Breakpoint] = field(factory=list)
    watchpoints: list[Watchpoint] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Begin at boot. Raises CompileError as Machine.boot."""
        self.now = first_moment(self.machine)

    @property
    def over(self) -> bool:
        """Whether the run has ended here."""
        return over(self.machine, self.now)

    @property
    def won(self) -> bool:
        """Whether the goal is reached here."""
        return reached(self.machine, self.now)

    @property
    def circle(self) -> str:
        """That the last step led to where its thread had been by its own steps already, in words; "" elsewhere."""
        now = self.now
        return self._circle(now.thread) if now.circle is not None and now.thread is not None and not self.over else ""

    def can_move(self, move: int) -> bool:
        """Whether a thread can take a step here, or its store buffer be drained."""
        return not obstacle(self.machine, self.now, move)

    def step(self, move: int, count: int = 1) -> Stop:
        """Make a move up to `count` times; fewer when the thread blocks, ends, or the run is over."""
        for done in range(count):
            if not self.can_move(move):
                return self._cannot(move, done)
            self.now = extend(self.machine, self.now, move)
        return self._after(move, count)

    def next(self, thread: int) -> Stop:
        """Run a thread until its shown frame stands on another line or has returned.

        The shown frame is the innermost one outside of the skipped files.
        """
        depth, function, line = self._standing(thread)

        def moved(step: Accessed) -> str | None:
            """Whether the frame stands elsewhere or has returned: then there is nothing more to say."""
            frames = self._frames(thread)
            return "" if step.fewest <= depth or frames[depth] != (function, line) else None

        return self._run(thread, moved)

    def finish(self, thread: int) -> Stop:
        """Run a thread until its shown frame has returned."""
        depth = self.shown_depth(thread)
        return self._run(thread, lambda step: "" if step.fewest <= depth else None)

    def until(self, thread: int, place: Breakpoint) -> Stop:
        """Run a thread until it comes to a line or into a function."""

        def there(step: Accessed) -> str | None:
            """What to say of a step that came to the place."""
            note = self._arrived(place, thread, step)
            return note if note is None else f"{letter} came to {place.where}{note}"

        letter = self.machine.threads[thread].letter
        return self._run(thread, there)

    def continue_(self, thread: int) -> Stop:
        """Run a thread until it blocks, ends or meets a breakpoint."""
        return self._run(thread, lambda _step: None)

    def back(self, count: int = 1) -> int:
        """Undo up to `count` steps; the number undone."""
        done = 0
        while done < count and self.now.parent is not None:
            self.now = self.now.parent
            done += 1
        return done

    def forward(self, count: int = 1) -> int:
        """Redo up to `count` steps along the chosen branch; the number redone."""
        done = 0
        while done < count and self.now.chosen is not None:
            self.now = self.now.chosen
            done += 1
        return done

    def jump(self, step: int) -> int:
        """Go to a step of the current line, or of its future; the step reached."""
        if step < self.now.steps:
            self.back(self.now.steps - max(step, 0))
        else:
            self.forward(step - self.now.steps)
        return self.now.steps

    def go(self, moment: Moment) -> None:
        """Go to a moment of this session's tree; its line becomes the chosen one."""
        line = list(moment.line())
        for parent, child in pairwise(line):
            parent.chosen = child
        self.now = moment

    def shown_depth(self, thread: int) -> int:
        """The frame to show of a thread: the innermost one outside of skipped files (0 without frames)."""
        views = backtrace(self.machine, self.now.state, thread)
        shown = [view.depth for view in views if view.span.file not in self.skipped]
        return shown[-1] if shown else max(len(views) - 1, 0)

    def _standing(self, thread: int) -> tuple[int, str, tuple[str, int]]:
        depth = self.shown_depth(thread)
        frames = self._frames(thread)
        return (depth, *frames[depth]) if frames else (0, "", ("", 0))

    def _frames(self, thread: int) -> list[tuple[str, tuple[str, int]]]:
        views = backtrace(self.machine, self.now.state, thread)
        return [(view.function, (view.span.file, view.span.line)) for view in views]

    def _run(self, thread: int, reached: Callable[[Accessed], str | None]) -> Stop:
        """Run a thread until `reached` has a sentence about a step ("" where there is nothing to say)."""
        for done in range(MAX_RUN):
            if not self.can_move(thread):
                return self._cannot(thread, done)
            self.now = extend(self.machine, self.now, thread)
            step = next(event for event in self.now.events if isinstance(event, Accessed))
            if self.over:
                return self._after(thread, done + 1)
            stop = self._point(thread, step, done + 1)
            if stop is not None:
                return stop
            if self.circle:
                return Stop(StopReason.CIRCLE, self.circle, done + 1)
            sentence = reached(step)
            if sentence is not None:
                return self._after(thread, done + 1, sentence)
        return Stop(StopReason.LIMIT, f"stopped after {MAX_RUN} steps", MAX_RUN)

    def _arrived(self, place: Breakpoint, thread: int, step: Accessed) -> str | None:
        before = self.now.parent
        assert before is not None
        return arrived(self.machine.program, place, step, before.state.threads[thread], self.now.state.threads[thread])

    def _point(self, thread: int, step: Accessed, done: int) -> Stop | None:
        before = self.now.parent
        assert before is not None
        for point in self.breakpoints:
            note = self._arrived(point, thread, step)
            if note is not None:
                return Stop(StopReason.BREAKPOINT, f"breakpoint: {point.where}{note}", done)
        for watch in self.watchpoints:
            text = changed(self.machine, watch, before.state, self.now.state)
            if text:
                return Stop(StopReason.WATCHPOINT, f"{WATCHPOINT}{text}", done)
        return None

    def _after(self, move: int, done: int, sentence: str = "") -> Stop:
        """The stop after the steps that were asked for: what there is to say, else where that leaves the thread."""
        if self.over:
            return Stop(StopReason.OVER, "", done)
        return Stop(StopReason.DONE, sentence or why_not(self.machine, self.now.state, thread_of(move)), done)

    def _cannot(self, move: int, done: int) -> Stop:
        state, thread = self.now.state, thread_of(move)
        sentence = obstacle(self.machine, self.now, move)
        if self.over:
            return Stop(StopReason.OVER, sentence, done)
        if state.threads[thread].finished:
            return Stop(StopReason.FINISHED, sentence, done)
        reason = StopReason.HELD if self.machine.held(state, thread) else StopReason.BLOCKED
        return Stop(reason, sentence, done)

    def _circle(self, thread: int) -> str:
        letter = self.machine.threads[thread].letter
        others = [
            other.letter
            for index, other in enumerate(self.machine.threads)
            if index != thread and self.machine.enabled(self.now.state, index)
        ]
        until = f"until {' or '.join(others)} moves" if others else "ever again"
        return f"{letter} goes round in circles: nothing changes {until}"
