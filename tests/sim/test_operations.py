# SPDX-License-Identifier: GPL-2.0-or-later
"""Kinds of operations and locks: what follows from them is whole, and says where it is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from sim.debugger.sentences import has_done, in_function, on_word, will_do
from sim.kernelc.meaning.intrinsics import FORMS, LOCK_TAGS, LOCK_TYPES, NAMES
from sim.kernelc.model.code import Instruction
from sim.machine.private import _DO
from sim.operations.atomics import ATOMICS
from sim.operations.kinds import Buffering, Family, OperationKind, require_whole
from sim.operations.lock_kind import LockKind, Transition
from sim.operations.lock_word import FREE, MAX_THREADS, holds
from sim.operations.locks import LOCK_KINDS, TRANSITIONS, must_wait, transitions
from tests.sim import generated
from tests.sim.gcc import intrinsics as compared
from tests.sim.programs import machine, play

ROOT = Path(__file__).parents[2]
GENERATORS = (generated.HEAD, *generated.COMMON, *(shape for own in generated.OWN for shape in own))
PLACES = {
    "puzzles/include/oomrace.h": (ROOT / "puzzles/include/oomrace.h").read_text("utf-8"),
    "docs/kernel-c.md": (ROOT / "docs/kernel-c.md").read_text("utf-8"),
    "tests/data/c/runtime/oomrace.h": (ROOT / "tests/data/c/runtime/oomrace.h").read_text("utf-8"),
    "tests/sim/generated.py or tests/sim/gcc/intrinsics.py": "\n".join(
        (*GENERATORS, *compared.OBJECTS, *compared.CALLS, *(" ".join(pair) for pair in compared.LOCKED))
    ),
}
TYPES = {*LOCK_TYPES, *LOCK_TAGS}


def absent(name: str, places: dict[str, str]) -> list[str]:
    """Where a name does not stand."""
    return [place for place, text in places.items() if not re.search(rf"\b{name}\b", text)]


@pytest.mark.parametrize("name", sorted({*NAMES, "current"}))
def test_an_intrinsic_stands_in_header_page_runtime_and_generator(name: str) -> None:
    assert not absent(name, PLACES), f"{name} is missing in: {', '.join(absent(name, PLACES))}"


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_type_of_the_machine_stands_in_header_page_and_runtime(name: str) -> None:
    places = absent(name, {place: text for place, text in PLACES.items() if "generated" not in place})
    assert not places, f"{name} is missing in: {', '.join(places)}"


def test_a_name_that_is_missing_is_told_with_its_place() -> None:
    places = {"a.h": "void down_read_killable(void);", "b.md": "`down_read`"}
    assert absent("down_read", places) == ["a.h"]


@pytest.mark.parametrize("kind", OperationKind)
def test_each_kind_is_told_in_all_forms(kind: OperationKind) -> None:
    texts = [
        will_do(kind, "*p", "x", "1", "2", buffered=False),
        has_done(kind, "x", "1", "2", changed=True, buffered=False),
        on_word(kind, "1", "2", changed=True),
        in_function(kind, "x", "f"),
    ]
    assert all(texts)


def test_the_source_calls_each_kind_as_it_is_shown_but_the_second_half_of_down_write() -> None:
    assert {kind.call: kind.value for kind in OperationKind if kind.call != kind.value} == {
        "down_write": "down_write queued"
    }


def test_what_a_program_can_call_has_a_form() -> None:
    calls = {kind.call for kind in OperationKind if kind.family not in (Family.READ, Family.WRITE, Family.WILD)}
    assert calls <= NAMES
    assert set(FORMS) <= NAMES


def test_each_instruction_has_its_work() -> None:
    assert set(_DO) == {kind for group in get_args(Instruction) for kind in (get_args(group) or (group,))}


def test_an_operation_without_a_lock_is_told_where_the_table_stands() -> None:
    with pytest.raises(ValueError, match=r"LOCK_KINDS in sim/operations/locks.py lacks spin_lock, spin_unlock"):
        transitions([lock for lock in LOCK_KINDS if lock.spelling != "spinlock_t"])


def test_an_operation_on_two_kinds_of_locks_is_refused() -> None:
    twice = LockKind("struct rt_mutex", (TRANSITIONS[OperationKind.MUTEX_LOCK],))
    with pytest.raises(ValueError, match="has mutex_lock twice"):
        transitions((*LOCK_KINDS, twice))


def test_what_is_no_lock_operation_is_refused() -> None:
    strange = LockKind("struct rt_mutex", (Transition(OperationKind.READ, lambda word, _thread: word),))
    with pytest.raises(ValueError, match=r"has read: it has one row for each operation of Family.LOCK"):
        transitions((*LOCK_KINDS, strange))
    fewer = set(ATOMICS) - {OperationKind.ATOMIC_INC}
    with pytest.raises(ValueError, match="ATOMICS lacks atomic_inc"):
        require_whole(fewer, Family.ATOMIC, "ATOMICS")


@pytest.mark.parametrize("lock", LOCK_KINDS, ids=lambda lock: lock.spelling)
def test_a_free_lock_lets_each_thread_in_and_is_free_again_when_it_leaves(lock: LockKind) -> None:
    taking = [use for use in lock.transitions if _takes(use)]
    leaving = [use for use in lock.transitions if not _takes(use)]
    assert len(taking) == len(leaving)
    for thread in range(MAX_THREADS):
        for take, leave in zip(taking, leaving, strict=True):
            word = take.apply(FREE, thread)
            assert [holds(word, other) for other in range(MAX_THREADS)] == [
                other == thread for other in range(MAX_THREADS)
            ]
            assert leave.apply(word, thread) == FREE


@pytest.mark.parametrize("kind", TRANSITIONS, ids=str)
def test_a_free_lock_makes_nobody_wait(kind: OperationKind) -> None:
    assert not any(must_wait(kind, FREE, thread) for thread in range(MAX_THREADS))


def test_an_access_of_no_object_is_told_as_one() -> None:
    one = machine("int *p; int x; void run(void) { x = *p; }")
    assert play(one, "AA").operations == ["read p", "wild"]
    assert has_done(OperationKind.WILD, "NULL", "", "", changed=False, buffered=False) == "accessed no object"


def _takes(use: Transition) -> bool:
    return use.kind.call.startswith("down") or use.kind.call.endswith("_lock")


def test_only_plain_stores_and_the_release_of_a_spinlock_go_into_a_buffer() -> None:
    stores = {kind for kind in OperationKind if kind.buffering is Buffering.STORES}
    assert stores == {OperationKind.WRITE, OperationKind.SPIN_UNLOCK}
