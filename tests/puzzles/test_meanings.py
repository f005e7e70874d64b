# SPDX-License-Identifier: GPL-2.0-or-later
"""A version that players' files name means what it meant; a change fails with the version that is to be raised."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from attrs import evolve

from puzzles.journals.records import line
from sim.explore import Solution, solve
from sim.machine.machine import Machine
from sim.machine.state import State
from tests.puzzles.meanings import STORED, VERSIONS, objections

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
    assert said("steps").startswith("steps: buffered window, all steps: was '451 states, ")
    assert ": raise SEMANTICS_VERSION in puzzles/replays/semantics.py, say in docs/replay.md " in said("steps")


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
