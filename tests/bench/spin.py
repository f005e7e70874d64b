# SPDX-License-Identifier: GPL-2.0-or-later
"""SPIN on the same machine: how long its search takes, and how much memory."""

from __future__ import annotations

import re
import resource
import subprocess
from pathlib import Path

from attrs import frozen

from sim.explore import Graph
from sim.promela.model import promela

_SECONDS = 600
_SMALL = 100_000


@frozen
class Measured:
    """States, transitions, seconds of CPU time of one search alone, and megabytes with hash table and stack."""

    states: int
    transitions: int
    seconds: float
    megabytes: float


def spin(graph: Graph, folder: Path) -> Measured:
    """What SPIN's checker, compiled with -O2, needs for the states of a machine; no reduction, no verdict."""
    (folder / "model.pml").write_text(promela(graph), encoding="utf-8")
    _call(folder, "spin", "-DCOUNT", "-o2", "-a", "model.pml")
    _call(folder, "gcc", "-O2", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c")
    states = len(graph.packed)
    runs = 20 if states < _SMALL else 1
    before = _seconds_of_children()
    for _ in range(runs):
        said = _call(folder, "./pan", "-E", "-c0", f"-m{states + 100}", f"-w{max(10, states.bit_length())}")
    seconds = (_seconds_of_children() - before) / runs
    return Measured(
        int(_figure(r"(\d+) states, stored", said)),
        int(_figure(r"(\d+) transitions", said)),
        seconds,
        _figure(r"([\d.]+)\s+total actual memory usage", said),
    )


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _figure(pattern: str, said: str) -> float:
    match = re.search(pattern, said)
    assert match, said
    return float(match[1])


def _call(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=True)
    return done.stdout
