# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine: threads over shared memory, one visible operation a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from attrs import evolve, field

from sim.classes import frozen
from sim.kernelc.model.code import Function
from sim.kernelc.model.types import Pointer
from sim.kernelc.model.values import Fault
from sim.kernelc.program import Program
from sim.machine import buffers
from sim.machine.advance import Advance, Automaton
from sim.machine.events import Accessed, Blocked, Drained, Ended, Event, Finished, Marked, Step
from sim.machine.image import Image, make_image
from sim.machine.moves import Wait, can_drain, is_blocked, wait_of
from sim.machine.names import pointer_text
from sim.machine.predicates import compile_allowed, compile_condition, compile_exhausted
from sim.machine.premature import consistent_views, shadowed
from sim.machine.rules import RuleBook, Rules, Watches, compile_rules
from sim.machine.run import ThreadConstants
from sim.machine.setup import Barred, CountedPlace, Goal, Limit, Thread, compile_limits, setup_error
from sim.machine.state import (
    OPEN,
    RESULTS,
    RUNNING,
    Effect,
    Ending,
    FunctionCall,
    Outcome,
    Result,
    State,
    Turns,
    outcomes,
    thread_of,
)
from sim.operations.lock_word import MAX_THREADS
from sim.operations.marks import MarkKind


