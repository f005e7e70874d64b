# SPDX-License-Identifier: GPL-2.0-or-later
"""Laws of the machine, over generated programs and schedules."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from attrs import define
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.kernelc.model.types import Lock
from sim.machine.events import Accessed, Marked
from sim.machine.key import state_key
from sim.operations.kinds import OperationKind
from sim.operations.lock_word import holders
from tests.sim.generated import Choose, build, kernel, moves
from tests.sim.programs import Ran, accessed, play

ROOT = Path(__file__).parents[2]
few = settings(max_examples=20)  # each is a compiled program and a run; the seeds below add their own


def chooser(data: st.DataObject) -> Choose:
    return lambda options: data.draw(st.sampled_from(list(options)))


def trace(ran: Ran) -> list[sim.State]:
    return [step.state for step in ran.steps]


@few
@given(st.data())
def test_a_schedule_gives_the_same_states_in_a_fresh_machine(data: st.DataObject) -> None:
    text = kernel(chooser(data))
    schedule = moves(build(text), chooser(data))
    first, second = play(build(text), schedule), play(build(text), schedule)
    assert trace(first) == trace(second)
    assert [repr(state) for state in trace(first)] == [repr(state) for state in trace(second)]
    assert [hash(state) for state in trace(first)] == [hash(state) for state in trace(second)]
    assert [step.events for step in first.steps] == [step.events for step in second.steps]


def batch_digest(count: int) -> str:
    """A digest of all states and events of some runs."""
    total = hashlib.sha256()
    for seed in range(count):
        random = Random(seed)
        text = kernel(random.choice)
        one = build(text)
        for step in play(one, moves(one, random.choice)).steps:
            total.update(repr((step, one.words(step.state), state_key(one.program, step.state))).encode())
    return total.hexdigest()


@pytest.mark.parametrize("seed", ["1", "77"])
def test_states_do_not_depend_on_the_hash_seed(seed: str) -> None:
    command = "from tests.sim.test_machine_laws import batch_digest; print(batch_digest(12))"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == batch_digest(12)


def by_letter(one: sim.Machine, state: sim.State) -> dict[str, object]:
    """What of a state does not depend on the places of the threads."""
    letters = [thread.letter for thread in one.threads]
    words: dict[str, object] = {}
    for address, cell in enumerate(one.program.cells):
        if cell is not None:
            word = one.word(state, address)
            words[cell.lvalue] = _owners(word, letters) if isinstance(cell.type, Lock) else word
    threads = {letter: (private.frames, private.window) for letter, private in zip(letters, state.threads, strict=True)}
    ghosts = dict(zip(letters, state.ghosts, strict=True))
    return {"words": words, "threads": threads, "ghosts": ghosts, "flags": state.flags, "outcome": state.outcome}


def _owners(word: int, letters: list[str]) -> tuple[str, set[str], set[str]]:
    found = holders(word)
    owner = "" if found.owner is None else letters[found.owner]
    return owner, {letters[i] for i in found.readers}, {letters[i] for i in found.queued}


@few
@given(st.data())
def test_the_order_of_the_threads_changes_nothing(data: st.DataObject) -> None:
    text = kernel(chooser(data))
    order = "".join(data.draw(st.sampled_from(list(permutations("ABC")))))
    one, other = build(text), build(text, order)
    schedule = moves(one, chooser(data))
    for first, second in zip(trace(play(one, schedule)), trace(play(other, schedule)), strict=True):
        assert by_letter(one, first) == by_letter(other, second)


@few
@given(st.data())
def test_a_step_changes_nothing_but_makes_a_new_state(data: st.DataObject) -> None:
    one = build(kernel(chooser(data)))
    state = one.boot()
    for letter in moves(one, chooser(data)):
        before, hashed = repr(state), hash(state)
        after = [one.step(state, i) for i in range(3) if one.enabled(state, i)]
        assert [one.step(state, i) for i in range(3) if one.enabled(state, i)] == after
        assert (repr(state), hash(state)) == (before, hashed)
        state = one.step(state, "ABC".index(letter)).state


@few
@given(st.data())
def test_a_step_touches_at_most_one_word_and_one_thread(data: st.DataObject) -> None:
    one = build(kernel(chooser(data)))
    state = one.boot()
    for step in play(one, moves(one, chooser(data))).steps:
        done = accessed(step)
        changed = {one.image.addresses[i] for i, word in enumerate(step.state.memory) if word != state.memory[i]}
        assert changed == ({done.address} if done.old != done.new else set())
        others = [i for i in range(3) if i != done.thread]
        assert [step.state.threads[i] for i in others] == [state.threads[i] for i in others]
        state = step.state


@few
@given(st.data())
def test_a_run_is_over_exactly_when_nobody_can_move(data: st.DataObject) -> None:
    one = build(kernel(chooser(data)))
    for step in play(one, moves(one, chooser(data))).steps:
        can = [one.enabled(step.state, i) for i in range(3)]
        waits = [one.blocked(step.state, i) for i in range(3)]
        outcome = step.state.outcome
        assert any(can) == (outcome is sim.Outcome.OPEN)
        if outcome is sim.Outcome.DEADLOCK:
            assert any(waits)
        if outcome in (sim.Outcome.FINISHED, sim.Outcome.PAGE, sim.Outcome.ENOMEM, sim.Outcome.PAGE_FORBIDDEN):
            assert all(private.finished for private in step.state.threads)


def exhausted(words: Mapping[str, int]) -> bool:
    """The predicate of the generated programs, in Python."""
    first = bool(words["x"] & 1) or not words["zones[0].free"]
    second = bool(words["y"] & 1) or not words["zones[1].free"]
    return first and second


@define
class Story:
    """What a run says of memory, of B's rebind (None: none open, else the words as they were) and of A's ghost bit."""

    words: dict[str, int]
    before: dict[str, int] | None = None
    ghost: bool | None = None

    def no_memory(self) -> bool:
        return exhausted({**self.words, **(self.before or {})})

    def mark(self, name: str) -> None:
        if name == "allocation_begin":
            self.ghost = self.no_memory()
        elif name in ("rebind_begin", "rebind_end"):
            self.before = {} if name == "rebind_begin" else None

    def operation(self, lvalue: str, done: Accessed) -> None:
        if done.new is None:
            return
        if self.before is not None and done.thread == 1 and (done.kind is OperationKind.WRITE or done.old != done.new):
            self.before.setdefault(lvalue, self.words[lvalue])
        self.words[lvalue] = done.new


def ghost_of_a(one: sim.Machine, ran: Ran) -> list[bool | None]:
    """The ghost bit of thread A after each step, from what the run alone tells: writes and marks."""
    lvalue = {address: cell.lvalue for address, cell in enumerate(one.program.cells) if cell}
    story = Story({name: one.word(one.boot(), address) for address, name in lvalue.items()})
    waiting = {i: len(private.effects) for i, private in enumerate(one.boot().threads)}
    found: list[bool | None] = []
    for step in ran.steps:
        done = accessed(step)
        marks = [event.kind.value for event in step.events if isinstance(event, Marked)]
        early = waiting.pop(done.thread, 0)
        for name in marks[:early]:
            story.mark(name)
        story.operation(lvalue.get(done.address, ""), done)
        for name in marks[early:]:
            story.mark(name)
        if story.ghost is False:
            story.ghost = story.no_memory()
        found.append(story.ghost)
    return found


def endings(one: sim.Machine, ran: Ran) -> None:
    """Check every ghost bit of a run, and what its OOM was called."""
    expected = ghost_of_a(one, ran)
    for ghost, step in zip(expected, ran.steps, strict=True):
        if step.state.outcome not in (sim.Outcome.FAULT, sim.Outcome.BUG):
            assert step.state.ghosts[0] == ghost
            assert step.state.ghosts[1:] == (None, None)
    last = ran.state.outcome
    if last in (sim.Outcome.OOM_GENUINE, sim.Outcome.OOM_PREMATURE):
        assert last is (sim.Outcome.OOM_GENUINE if expected[-1] else sim.Outcome.OOM_PREMATURE)


@few
@given(st.data())
def test_ghost_bits_are_what_the_story_of_the_run_says(data: st.DataObject) -> None:
    one = build(kernel(chooser(data)))
    endings(one, play(one, moves(one, chooser(data))))


def test_the_generated_runs_are_of_all_sorts() -> None:
    outcomes: Counter[str] = Counter()
    ghosts: Counter[bool | None] = Counter()
    for seed in range(100):
        random = Random(seed)
        one = build(kernel(random.choice))
        ran = play(one, moves(one, random.choice))
        endings(one, ran)
        outcomes[ran.outcome] += 1
        ghosts.update(ghost_of_a(one, ran))
    assert len(outcomes) >= 8
    assert min(ghosts[True], ghosts[False], ghosts[None]) > 100


@few
@given(st.data())
def test_equal_keys_have_equal_futures(data: st.DataObject) -> None:
    one = build(kernel(chooser(data)))
    seen: dict[object, sim.State] = {}
    for _ in range(3):
        for step in play(one, moves(one, chooser(data), most=25)).steps:
            key = state_key(one.program, step.state)
            known = seen.setdefault(key, step.state)
            for i in range(3):
                assert one.enabled(known, i) == one.enabled(step.state, i)
                if one.enabled(known, i):
                    here, there = one.step(step.state, i), one.step(known, i)
                    assert here.events == there.events
                    assert state_key(one.program, here.state) == state_key(one.program, there.state)
