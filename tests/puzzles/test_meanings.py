# SPDX-License-Identifier: GPL-2.0-or-later
"""A version that players' files name means what it meant; a change fails with the version that is to be raised."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any, cast

import pytest
from attrs import evolve

from puzzles.journals.records import line
from sim.explore import Solution, solve
from sim.machine.machine import Machine
from sim.machine.state import State
from sim.operations.kinds import Buffering, OperationKind
from sim.operations.lock_kind import Transition, always
from sim.operations.lock_word import FREE, Misuse
from sim.operations.locks import TRANSITIONS
from tests.puzzles.meanings import STORED, VERSIONS, level_of, objections, steps_of, written

MEANT = json.loads(STORED.read_text("utf-8"))


@pytest.mark.parametrize("name", VERSIONS)
def test_a_version_means_what_it_meant(name: str) -> None:
    assert list(objections(MEANT, name, VERSIONS[name])) == []


def said(name: str) -> str:
    """The first objection to a version."""
    return next(objections(MEANT, name, VERSIONS[name]), "")


def never_exhausted(_machine: Machine, _state: State, _thread: int) -> bool:
    return False


def without_the_last(machine: Machine, *given: Any) -> Solution:
    found = solve(machine, *given)
    return evolve(found, best=found.best[:-1])


def test_another_meaning_of_a_step_names_the_semantics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Machine, "exhausted", never_exhausted)
    objection = said("steps")
    assert objection.startswith("steps: buffered window, all steps: was '451 states, ")
    assert ": raise SEMANTICS_VERSION in puzzles/replays/semantics.py, say in docs/replay.md " in objection


SAME = [(OperationKind.DOWN_WRITE_QUEUED, Buffering.PASSES)]
"""No store waits there: the first half of down_write has let the buffer drain, and its CPU has stored nothing since."""

KINDS = cast("dict[OperationKind, Transition]", TRANSITIONS)


@pytest.mark.parametrize("kind", OperationKind)
def test_what_each_kind_has_to_do_with_a_store_buffer_is_noticed(
    kind: OperationKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in Buffering:
        if other is not kind.buffering and (kind, other) not in SAME:
            with monkeypatch.context() as patched:
                patched.setattr(kind, "buffering", other)
                assert differs("waiting stores", "full buffer", "buffers"), f"{kind}, {other.name}: no level differs"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].can is not always])
def test_a_lock_that_makes_nobody_wait_is_noticed(kind: OperationKind, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = KINDS[kind].apply
    free = evolve(KINDS[kind], can=always, apply=lambda _, thread: strict(FREE, thread))
    monkeypatch.setitem(KINDS, kind, free)
    assert differs("contention")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not OperationKind.DOWN_WRITE_QUEUED])
def test_a_lock_that_forgives_misuse_is_noticed(kind: OperationKind, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = KINDS[kind].apply

    def forgiving(word: int, thread: int) -> int:
        try:
            return strict(word, thread)
        except Misuse:
            return word

    monkeypatch.setitem(KINDS, kind, evolve(KINDS[kind], apply=forgiving))
    assert differs("misuse")


def differs(*titles: str) -> bool:
    """Whether steps mean something else than what is stored, on one of these levels."""
    return any(MEANT["steps"][about] != meaning for title in titles for about, meaning in steps_of(level_of(title)))


def test_another_find_names_the_version_of_the_explorer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("puzzles.proofs.prove"), "solve", without_the_last)
    assert said("proofs").startswith("proofs: atomics, par: was ")
    assert ": raise EXPLORER_VERSION in tui/explorer/cache.py, " in said("proofs")


def test_another_line_of_a_journal_names_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        import_module("puzzles.journals.journal"), "line", lambda record: line(record).replace(b"moves", b"steps")
    )
    assert ": raise VERSION in puzzles/journals/records.py, " in said("journals")


def test_another_hash_of_an_unchanged_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("puzzles.levels.hashing"), "_THREAD_KEYS", ("letter", "cpu"))
    assert ": raise nothing, but let unchanged levels keep their hashes, " in said("hashes")


def test_a_version_that_was_raised_is_to_be_stored() -> None:
    raised = evolve(VERSIONS["journals"], number="next")
    assert list(objections(MEANT, "journals", raised)) == [
        "journals: version next is new; store what it means: python -m tests.puzzles.meanings"
    ]


def test_a_level_that_was_added_is_to_be_stored_under_the_same_version() -> None:
    fewer = MEANT | {"hashes": {title: text for title, text in MEANT["hashes"].items() if title != "misuse"}}
    assert list(objections(fewer, "hashes", VERSIONS["hashes"])) == [
        "hashes: misuse: is new; store what it means: python -m tests.puzzles.meanings"
    ]
    assert written(fewer, {"hashes": VERSIONS["hashes"]}) == ({"hashes": MEANT["hashes"]}, [])


def test_another_meaning_is_not_stored_under_the_same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("puzzles.proofs.prove"), "solve", without_the_last)
    raised = {"journals": evolve(VERSIONS["journals"], number="next"), "proofs": VERSIONS["proofs"]}
    _, refused = written(MEANT, raised)
    assert refused
    assert all(text.startswith("proofs: ") and "raise EXPLORER_VERSION" in text for text in refused)
    _, refused = written(MEANT, raised | {"proofs": evolve(VERSIONS["proofs"], number="next")})
    assert refused == []
