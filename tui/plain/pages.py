# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole pages as lines of text: briefing, a level's facts, help."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels import Level
from puzzles.proofs import Proof
from tui.actions.commands import COMMANDS, FORMS, Group
from tui.game.game import Game
from tui.plain.painting import OfThreads
from tui.view.goals import goal_text
from tui.view.ladder import ladder_rungs
from tui.view.words import chance_text, par_text, paragraphs


def briefing_lines(level: Level, proof: Proof | None = None) -> Iterator[str]:
    """What a level asks for, with its par where a proof tells it."""
    yield f"{level.id} {level.title}" + (f" ({level.era})" if level.era else "")
    yield from paragraphs(level.briefing)
    yield f"new: {level.idea}"
    for thread in level.threads:
        place = f"CPU {thread.cpu}, node {thread.node}"
        yield OfThreads(f"thread {thread.letter} {thread.name}: {place}, runs {thread.run}", level.threads)
    yield f"goal: {goal_text(level)}" + (f"; par: {par_text(proof)}" if proof and proof.par else "")


def level_lines(level: Level, proof: Proof | None = None) -> Iterator[str]:
    """The facts of a level: briefing, goal, threads, initial values, machine; par and odds where a proof tells them."""
    yield from briefing_lines(level, proof)
    if proof and (chance := chance_text(proof)):
        yield f"by chance: {chance}"
    yield f"kernel: {level.kernel}" + (f", commits {', '.join(level.commits)}" if level.commits else "")
    for limit in level.limits:
        rule = f"is held at {limit.hold_at}" if limit.hold_at else f"starts after {limit.start_after}"
        yield f"limit: {limit.thread} {rule}"
    for number, node in enumerate(level.machine.nodes):
        cpus = ", ".join(map(str, node.cpus)) or "none"
        yield f"node {number}: {node.free} of {node.pages} pages free, CPUs {cpus}"
    for lvalue, value in level.boot.items():
        yield f"initially {lvalue} = {value}"
    for text in level.left_out:
        yield f"left out: {text}"


def help_lines() -> Iterator[str]:
    """All that can be typed, by group."""
    yield from (command.line for command in FORMS)
    for group in Group:
        yield group.value
        yield from (f"  {command.line}" for command in COMMANDS if command.group is group)
    yield "  what is in brackets behind a command is short for it: u, g r, p task.mems_allowed"


def ladder_lines(game: Game) -> Iterator[str]:
    """Every access to the words that several threads touch, by word."""
    name = ""
    for rung in ladder_rungs(game.machine, game.session.now):
        if rung.name != name:
            name = rung.name
            yield name
        note = f"  <- {rung.note}" if rung.note else ""
        yield OfThreads(f"  {rung.letter} {rung.step:3} {rung.text}{note}", game.machine.threads)
    if not name:
        yield "no word was touched by two threads"
