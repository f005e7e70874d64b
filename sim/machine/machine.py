# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: threads over shared memory, one visible operation a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from attrs import evolve, field, frozen

from sim.kernelc.code import Function
from sim.kernelc.nodes import Variable
from sim.kernelc.program import Program
from sim.kernelc.source import NOWHERE
from sim.kernelc.types import Pointer, constant
from sim.kernelc.values import Fault
from sim.machine import locks
from sim.machine.advance import Advance, Automaton
from sim.machine.events import Accessed, Blocked, Ended, Event, Finished, Marked, Step
from sim.machine.image import Image, make_image
from sim.machine.names import pointer_text
from sim.machine.premature import consistent_views, shadowed
from sim.machine.run import Bugged, NotPure, ThreadConstants
from sim.machine.setup import Barred, Goal, Limit, Thread, Watch, compile_limits, setup_error
from sim.machine.snippet import Snippet, compile_snippet
from sim.machine.state import RUNNING, Effect, Ending, Outcome, State, ThreadState

PAGE, ENOMEM, FORBIDDEN = 1, 2, 4
_RESULTS = ((FORBIDDEN, Outcome.PAGE_FORBIDDEN), (ENOMEM, Outcome.ENOMEM), (PAGE, Outcome.PAGE))
_WINDOWS: dict[str, tuple[tuple[int, int], ...] | None] = {"rebind_begin": (), "rebind_end": None}
_CACHED_VERDICTS = 1 << 16


