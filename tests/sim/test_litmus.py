# SPDX-License-Identifier: GPL-2.0-or-later
"""The store buffers against published litmus tests for x86: `tests/data/README.md` says where they are from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.explore import state_graph
from tests.long import LONG

LETTERS = "ABCDEF"
TESTS = [json.loads(line) for line in Path("tests/data/litmus-x86.jsonl").read_text(encoding="utf-8").splitlines()]


def build(test: Mapping[str, Any], *, tso: bool) -> sim.Machine:
    """The test as kernel C. Each thread is held with its registers where it would return."""
    threads = test["threads"]
    places = sorted({word for thread in threads for word in placed(thread)} | set(test["init"]))
    text = [f"int {place} = {test['init'].get(place, 0)};" for place in places]
    text += [program(number, thread, test["regs"]) for number, thread in enumerate(threads)]
    runs = [f"t{number}()" for number in range(len(threads))]
    limits = tuple(sim.Limit(LETTERS[number], f"t{number}:end") for number in range(len(threads)))
    return sim.Machine(
        sim.compile("\n".join(('#include "oomrace.h"', *text))),
        tuple(sim.Thread(LETTERS[number], run, run, cpu=number) for number, run in enumerate(runs)),
        limits=limits,
        tso=tso,
    )


def placed(thread: Sequence[Sequence[Any]]) -> Iterator[str]:
    for operation in thread:
        yield from {"w": operation[1:2], "r": operation[2:], "x": operation[2:]}.get(operation[0], ())


def program(number: int, thread: Sequence[Sequence[Any]], given: Mapping[str, int]) -> str:
    """A thread as a function. What it reads after its end keeps the registers alive: it never comes to that."""
    registers = {key.partition(":")[2]: value for key, value in given.items() if key.startswith(f"{number}:")}
    registers |= {one[1]: registers.get(one[1], 0) for one in thread if one[0] in "rxm"}
    declared = "".join(f" int {name} = {value};" for name, value in registers.items())
    kept = "".join(f" if ({name}) cpu_relax();" for name in registers)
    body = " ".join(statement(one) for one in thread)
    return f"int end{number};\nvoid t{number}(void) {{{declared} {body} end: end{number};{kept} }}"


def statement(operation: Sequence[Any]) -> str:
    match operation:
        case ["w", place, value]:
            return f"{place} = {value};"
        case ["r", register, place]:
            return f"{register} = {place};"
        case ["x", register, place]:
            swapped = f"while ((seen = cmpxchg(&{place}, old, {register})) != old) old = seen;"
            return f"{{ int old = {place}; int seen; {swapped} {register} = old; }}"
        case ["m", register, value]:
            return f"{register} = {value};"
        case _:
            return "smp_mb();"


def finals(one: sim.Machine) -> Iterator[dict[str, int]]:
    """Places and registers at the end of each run."""
    graph = state_graph(one)
    for number in graph.outcomes:
        state = graph.state(number)
        found = {name: int(value) for name, value in one.words(state)}
        for thread, private in enumerate(state.threads):
            function = one.program.functions[private.frames[-1].function]
            for variable in function.variables:
                found[f"{thread}:{variable.name}"] = private.frames[-1].words[variable.slot] or 0
        yield found


def holds(condition: Sequence[Any], values: Mapping[str, int]) -> bool:
    match condition:
        case ["=", name, value]:
            return bool(values[name] == value)
        case ["not", one]:
            return not holds(one, values)
        case ["and", *several]:
            return all(holds(one, values) for one in several)
        case ["or", *several]:
            return any(holds(one, values) for one in several)
        case _:
            raise ValueError(condition)


def reached(test: Mapping[str, Any], *, tso: bool) -> bool:
    """Whether the final state that the test asks about comes about."""
    asked = test["quant"] != "forall"
    return any(holds(test["cond"], values) is asked for values in finals(build(test, tso=tso)))


@pytest.mark.parametrize("each", [4, pytest.param(1, marks=LONG)])
@pytest.mark.parametrize("memory", ["tso", "sc"])
def test_litmus_tests_come_out_as_published(memory: str, each: int) -> None:
    wrong = [test["name"] for test in TESTS[::each] if reached(test, tso=memory == "tso") is not test[memory]]
    assert (len(TESTS), wrong) == (589, [])
