# SPDX-License-Identifier: GPL-2.0-or-later
"""SPIN at work on an exported machine, without any reduction."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from sim import CIRCLES
from sim.explore import Graph, goals
from sim.promela.model import promela

PRESENT = all(shutil.which(tool) for tool in ("spin", "gcc"))
_SECONDS = 300


@frozen
class Counted:
    """What SPIN says of a machine, or what oomrace expects it to say.

    `transitions` are our steps, one for the first state and one for each state in which a run has ended; `errors` are
    those states, and once more each in which the goal is reached.
    """

    states: int
    transitions: int
    errors: int
    outcomes: tuple[str, ...]
    goal: bool


def expected(graph: Graph) -> Counted:
    """What SPIN must come to if the explorer of oomrace is right."""
    ended = len(graph.outcomes)
    won = len(graph.ended_at_goal())
    return Counted(
        len(graph.packed),
        graph.transitions + 1 + ended,
        ended + won,
        tuple(sorted({outcome.value for outcome in graph.outcomes.values()})),
        bool(goals(graph)),
    )


def counted(graph: Graph, folder: Path) -> Counted:
    """What SPIN comes to, in an empty folder."""
    text = promela(graph)
    said = checked(text, folder, ["OUTCOMES"], len(graph.packed))
    met = {_outcome(text, value) for value in re.findall(r"violated \(outcome!=(\d+)\)", said)}
    goal = "violated !(goal_reached)" in said
    if graph.machine.goal is not None and graph.machine.goal.outcome in CIRCLES:
        goal = any(circle(text, folder, thread) for thread in range(len(graph.machine.threads)))
    return Counted(
        number(r"(\d+) states, stored", said),
        number(r"(\d+) transitions", said),
        number(r"errors: (\d+)", said),
        tuple(sorted(met)),
        goal,
    )


def _outcome(text: str, value: str) -> str:
    """The outcome that a model calls by a number: the first definition of all with that value."""
    defined = re.search(rf"^#define (\w+) {value}$", text, re.MULTILINE)
    assert defined
    return defined[1].replace("_", "-")


def circle(text: str, folder: Path, thread: int) -> bool:
    """Whether SPIN finds a circle of a thread in a machine whose goal is one."""
    said = _run(text, folder, [f"CIRCLE={thread}"], ["-DNOREDUCE", "-DNOSTUTTER"], ["-E", "-a", "-m100000", "-w16"])
    return number(r"errors: (\d+)", said) > 0


def checked(text: str, folder: Path, defined: Sequence[str], states: int) -> str:
    """What SPIN says of a model with about so many states; blanks in a row are one."""
    options = ["-E", "-c0", f"-m{states + 100}", f"-w{max(10, states.bit_length())}"]
    return _run(text, folder, defined, ["-DSAFETY", "-DNOREDUCE"], options)


def number(pattern: str, said: str) -> int:
    """The number that a pattern finds."""
    match = re.search(pattern, said)
    assert match, said
    return int(match[1])


def _run(text: str, folder: Path, defined: Sequence[str], compiled: Sequence[str], options: Sequence[str]) -> str:
    (folder / "model.pml").write_text(text, encoding="utf-8")
    _call(folder, "spin", *(f"-D{name}" for name in defined), "-o2", "-a", "model.pml")
    _call(folder, "gcc", "-O0", "-w", *compiled, "-o", "pan", "pan.c")
    said = _call(folder, "./pan", *options)
    assert "max search depth too small" not in said
    return " ".join(said.split())


def _call(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
