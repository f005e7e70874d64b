# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels with rules as they are played: the goal tells them, a step that breaks one says so, and undo goes back."""

from __future__ import annotations

from typing import Final

import pytest
from attrs import evolve

from puzzles.levels import Level, build_machine, game_pack, level_hash
from puzzles.proofs import with_par
from puzzles.proofs.findings import findings
from puzzles.proofs.prove import prove
from sim import Outcome, Rules
from sim.explore import Verdict
from tests.tui.playing import playing
from tui.actions.commands import answered
from tui.game.ends import run_end
from tui.game.game import Game
from tui.view.goals import goal_text, top_goal

NEVER_WAITS: Final = Rules(never_waits=("R",))


def level_with(rules: Rules, level: str = "in-place/1") -> Level:
    return evolve(game_pack().level(level), rules=rules)


def game_with(rules: Rules, level: str = "in-place/1") -> Game:
    opened = level_with(rules, level)
    return Game(opened, build_machine(opened))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (Rules(preemptions=0), "premature OOM, with no preemption: force it,"),
        (Rules(preemptions=1), "premature OOM, with at most 1 preemption: force it,"),
        (Rules(preemptions=2), "premature OOM, with at most 2 preemptions: force it,"),
        (NEVER_WAITS, "premature OOM, without R ever waiting for a lock: force it,"),
        (Rules(None, ("A", "R")), "premature OOM, without A or R ever waiting for a lock: force it,"),
        (Rules(never_enters=("A handle_mm_fault",)), "premature OOM, without A entering handle_mm_fault: force it,"),
        (Rules(never_enters=("R f:x#2",)), "premature OOM, without R passing f:x for the 2nd time: force it,"),
        (Rules(1, ("R",)), "premature OOM, with at most 1 preemption, without R ever waiting for a lock: force it,"),
    ],
)
def test_the_goal_tells_the_rules(rules: Rules, said: str) -> None:
    level = level_with(rules)
    assert goal_text(level).startswith(said)
    assert goal_text(level.listed) == goal_text(level)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (Rules(), "premature OOM"),
        (Rules(1, ("R",)), "premature OOM, at most 1 preemption, R never waits"),
        (Rules(None, ("A", "R"), ("A a",)), "premature OOM, A and R never wait, one place barred"),
        (Rules(0, (), ("A a", "R b#2")), "premature OOM, no preemption, 2 places barred"),
    ],
)
def test_the_top_line_tells_them_in_few_words(rules: Rules, said: str) -> None:
    assert top_goal(level_with(rules)) == said


@pytest.mark.parametrize(
    ("rules", "moves", "said"),
    [
        (NEVER_WAITS, "A1 R23", "R waits for mm.mmap_sem: this level asks for a run in which R never waits"),
        (Rules(1), "A6 R3 A1", "preemption 2: this level asks for a run with at most 1 preemption"),
        (
            Rules(never_enters=("A pagefault_out_of_memory",)),
            "A6 R22 A2",
            "A entered pagefault_out_of_memory: this level asks for a run in which A does not",
        ),
    ],
)
def test_the_step_that_breaks_a_rule_ends_the_run_and_undo_goes_back(rules: Rules, moves: str, said: str) -> None:
    game = game_with(rules)
    answered(game, moves)
    ending = run_end(game, None, "")
    assert (game.session.now.outcome, ending.won) == (Outcome.RULE_BROKEN, False)
    assert ending.sentence == f"rule broken: {said}"
    answered(game, "undo")
    assert game.session.now.outcome is Outcome.OPEN


async def test_the_screen_says_the_same() -> None:
    async with playing(game_with(NEVER_WAITS), size=(80, 24)) as player:
        await player.type("A1 R23")
        assert "R waits for mm.mmap_sem: this level asks" in " ".join(player.text.split())


def test_par_is_that_of_the_runs_that_keep_the_rules() -> None:
    proof = prove(level_with(NEVER_WAITS))
    assert [(par.preemptions, par.steps) for par in proof.par] == [(2, 28)]
    assert proof.recipe is None
    assert prove(level_with(Rules(1, ("R",)))).verdict is Verdict.UNREACHABLE
    assert with_par(level_with(NEVER_WAITS).listed, proof).rule_words == ("without R ever waiting for a lock",)


def test_a_rule_that_no_run_breaks_is_found() -> None:
    level = level_with(Rules(5, ("R",), ("A alloc_pages_current", "R update_nodemask#2")))
    wrong = [(finding.key, finding.message) for finding in findings(level, prove(level), None)]
    assert wrong == [(f"rules.never_enters[{index}]", "no run breaks this rule") for index in range(2)]


def test_the_hash_of_a_level_without_rules_is_as_it_was() -> None:
    level = game_pack().level("in-place/1")
    assert level_hash(evolve(level, rules=Rules())) == level_hash(level)
    assert len({level_hash(level), level_hash(level_with(NEVER_WAITS)), level_hash(level_with(Rules(1)))}) == 3