@frozen(eq=False)
class Machine:
    """A program, its boot values and its threads. States are values; the machine never changes.

    `boot` maps lvalues to values as in `sim.machine.image.boot_words`; `allowed` is an expression over `zone`, the
    argument of page_allocated(). Raises CompileError for whatever does not fit the program.
    """

    program: Program
    threads: tuple[Thread, ...]
    boot_values: Mapping[str, int | str] = field(factory=dict)
    limits: tuple[Limit, ...] = ()
    goal: Goal | None = None
    allowed: str = ""
    image: Image = field(init=False, repr=False)
    automata: tuple[Automaton, ...] = field(init=False, repr=False)
    barred: tuple[Barred, ...] = field(init=False, repr=False)
    _calls: tuple[tuple[Function, tuple[int, ...]], ...] = field(init=False, repr=False)
    _exhausted: Callable[[int, tuple[int, ...]], bool] = field(init=False, repr=False)
    _allowed: Snippet | None = field(init=False, repr=False)
    _condition: Snippet | None = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Compile what the level asks."""
        _check_threads(self.threads)
        put = object.__setattr__
        put(self, "image", make_image(self.program, self.boot_values))
        watches, barred = compile_limits(self.program, self.threads, self.limits)
        put(self, "barred", barred)
        put(self, "automata", tuple(self._automaton(i, watches[i]) for i in range(len(self.threads))))
        put(self, "_calls", tuple(self.program.call(t.run, f"thread {t.letter}: run") for t in self.threads))
        put(self, "_exhausted", self._compile_exhausted())
        put(self, "_allowed", self._compile_allowed())
        condition = self.goal.condition if self.goal else ""
        put(
            self,
            "_condition",
            compile_snippet(self.program, condition, "goal", truth=True) if condition else None,
        )

    def _automaton(self, index: int, watched: tuple[Watch, ...]) -> Automaton:
        thread = self.threads[index]
        current = self.program.place(thread.current, f"thread {thread.letter}: current")[0] if thread.current else 0
        return Automaton(self.program, self.image, ThreadConstants(index, current, thread.node, watched))

    def boot(self) -> State:
        """The state in which every thread rests before its first visible operation.

        Raises CompileError where a thread cannot start, or a predicate of the level cannot be evaluated.
        """
        starts = [automaton.boot(*call) for automaton, call in zip(self.automata, self._calls, strict=True)]
        for thread, start in zip(self.threads, starts, strict=True):
            if start.ending is not Outcome.OPEN:
                raise setup_error(f"thread {thread.letter}: run", f"{start.span}: {start.sentence}", "correct it")
        self._try_predicates()
        state = State(self.image.memory, tuple(start.private for start in starts), (None,) * len(starts))
        for index, start in enumerate(starts):
            if start.private.finished:
                state = self._with_effects(state, index, start.effects, [])
        try:
            state = self._ended_if_over(evolve(state, ending=self._goal_ending(state)))
            self.won(state)
        except Fault as fault:
            raise setup_error("goal", f"{fault.span}: {fault.message}", "correct the condition") from None
        return state

    def enabled(self, state: State, thread: int) -> bool:
        """Whether this thread can take a step."""
        operation = state.threads[thread].pending
        if operation is None or state.outcome is not Outcome.OPEN:
            return False
        return not self.blocked(state, thread) and not self.held(state, thread)

    def blocked(self, state: State, thread: int) -> bool:
        """Whether this thread waits for a lock."""
        operation = state.threads[thread].pending
        if operation is None or operation.index < 0:
            return False
        can = locks.CAN.get(operation.kind)
        return can is not None and not can(state.memory[operation.index], thread)

    def held(self, state: State, thread: int) -> str:
        """Why the level holds this thread; "" when it does not."""
        for bar in self.barred:
            reached = bar.thread == thread and state.threads[bar.by].passed[bar.place] >= bar.count
            if bar.thread == thread and reached != bar.until:
                return bar.reason
        return ""

    def step(self, state: State, thread: int) -> Step:
        """Let a thread that is enabled perform its pending operation and the private work after it."""
        private = state.threads[thread]
        operation = private.pending
        if operation is None or not self.enabled(state, thread):
            raise ValueError(f"thread {self.threads[thread].letter} cannot move")
        word = state.memory[operation.index] if operation.index >= 0 else 0
        result = self.automata[thread].advance(private, word)
        function = self.program.functions[private.frames[-1].function].name
        old = word if operation.index >= 0 else None
        new = old if result.store is None else result.store
        events: list[Event] = [Accessed(thread, operation.kind, operation.address, old, new, function, operation.span)]
        try:
            after = self._after(state, thread, result, operation.index, events)
            self.won(after)
        except Fault as fault:
            ending = Ending(Outcome.FAULT, thread, f"a predicate of the level: {fault.message}", fault.span)
            after = evolve(state, ending=ending)
        if after.outcome is not Outcome.OPEN:
            events.append(Ended(after.ending))
        return Step(after, tuple(events))

    def _after(self, state: State, thread: int, result: Advance, index: int, events: list[Event]) -> State:
        after = self.commit(state, thread, result, index, events)
        if result.ending is not Outcome.OPEN:
            return after
        if result.private.finished:
            events.append(Finished(thread))
        events += [
            Blocked(i, operation.address)
            for i, operation in enumerate(one.pending for one in after.threads)
            if operation and self.blocked(after, i) and (i == thread or not self.blocked(state, i))
        ]
        return self._ended_if_over(after)

    def commit(self, state: State, thread: int, result: Advance, index: int, events: list[Event]) -> State:
        """The state after what a thread's step did to shared memory (word `index`), marks, ghost bits and goal flags.

        Of the other threads only the rebind windows are looked at. Whether the run is over for want of moves is not
        asked. Raises Fault where a predicate of the level faults.
        """
        before = self._with_effects(state, thread, state.threads[thread].effects, events)
        memory, window = state.memory, before.threads[thread].window
        if result.store is not None:
            if window is not None:
                window = shadowed(window, self.image.addresses[index], memory[index])
            memory = (*memory[:index], result.store, *memory[index + 1 :])
        after = State(memory, before.threads, before.ghosts, before.flags)
        after = _with_thread(after, thread, result.private if window is None else evolve(result.private, window=window))
        after = self._with_effects(after, thread, result.effects, events)
        if result.ending is not Outcome.OPEN:
            return evolve(after, ending=self._ending(before, thread, result))
        after = self._with_ghosts(after)
        return evolve(after, ending=self._goal_ending(after))

    def _ending(self, state: State, thread: int, result: Advance) -> Ending:
        if result.ending is not Outcome.OOM_GENUINE:
            return Ending(result.ending, thread, result.sentence, result.span)
        ghost = state.ghosts[thread]
        if not self.threads[thread].exhausted or ghost is None:
            reason = "no allocation_begin() before it" if self.threads[thread].exhausted else "no exhausted call"
            return Ending(Outcome.FAULT, thread, f"out_of_memory() in a thread with {reason}", result.span)
        outcome = Outcome.OOM_GENUINE if ghost else Outcome.OOM_PREMATURE
        return Ending(outcome, thread, "the OOM killer was called", result.span)

    def _with_effects(self, state: State, thread: int, effects: Sequence[Effect], events: list[Event]) -> State:
        for effect in effects:
            events.append(Marked(thread, effect.name, effect.value, effect.span))
            if effect.name in _WINDOWS:
                window = _WINDOWS[effect.name]
                state = _with_thread(state, thread, evolve(state.threads[thread], window=window))
            elif effect.name == "allocation_begin":
                ghost = self.exhausted(state, thread)
                state = evolve(state, ghosts=(*state.ghosts[:thread], ghost, *state.ghosts[thread + 1 :]))
            elif effect.name == "allocation_failed":
                state = evolve(state, flags=state.flags | ENOMEM)
            elif effect.name == "page_allocated":
                forbidden = FORBIDDEN if self._is_forbidden(state, effect) else 0
                state = evolve(state, flags=state.flags | PAGE | forbidden)
        return state

    def _with_ghosts(self, state: State) -> State:
        ghosts = tuple(
            ghost if ghost is not False else self.exhausted(state, thread) for thread, ghost in enumerate(state.ghosts)
        )
        return state if ghosts == state.ghosts else evolve(state, ghosts=ghosts)

    def exhausted(self, state: State, thread: int) -> bool:
        """Whether some consistent view of memory has all eligible nodes of this thread exhausted."""
        if not self.threads[thread].exhausted:
            return False
        return any(self._exhausted(thread, view) for view in consistent_views(self.image, state.memory, state.threads))

    def _is_forbidden(self, state: State, effect: Effect) -> bool:
        if self._allowed is None:
            return False
        return not self._evaluate(self._allowed, state.memory, (effect.value or 0,))

    def _evaluate(self, snippet: Snippet, memory: tuple[int, ...], arguments: Sequence[int] = ()) -> int:
        automaton = Automaton(snippet.program, self.image, ThreadConstants(0))
        return _ask(automaton, snippet.function, arguments, memory)

    def _goal_ending(self, state: State) -> Ending:
        goal = self.goal
        for flag, outcome in _RESULTS:
            if goal and goal.outcome is outcome and state.flags & flag and self.condition_holds(state):
                return Ending(outcome, sentence="the goal is reached")
        return RUNNING

    def _ended_if_over(self, state: State) -> State:
        if state.outcome is not Outcome.OPEN:
            return state
        if any(self.enabled(state, thread) for thread in range(len(self.threads))):
            return state
        return self.stuck(state)

    def stuck(self, state: State) -> State:
        """A state in which no thread can move, with how the run ended."""
        if any(self.blocked(state, thread) for thread in range(len(self.threads))):
            return evolve(state, ending=Ending(Outcome.DEADLOCK, sentence="no thread can move"))
        found = next((outcome for flag, outcome in _RESULTS if state.flags & flag), Outcome.FINISHED)
        return evolve(state, ending=Ending(found, sentence="no thread can move any more"))

    def condition_holds(self, state: State) -> bool:
        """Whether the goal's condition on the final memory is true. Raises Fault where it cannot be evaluated."""
        return self._condition is None or bool(self._evaluate(self._condition, state.memory))

    def won(self, state: State) -> bool:
        """Whether the run ended at the goal."""
        return self.goal is not None and state.outcome is self.goal.outcome and self.condition_holds(state)

    def _compile_exhausted(self) -> Callable[[int, tuple[int, ...]], bool]:
        calls = [
            self.program.call(thread.exhausted, f"thread {thread.letter}: exhausted") if thread.exhausted else None
            for thread in self.threads
        ]

        @lru_cache(maxsize=_CACHED_VERDICTS)
        def verdict(thread: int, memory: tuple[int, ...]) -> bool:
            call = calls[thread]
            return call is not None and bool(_ask(self.automata[thread], *call, memory))

        return verdict

    def _compile_allowed(self) -> Snippet | None:
        if not self.allowed:
            return None
        zone = self.program.scope.find_tag("zone")
        if zone is None:
            raise setup_error("allowed", "the kernel has no struct zone", "leave `allowed` out")
        variable = Variable("zone", Pointer(constant(zone)), 1, NOWHERE, NOWHERE)
        found = compile_snippet(self.program, self.allowed, "allowed", (variable,), truth=True, frame_size=2)
        found.function.parameters = (variable,)
        return found

    def _try_predicates(self) -> None:
        for index, thread in enumerate(self.threads):
            origin = f"thread {thread.letter}: exhausted"
            try:
                self._exhausted(index, self.image.memory)
            except Fault as problem:
                raise setup_error(origin, f"{thread.exhausted}: {problem}", "correct the call") from None

    def words(self, state: State) -> list[tuple[str, int | str]]:
        """All global words in order of declaration: lvalue, and its value (of a pointer, the lvalue it points to)."""
        found: list[tuple[str, int | str]] = []
        for address, cell in enumerate(self.program.cells):
            if cell is not None:
                word = self.word(state, address)
                target = cell.type.target if isinstance(cell.type, Pointer) else None
                found.append((cell.lvalue, pointer_text(self.program, word, target) if target else word))
        return found

    def word(self, state: State, address: int) -> int:
        """The word at a global address, const or not. Raises ValueError where no object is."""
        known = self.image.constants[address]
        if known is not None:
            return known
        if self.image.index[address] < 0:
            raise ValueError(f"no object at {address}")
        return state.memory[self.image.index[address]]


