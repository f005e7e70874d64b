# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine's words after run(), held against what gcc's binary of the same text prints."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import sim
from tests.sim.gcc import build, machine


def differences(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """For each program that differs, by name, what differs. Programs that agree are left out."""
    problems: dict[str, str] = {}
    programs = []
    for name, text in texts.items():
        try:
            ran = machine.run(text, name)
        except sim.CompileError as error:
            problems[name] = str(error)
            continue
        if ran.outcome != "finished":
            problems[name] = f"the machine ends with {ran.outcome} after {ran.steps} steps: {ran.sentence}"
        programs.append(build.Program(name, text, ran.words))
    for program, printed in zip(programs, build.run(programs, folder), strict=True):
        unlike = _unlike(program, printed)
        if unlike and program.name not in problems:
            problems[program.name] = "\n".join(unlike)
    return problems


def _unlike(program: build.Program, printed: list[str]) -> list[str]:
    expected = [
        str(build.leaf(value, program.words)) if isinstance(value, str) else str(value) for _, value in program.words
    ]
    return [
        f"{name}: the machine says {value}, gcc {other}"
        for (name, value), wanted, other in zip(program.words, expected, printed, strict=True)
        if wanted != other
    ]
