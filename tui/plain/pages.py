# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole pages as lines of text: briefing, a level's facts, help."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.levels import Level
from puzzles.proofs import Proof
from tui.actions.commands import COMMANDS, Command, CommandError, find, label
from tui.plain.painting import OfThreads
from tui.view.goals import goal_text
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


def help_lines(topic: str) -> Iterator[str]:
    """All commands by group, or what one of them does. Raises CommandError for a topic that is none."""
    if topic:
        command = find(topic)
        if command is None:
            raise CommandError(f"no command {topic!r}; help lists them all")
        yield _command_line(command)
        return
    yield "a schedule such as a, a8 or a8 r14 a3: steps of threads, one visible operation each"
    for group in dict.fromkeys(one.group for one in COMMANDS):
        yield group
        yield from (f"  {_command_line(one)}" for one in COMMANDS if one.group == group)
    yield "  save! FILE: the same, over a file that is there already"
    yield "  the id of a level opens that level"
    yield "  what is in brackets behind a command is short for it: u, g r, p task.mems_allowed"


def _command_line(command: Command) -> str:
    keys = [key for key in map(label, command.key.split(",")) if len(key) == 1]
    short = f" ({', '.join((*keys, *command.aliases))})" if keys or command.aliases else ""
    return f"{command.usage}{short}: {command.help}"