def _ask(automaton: Automaton, function: Function, arguments: Sequence[int], memory: Sequence[int]) -> int:
    """What a predicate of the level answers. Raises Fault when it goes wrong, or would change something."""
    try:
        return automaton.evaluate(function, arguments, memory)[0] or 0
    except Bugged as bug:
        raise Fault(bug.span, "BUG_ON is true") from None
    except NotPure:
        raise Fault(function.span, f"{function.name} changes something; a predicate only reads") from None


def _with_thread(state: State, thread: int, private: ThreadState) -> State:
    return evolve(state, threads=(*state.threads[:thread], private, *state.threads[thread + 1 :]))


def _check_threads(threads: Sequence[Thread]) -> None:
    if not 1 <= len(threads) <= locks.MAX_THREADS:
        raise setup_error("threads", f"{len(threads)} threads", f"a machine has 1 to {locks.MAX_THREADS}")
    for index, thread in enumerate(threads):
        for other in threads[:index]:
            if other.letter == thread.letter:
                raise setup_error("threads", f"two threads have the letter {thread.letter}", "give each its own")
            if other.cpu == thread.cpu and len(threads) > 1:
                letters = f"{other.letter} and {thread.letter}"
                raise setup_error("threads", f"threads {letters} share CPU {thread.cpu}", "each thread has its own CPU")
