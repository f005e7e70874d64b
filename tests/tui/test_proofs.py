# SPDX-License-Identifier: GPL-2.0-or-later
"""One place for what is proved of levels: lock file, cache, search."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve

import tui.explorer.proofs
from puzzles.judging.score import Score
from puzzles.levels import Level, game_pack, load_pack
from puzzles.proofs import Par, Proof, known_proof, write_lock
from puzzles.proofs.prove import prove as prove_a_level
from sim.explore import Limits, Verdict, patient
from tests.tui.program import ROOT, call
from tui.explorer.proofs import Proofs
from tui.explorer.ways import HERE, refutes, ways
from tui.view.proved import number_text, par_lines

LEVEL = game_pack().level("in-place/1")
CHANGED = evolve(LEVEL, boot={**LEVEL.boot, "new_mems": "0-1"})


def proof(*par: tuple[int, int]) -> Proof:
    best = tuple(Par(preemptions, steps, f"A{steps}") for preemptions, steps in par)
    return Proof("sha256:0", Verdict.REACHABLE, 100, 200, best, 1000, 100, "10")


def test_the_levels_of_the_game_are_known_without_a_search(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    assert proofs.seen(LEVEL) is None
    assert proofs.known(LEVEL) == known_proof(LEVEL)
    assert proofs.seen(LEVEL) == known_proof(LEVEL)
    assert list(tmp_path.iterdir()) == []


def test_another_level_is_searched_once_and_found_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = Proofs(tmp_path)
    assert proofs.known(CHANGED) is None
    proofs.search(CHANGED, patient)
    found = proofs.known(CHANGED)
    assert found is not None
    assert found.verdict is Verdict.UNREACHABLE
    monkeypatch.setattr(tui.explorer.proofs, "prove", None)
    assert Proofs(tmp_path).known(CHANGED) == found
    assert Proofs().known(CHANGED) is None


def test_a_level_that_is_too_large_is_not_searched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(level: Level, _limits: Limits) -> Proof:
        return prove_a_level(level, Limits(states=3))

    monkeypatch.setattr(tui.explorer.proofs, "prove", prove)
    Proofs(tmp_path).search(CHANGED, patient)
    found = Proofs(tmp_path).known(CHANGED)
    assert found is not None
    assert list(par_lines(found)) == [("best of all", "not known: more than 3 states")]


def test_memory_that_ends_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(_level: Level, _limits: Limits) -> Proof:
        raise MemoryError

    monkeypatch.setattr(tui.explorer.proofs, "prove", prove)
    Proofs(tmp_path).search(CHANGED, patient)
    assert list(par_lines(Proofs(tmp_path).known(CHANGED))) == [("best of all", "not known: all memory was taken")]


def test_the_players_run_stands_in_its_place_among_the_best() -> None:
    best = proof((1, 31), (2, 28))
    assert [way.text for way in ways(best, None)] == [
        "1 preemption, 31 steps: A31",
        "2 preemptions, 28 steps: A28",
    ]
    assert [way.own for way in ways(best, Score(31, 1))] == [True, False]
    assert [way.text for way in ways(best, Score(40, 1))][1] == f"1 preemption, 40 steps  {HERE}"
    assert [(way.preemptions, way.steps) for way in ways(best, Score(29, 3))] == [(1, 31), (2, 28), (3, 29)]
    assert [way.own for way in ways(best, Score(29, 3))] == [False, False, True]


def test_the_odds_can_be_read_however_large_they_are() -> None:
    assert number_text(9_885_994) == "9,885,994"
    assert number_text(3_885_994_182) == "3.88e9"
    assert number_text(7_268_184 * 10**20) == "7.26e26"
    assert number_text(10**6000) == "1.00e6000"


def test_p6_par_and_odds_of_a_pack_come_from_its_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(ROOT / "tests/data/packs/one-is-lost", tmp_path / "pack"))
    pack = load_pack(folder)
    level = pack.level("basics/1")
    assert "Par" not in call("levels", "--pack", str(folder)).stdout
    assert call("check", str(folder), "--write").exit_code == 0
    monkeypatch.setattr(tui.explorer.proofs, "prove", None)
    found = Proofs(None, pack).known(level)
    assert found is not None
    assert [(par.preemptions, par.steps) for par in found.par] == [(1, 4)]
    assert "Par: 1 preemption, 4 steps." in call("levels", "--all", "--pack", str(folder)).stdout
    shown = call("show", "basics/1", "--all", "--pack", str(folder)).stdout
    assert "by chance: of 6 schedules 4 win; they are not equally likely: " in shown
    played = call("play", "basics/1", "--plain", "--pack", str(folder), typed="briefing\na\nr2\na\nbriefing\n").stdout
    assert played.count("par: 1 preemption, 4 steps") == 1


def test_p6_a_run_that_is_better_than_the_lock_file_says_is_told_so(tmp_path: Path) -> None:
    """What it says plays and reaches the goal, and is not the best: no file can be made to say otherwise for long."""
    pack = Path(shutil.copytree(ROOT / "tests/data/packs/one-is-lost", tmp_path / "pack"))
    level = load_pack(pack).level("basics/1")
    lied = evolve(prove_a_level(level), par=(Par(2, 4, "A1 R1 A1 R1"),))
    write_lock(pack, {level.id: lied})
    assert "Par: 2 preemptions, 4 steps" in call("levels", "--all", "--pack", str(pack)).stdout
    told = call("play", "basics/1", "--plain", "--fresh", "--pack", str(pack), typed="a\nr2\na\n").stdout
    said = "best of all: not known: the lock file of the pack says 2 preemptions, 4 steps, and this run is better"
    assert said in told.splitlines()
    assert refutes(Score(5, 1), lied)
    assert not refutes(Score(5, 2), lied)
    assert not refutes(Score(4, 1), evolve(lied, within=4))


def test_p6_a_lock_file_that_does_not_fit_is_not_used(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests/data/packs/one-is-lost", tmp_path / "pack"))
    assert call("check", str(folder), "--write").exit_code == 0
    text = (folder / "kernels/lost.c").read_text("utf-8")
    (folder / "kernels/lost.c").write_text(text.replace("int counter;", "int counter = 1;"), "utf-8")
    pack = load_pack(folder)
    assert Proofs(None, pack).known(pack.level("basics/1")) is None
    (folder / "proofs.json").write_text("no JSON", "utf-8")
    assert Proofs(None, pack).known(pack.level("basics/1")) is None
