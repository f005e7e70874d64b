# SPDX-License-Identifier: GPL-2.0-or-later
"""Random programs give the same words in the machine as under gcc, and do what the generator promises."""

from __future__ import annotations

import re
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz import TIMES
from tests.long import sample
from tests.sim.gcc import build
from tests.sim.gcc.compare import differences
from tests.sim.gcc.generator import PROGRAMS

BATCH = 40
SEEDS = range(TIMES * 5 // 2) if TIMES else sample(range(8), 8)
"""With TIMES=100, as in `make fuzz`, these are ten thousand programs."""
QUIET = settings(
    max_examples=BATCH,
    phases=(Phase.generate,),
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def batch(seed: int) -> dict[str, str]:
    """Programs by name, always the same for a seed: one gcc run for all is far faster than one for each."""
    texts: dict[str, str] = {}

    def collect(text: str) -> None:
        texts[f"generated{len(texts)}.c"] = text

    hypothesis.seed(seed)(QUIET(given(PROGRAMS)(collect)))()
    return texts


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", SEEDS)
def test_machine_agrees_with_gcc(seed: int, tmp_path: Path) -> None:
    texts = batch(seed)
    problems = differences(texts, tmp_path)
    if problems:
        shortest = min(problems, key=lambda name: len(texts[name]))
        pytest.fail(f"{len(problems)} of {BATCH} differ; {shortest}: {problems[shortest]}\n{texts[shortest]}")
    assert len(texts) == BATCH


def test_batches_are_repeatable_and_varied() -> None:
    first, second = batch(0), batch(1)
    assert first == batch(0)
    assert len({*first.values(), *second.values()}) > BATCH * 1.9


def test_generated_programs_use_the_whole_language() -> None:
    text = "\n".join(batch(0).values())
    for part in (
        "for (",
        "while (",
        "do {",
        "switch (",
        "default:",
        "goto ",
        "return ",
        "continue;",
        "->",
        " ? ",
        "&&",
        "||",
    ):
        assert part in text
    for operator in ("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"):
        assert f" {operator} " in text
        assert f" {operator}= " in text


def test_generated_programs_use_names_that_look_like_types_and_parentheses_that_look_like_casts() -> None:
    """C1, C2, C3: what is compared with gcc has these forms."""
    text = "\n".join([*batch(0).values(), *batch(1).values()])
    for form in (
        r"\((a|b|c|left|right|x|y|i|low|node)\) ?[-+*&(]",  # an operand, where the name is hidden, or a cast
        r"\(mix\([^;]*\)\) [-+*&] ",
        r"\((a|b|c|left|right|x|y|i|low|node|u|size_t)\)[-~+!(]",
        r"\n\t+(a|b|c|left|right) (\()?(a|b|c|left|right)",
        r"\n\t+(const )?(int|long|unsigned|u) \(\w+\) = ",
        r"\n\t+[a-z]\w* \* \(?[a-z]\w*\)?;\n",
        r"\nstatic .*\(.*[*\w] \*?\((x|y|node|given|out)\)[,)]",
        r"\ntypedef (int|unsigned int|long|unsigned long) \(\w+\);",
        r"guarded = \{.*\{ 0 \}",
    ):
        assert re.search(form, text), form


def test_generated_programs_are_free_of_undefined_behaviour(tmp_path: Path) -> None:
    texts = batch(3)
    words = tuple((name, 0) for name in ("total", "global0", "global1", "global2", "global3"))
    printed = build.run([build.Program(name, text, words) for name, text in texts.items()], tmp_path)
    assert len({tuple(lines) for lines in printed}) > BATCH * 0.9
