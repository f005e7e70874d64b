# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs of kernel C compiled by gcc into one binary, and what that binary prints."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import frozen

DATA = Path(__file__).parents[2] / "data" / "c"
RUNTIME = DATA / "runtime"
# -fwhole-program makes the names of each file its own, so that every program may have its run().
OPTIONS = ("-std=gnu11", "-O1", "-w", "-fwhole-program", "-fsanitize=undefined", "-fno-sanitize-recover=all")
SECONDS = 300

Word = tuple[str, int | str]


@frozen
class Program:
    """A kernel C program with entry run(), and the machine's words after it: (lvalue, value) each."""

    name: str
    text: str
    words: tuple[Word, ...] = ()


@frozen
class RefusedError(Exception):
    """gcc did not compile a program, or the binary stopped: undefined behaviour, most likely."""

    message: str

    def __str__(self) -> str:
        return self.message


def gcc() -> str:
    """The path of gcc. Skips the test when there is none, or when the name stands for another compiler."""
    path = shutil.which("gcc")
    if path is None or "Free Software Foundation" not in _output([path, "--version"]):
        pytest.skip("gcc is not installed: nothing to compare the machine with")
    return path


def leaf(pointer: str, words: Sequence[Word]) -> str:
    """The first word of the object that "&object" points to, as gcc's side names it; else the text itself."""
    start = re.compile(re.escape(pointer.removeprefix("&")) + r"(?=$|[.\[])")
    return next((name for name, _ in words if pointer.startswith("&") and start.match(name)), pointer)


def run(programs: Sequence[Program], folder: Path) -> list[list[str]]:
    """The words of each program in the format of its `words`, pointers by their leaf. Raises RefusedError."""
    command = [gcc(), *OPTIONS, f"-I{RUNTIME}", "-o", str(folder / "batch"), str(RUNTIME / "words.c")]
    for number, program in enumerate(programs):
        command.append(str(folder / f"program{number}.c"))
        Path(command[-1]).write_text(_unit(number, program), "utf-8")
    command.append(str(folder / "main.c"))
    Path(command[-1]).write_text(_main(len(programs)), "utf-8")
    _output(command)
    blocks = _output([str(folder / "batch")]).split("program\n")[1:]
    return [block.splitlines() for block in blocks]


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RefusedError(f"{Path(command[0]).name} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def _unit(number: int, program: Program) -> str:
    places = "".join(f'\t{{ &{name}, "{name}" }},\n' for name, _ in program.words)
    shown = "".join(f"\t{_show(name, value)};\n" for name, value in program.words)
    return (
        f'#line 1 "{program.name}"\n{program.text}\n#line 1 "shown.c"\n#include "words.h"\n'
        f"static const struct shown_place shown_places[] = {{\n{places}\t{{ 0 }}\n}};\n"
        f"__attribute__((externally_visible)) void show_program{number}(void)\n{{\n\trun();\n{shown}}}\n"
    )


def _show(name: str, value: int | str) -> str:
    if isinstance(value, int):
        return f"SHOW_INTEGER({name})"
    claim = name if value == "NULL" else value
    return f"SHOW_POINTER({name}, {claim})"


def _main(count: int) -> str:
    declared = "".join(f"void show_program{i}(void);\n" for i in range(count))
    called = "".join(f'\tputs("program");\n\tshow_program{i}();\n' for i in range(count))
    return f"#include <stdio.h>\n{declared}int main(void)\n{{\n{called}\treturn 0;\n}}\n"
