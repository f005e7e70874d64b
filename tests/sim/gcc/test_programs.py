# SPDX-License-Identifier: GPL-2.0-or-later
"""Every program of tests/data/c gives the same words in the machine as under gcc."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sim.gcc import machine
from tests.sim.gcc.build import DATA, Program, RefusedError, run
from tests.sim.gcc.compare import differences

PROGRAMS = {str(path.relative_to(DATA)): path for path in sorted(DATA.rglob("*.c")) if path.parent.name != "runtime"}


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What differs, by program; all are compiled together, for gcc takes longer to start than to work."""
    return differences(
        {name: path.read_text("utf-8") for name, path in PROGRAMS.items()}, tmp_path_factory.mktemp("gcc")
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_machine_agrees_with_gcc(name: str, problems: dict[str, str]) -> None:
    assert problems.get(name, "") == ""


def test_every_word_is_listed_in_order_of_declaration() -> None:
    text = (
        '#include "oomrace.h"\n'
        "struct in { bool set; long at[2]; }; struct out { struct in in[2]; struct out *up; };\n"
        "unsigned long first; const int fixed = -3; struct out outs[2] = { { .up = &outs[1] } };\n"
        "long *inside = &outs[1].in[0].at[1];\nvoid run(void) { first--; }\n"
    )
    inner = [f"in[{i}].{member}" for i in (0, 1) for member in ("set", "at[0]", "at[1]")]
    names = ["first", "fixed", *(f"outs[{i}].{path}" for i in (0, 1) for path in (*inner, "up")), "inside"]
    ran = machine.run(text)
    words = dict(ran.words)
    assert [name for name, _ in ran.words] == names
    assert (words["first"], words["fixed"], words["inside"]) == (2**64 - 1, -3, "&outs[1].in[0].at[1]")
    assert (words["outs[0].up"], words["outs[1].up"]) == ("&outs[1]", "NULL")


def test_a_wrong_word_is_noticed(tmp_path: Path) -> None:
    text = "int a = 7;\nint b[2];\nint *p = &b[1];\nvoid run(void) { a++; }\n"
    program = Program("wrong.c", text, (("a", 7), ("b[0]", 0), ("b[1]", 0), ("p", "&b[0]")))
    assert run([program], tmp_path) == [["8", "0", "0", "b[1]"]]


def test_undefined_behaviour_is_noticed(tmp_path: Path) -> None:
    text = "int a = 2147483647;\nvoid run(void) { a++; }\n"
    with pytest.raises(RefusedError, match="signed integer overflow"):
        run([Program("overflow.c", text)], tmp_path)
