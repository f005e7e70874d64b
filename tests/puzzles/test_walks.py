# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of walks: told by comments of a kernel's text, which decide nothing else."""

from __future__ import annotations

import pytest
from attrs import evolve

from puzzles.levels import Level, build_machine, game_pack
from puzzles.levels.build import compile_source
from puzzles.levels.hashing import level_hash
from puzzles.walks import MAX_NAME, named_walks, walk_name
from sim.machine.state import FunctionCall
from tests.sim.programs import machine

OF_KERNELS = list({level.source.name: level for level in game_pack().levels}.values())
OPT_IN = '#include "walks.h"'
LONG = "a long walk " * 9


def function_names(level: Level) -> set[str]:
    return {function.name for function in compile_source(level, level.source).functions}


@pytest.mark.parametrize("level", OF_KERNELS, ids=lambda level: level.source.name)
def test_kernels_that_look_for_a_page_name_their_walks(level: Level) -> None:
    program = compile_source(level, level.source)
    assert ("get_page_from_freelist" in function_names(level)) == bool(named_walks(program))


def test_names_of_walks_do_not_count_in_the_hash_of_a_level() -> None:
    level = game_pack().level("today/1")
    without = evolve(level, source=evolve(level.source, text=level.source.text.replace(OPT_IN, "")))
    assert named_walks(build_machine(level).program) != named_walks(build_machine(without).program)
    assert level_hash(level) == level_hash(without)


@pytest.mark.parametrize(("comment", "name"), [
    (" * walk f(): a walk", "a walk"),
    (" * walk f(why = HIGH): a walk", "a walk"),
    (" * walk f(why = 1): a walk", ""),
    (" * walk f(why = LOW): another\n * walk f(why = HIGH): a walk", "a walk"),
    (" * walk f(whence = HIGH): a walk", ""),
    (" * walk a calls f(): a walk", "a walk"),
    (" * walk b calls f(): a walk", ""),
    (" * walk b calls f(): another\n * walk a calls f(why = HIGH): a walk", "a walk"),
    (" * walk g(): a walk", ""),
    (" * walk f:", ""),
    (f" * walk f(): {LONG}", LONG[:MAX_NAME]),
])  # fmt: skip
def test_a_call_is_named_by_function_and_argument(comment: str, name: str) -> None:
    text = "int x; enum e { LOW, HIGH }; static void f(enum e why) { if (why) x = 1; } void a(void) { f(HIGH); }"
    program = machine(f"{text}\n/*\n{comment}\n */\n", "a()").program
    function, caller = program.function("f"), program.function("a")
    assert function is not None
    assert caller is not None
    call = FunctionCall(function.index, 1, ((function.parameters[0].slot, 1),), 0, caller.index)
    assert walk_name(program, call) == name