@frozen(eq=False)
class Machine:
    """A program, its boot values and its threads. States are values; the machine never changes.

    `boot` maps lvalues to values as in `sim.machine.image.boot_words`; `allowed` is an expression over `zone`, the
    argument of page_allocated(). `tso` gives each CPU a store buffer (see `sim.machine.buffers`). Raises CompileError
    for whatever does not fit the program.

    A move is an integer: `i` is a step of thread i, `~i` a drain of its CPU's buffer. `moves` lists them all, so that a
    sequence parallel to it is indexed by the move itself.
    """

    program: Program
    threads: tuple[Thread, ...]
    boot_values: Mapping[str, int | str] = field(factory=dict)
    limits: tuple[Limit, ...] = ()
    goal: Goal | None = None
    allowed: str = ""
    tso: bool = False
    rules: Rules = Rules()
    moves: tuple[int, ...] = field(init=False, repr=False)
    image: Image = field(init=False, repr=False)
    _watches: Watches = field(init=False, repr=False)
    rule_book: RuleBook = field(init=False, repr=False)
    automata: tuple[Automaton, ...] = field(init=False, repr=False)
    barred: tuple[Barred, ...] = field(init=False, repr=False)
    _calls: tuple[tuple[Function, tuple[int, ...]], ...] = field(init=False, repr=False)
    _exhausted: tuple[Callable[[tuple[int, ...]], bool] | None, ...] = field(init=False, repr=False)
    _allowed: Callable[[tuple[int, ...], int], bool] = field(init=False, repr=False)
    _condition: Callable[[tuple[int, ...]], bool] = field(init=False, repr=False)
    _wanted: Result | None = field(init=False, repr=False)

    @moves.default
    def _make_moves(self) -> tuple[int, ...]:
        steps = range(len(self.threads))
        return (*steps, *(~thread for thread in reversed(steps))) if self.tso else tuple(steps)

    @image.default
    def _make_image(self) -> Image:
        _check_threads(self.threads)
        return make_image(self.program, self.boot_values)

    @_watches.default
    def _make_watches(self) -> Watches:
        return self._ruled()[0]

    @rule_book.default
    def _make_rule_book(self) -> RuleBook:
        return self._ruled()[1]

    def _ruled(self) -> tuple[Watches, RuleBook]:
        if self.tso and self.rules.preemptions is not None:
            raise setup_error("rules.preemptions", "a bound with store buffers", "drop one: a drain preempts nobody")
        watches, _ = compile_limits(self.program, self.threads, self.limits)
        return compile_rules(self.program, self.threads, self.rules, watches, self._name_at)

    @automata.default
    def _make_automata(self) -> tuple[Automaton, ...]:
        return tuple(self._automaton(index, watched) for index, watched in enumerate(self._watches))

    @barred.default
    def _make_barred(self) -> tuple[Barred, ...]:
        return compile_limits(self.program, self.threads, self.limits)[1]

    @_calls.default
    def _make_calls(self) -> tuple[tuple[Function, tuple[int, ...]], ...]:
        return tuple(self.program.call(thread.run, f"thread {thread.letter}: run") for thread in self.threads)

    @_exhausted.default
    def _make_exhausted(self) -> tuple[Callable[[tuple[int, ...]], bool] | None, ...]:
        pairs = zip(self.automata, self.threads, strict=True)
        return tuple(compile_exhausted(automaton, thread.exhausted, thread.letter) for automaton, thread in pairs)

    @_allowed.default
    def _make_allowed(self) -> Callable[[tuple[int, ...], int], bool]:
        return compile_allowed(self.program, self.image, self.allowed)

    @_condition.default
    def _make_condition(self) -> Callable[[tuple[int, ...]], bool]:
        return compile_condition(self.program, self.image, self.goal.condition if self.goal else "")

    @_wanted.default
    def _make_wanted(self) -> Result | None:
        return next((result for result, outcome in RESULTS.items() if self.goal and self.goal.outcome is outcome), None)

    def _automaton(self, index: int, watched: tuple[CountedPlace, ...]) -> Automaton:
        thread = self.threads[index]
        current = self.program.place(thread.current, f"thread {thread.letter}: current")[0] if thread.current else 0
        constants = ThreadConstants(index, current, thread.node, watched, self.rule_book.asks_how(index))
        return Automaton(self.program, self.image, constants, self.tso)

    def boot(self) -> State:
        """The state in which every thread rests before its first visible operation.

        Raises CompileError where a thread cannot start.
        """
        starts = [automaton.boot(*call) for automaton, call in zip(self.automata, self._calls, strict=True)]
        for thread, start in zip(self.threads, starts, strict=True):
            if start.ending is not OPEN:
                raise setup_error(f"thread {thread.letter}: run", f"{start.span}: {start.sentence}", "correct it")
        turns = None if self.rules.preemptions is None else Turns()
        privates = tuple(start.private for start in starts)
        state = State(self.image.memory, privates, (None,) * len(starts), turns=turns)
        try:
            for index, start in enumerate(starts):
                if start.private.finished:
                    state = self._with_effects(state, index, start.effects, [])
            state = self._ended_if_over(evolve(state, ending=self._broken(state) or self._goal_ending(state)))
            self.at_goal(state)
        except Fault as fault:
            origin = "allowed" if fault.span.file == "allowed" else "goal"
            raise setup_error(origin, f"{fault.span}: {fault.message}", "correct the condition") from None
        if state.outcome is Outcome.RULE_BROKEN:
            raise setup_error("rules", f"broken before the first step: {state.ending.sentence}", "drop that rule")
        return state

    def boot_calls(self, thread: int) -> tuple[FunctionCall, ...]:
        """The calls that a thread makes before it first rests, that of its top function among them."""
        return self.automata[thread].boot(*self._calls[thread]).calls

    def enabled(self, state: State, move: int) -> bool:
        """Whether this thread can take a step; for a drain, whether a store waits in its buffer."""
        if state.ending.outcome is not OPEN:
            return False
        if move < 0:
            return can_drain(state.threads[~move])
        return self.wait_of(state, move) is None and not self.held(state, move)

    def wait_of(self, state: State, thread: int) -> Wait | None:
        """What keeps this thread from its next step, while the run goes on and the level does not hold it."""
        return wait_of(state.threads[thread], _next_word(state, thread), thread)

    def blocked(self, state: State, thread: int) -> bool:
        """Whether this thread waits for a lock."""
        return is_blocked(state.threads[thread], _next_word(state, thread), thread)

    def _waits_for_lock_alone(self, state: State, thread: int) -> bool:
        """Whether a lock is all that keeps this thread from moving."""
        return self.blocked(state, thread) and not self.held(state, thread)

    def held(self, state: State, thread: int) -> str:
        """Why the level holds this thread; "" when it does not."""
        for bar in self.barred:
            reached = bar.thread == thread and state.threads[bar.by].passed[bar.place] >= bar.count
            if bar.thread == thread and reached != bar.until:
                return bar.reason
        return ""

    def step(self, state: State, move: int) -> Step:
        """Let a thread that is enabled perform its pending operation and the private work after it, or drain.

        Raises ValueError for a move that is not enabled.
        """
        if not self.enabled(state, move):
            raise ValueError(f"thread {self.threads[thread_of(move)].letter} cannot move")
        return self._step(state, move) if move >= 0 else self._drain(state, ~move)

    def _step(self, state: State, thread: int) -> Step:
        private = state.threads[thread]
        operation = private.pending
        assert operation is not None
        word = _next_word(state, thread)
        result = self.automata[thread].advance(private, word)
        function = self.program.functions[private.frames[-1].function].name
        old = buffers.forwarded(private.buffer, operation.index, word) if operation.index >= 0 else None
        buffered = result.private.buffer[len(private.buffer) :]
        stored = buffered[0].value if buffered else result.store
        accessed = Accessed(
            thread, operation.kind, operation.address, old, old if stored is None else stored, function,
            operation.span, bool(buffered), result.calls, result.fewest,
        )  # fmt: skip
        return self._completed(state, thread, result, operation.index, [accessed])

    def _drain(self, state: State, thread: int) -> Step:
        oldest = state.threads[thread].buffer[0]
        drained = Drained(thread, self.image.addresses[oldest.index], state.memory[oldest.index], oldest.value)
        result = self.automata[thread].drain(state.threads[thread])
        return self._completed(state, thread, result, oldest.index, [drained])

    def _completed(self, state: State, thread: int, result: Advance, index: int, events: list[Event]) -> Step:
        try:
            after = self._after(state, thread, result, index, events)
            self.at_goal(after)
        except Fault as fault:
            ending = Ending(Outcome.FAULT, thread, f"a predicate of the level: {fault.message}", fault.span)
            after = evolve(state, ending=ending)
        if after.ending.outcome is not OPEN:
            events.append(Ended(after.ending))
        return Step(after, tuple(events))

    def _after(self, state: State, thread: int, result: Advance, index: int, events: list[Event]) -> State:
        after = self.commit(state, thread, result, index, events)
        if result.ending is not OPEN:
            return after
        if result.private.finished and not state.threads[thread].finished:
            events.append(Finished(thread))
        events += [
            Blocked(i, operation.address)
            for i, operation in enumerate(private.pending for private in after.threads)
            if operation and self._waits_for_lock_alone(after, i)
            if operation is not state.threads[i].pending or not self._waits_for_lock_alone(state, i)
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
        private = result.private if window is None else evolve(result.private, window=window)
        threads = (*before.threads[:thread], private, *before.threads[thread + 1 :])
        turns = self.rule_book.turns_after(before, thread, self.held)
        after = State(memory, threads, before.ghosts, before.flags, turns=turns)
        after = self._with_effects(after, thread, result.effects, events)
        if broken := self._broken(after):
            return evolve(after, ending=broken)
        if result.ending is not OPEN:
            return evolve(after, ending=self._ending(before, thread, result))
        after = self._with_ghosts(after)
        ending = self._goal_ending(after)
        return after if ending is RUNNING else evolve(after, ending=ending)

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
            events.append(Marked(thread, effect.kind, effect.value, effect.span))
            state = self._with_effect(state, thread, effect)
        return state

    def _with_effect(self, state: State, thread: int, effect: Effect) -> State:
        match effect.kind:
            case MarkKind.ALLOCATION_BEGIN:
                ghost = self.exhausted(state, thread)
                return evolve(state, ghosts=(*state.ghosts[:thread], ghost, *state.ghosts[thread + 1 :]))
            case MarkKind.ALLOCATION_FAILED:
                return evolve(state, flags=state.flags | Result.ENOMEM)
            case MarkKind.PAGE_ALLOCATED:
                allowed = self._allowed(state.memory, effect.value or 0)
                result = Result.PAGE if allowed else Result.PAGE | Result.PAGE_FORBIDDEN
                return evolve(state, flags=state.flags | result)
            case MarkKind.REBIND_BEGIN:
                return state.with_thread(thread, evolve(state.threads[thread], window=()))
            case MarkKind.REBIND_END:
                return state.with_thread(thread, evolve(state.threads[thread], window=None))
            case _:
                assert_never(effect.kind)

    def _with_ghosts(self, state: State) -> State:
        ghosts = tuple(
            ghost if ghost is not False else self.exhausted(state, thread) for thread, ghost in enumerate(state.ghosts)
        )
        return state if ghosts == state.ghosts else evolve(state, ghosts=ghosts)

    def exhausted(self, state: State, thread: int) -> bool:
        """Whether some consistent view of memory has all eligible nodes of this thread exhausted."""
        is_exhausted = self._exhausted[thread]
        if is_exhausted is None:
            return False
        return any(is_exhausted(view) for view in consistent_views(self.image, state.memory, state.threads))

    def _broken(self, state: State) -> Ending | None:
        """The end of a run that breaks a rule in a state, however it would end else."""
        return self.rule_book.broken(state, self.held) if self.rules else None

    def _goal_ending(self, state: State) -> Ending:
        wanted = self._wanted
        if wanted is None or wanted not in state.flags or not self.condition_holds(state):
            return RUNNING
        return Ending(RESULTS[wanted], sentence="the goal is reached")

    def _ended_if_over(self, state: State) -> State:
        if state.ending.outcome is not OPEN:
            return state
        if any(self.enabled(state, move) for move in self.moves):
            return state
        return self.stuck(state)

    def stuck(self, state: State) -> State:
        """A state in which no move is enabled, with how the run ended."""
        if any(self.blocked(state, thread) for thread in range(len(self.threads))):
            return evolve(state, ending=Ending(Outcome.DEADLOCK, sentence="no thread can move"))
        outcome = next(outcomes(state.flags), Outcome.FINISHED)
        held = any(thread.pending is not None for thread in state.threads)
        return evolve(state, ending=Ending(outcome, sentence="no other thread may move" if held else ""))

    def condition_holds(self, state: State) -> bool:
        """Whether the goal's condition on the final memory is true. Raises Fault where it cannot be evaluated."""
        return self._condition(state.memory)

    def at_goal(self, state: State) -> bool:
        """Whether the run ended at the goal, be that to be reached or proved unreachable."""
        return self.goal is not None and state.outcome is self.goal.outcome and self.condition_holds(state)

    def _name_at(self, index: int) -> str:
        """The lvalue of a word of memory, by its place there."""
        cell = self.program.cells[self.image.addresses[index]]
        assert cell is not None
        return cell.lvalue

    def words(self, state: State) -> list[tuple[str, int | str]]:
        """All global words in order of declaration: lvalue, and its value (of a pointer, the lvalue it points to)."""
        words: list[tuple[str, int | str]] = []
        for address, cell in enumerate(self.program.cells):
            if cell is not None:
                word = self.word(state, address)
                target = cell.type.target if isinstance(cell.type, Pointer) else None
                words.append((cell.lvalue, pointer_text(self.program, word, target) if target else word))
        return words

    def word(self, state: State, address: int) -> int:
        """The word at a global address, const or not. Raises ValueError where no object is."""
        constant = self.image.constants[address]
        if constant is not None:
            return constant
        if self.image.index[address] < 0:
            raise ValueError(f"no object at {address}")
        return state.memory[self.image.index[address]]


def _next_word(state: State, thread: int) -> int:
    """What memory holds of the word of a thread's next operation; 0 where there is none."""
    operation = state.threads[thread].pending
    return state.memory[operation.index] if operation is not None and operation.index >= 0 else 0


def _check_threads(threads: Sequence[Thread]) -> None:
    if not 1 <= len(threads) <= MAX_THREADS:
        raise setup_error("threads", f"{len(threads)} threads", f"a machine has 1 to {MAX_THREADS}")
    for index, thread in enumerate(threads):
        for other in threads[:index]:
            if other.letter == thread.letter:
                raise setup_error("threads", f"two threads have the letter {thread.letter}", "give each its own")
            if other.cpu == thread.cpu and len(threads) > 1:
                letters = f"{other.letter} and {thread.letter}"
                raise setup_error("threads", f"threads {letters} share CPU {thread.cpu}", "each thread has its own CPU")
