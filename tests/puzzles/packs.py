# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs to break: a small kernel, a level on it, and edits of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from puzzles.levels import Level, LevelError, build_machine, load_pack

Edits = Sequence[tuple[str, str]]

KERNEL = """\
/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "oomrace.h"
#include "count.h"

struct mutex lock;
struct counter counter;
static struct counter *where = &counter;
int flag;

void work(struct counter *c)
{
	mutex_lock(&lock);
	add(c, STEP);
again:
	if (flag)
		goto again;
	mutex_unlock(&lock);
}

void reset(void)
{
	flag = 0;
	where = NULL;
}
"""

HEADER = """\
#define STEP 2

struct counter { unsigned long value; const int limit; };

static inline void add(struct counter *c, unsigned long n)
{
	c->value += n;
}
"""

LEVEL = """\
id = "small/1"
title = "A small level"
idea = "One idea."
kernel = "small.c"
goal = { outcome = "finished", condition = "counter.value == 4" }
sources = ["a book"]
commits = ["58568d2a8215"]
leaves_out = ["much"]

briefing = '''
Count.
'''
hint = "Add."
debrief = "It was added."

[machine]
nodes = [
    { pages = 100, free = 50, cpus = [0] },
    { pages = 100, free = 50, cpus = [1, 2] },
]

[boot]
"counter.value" = 0
"counter.limit" = "1 + 2"
flag = 1

[show]
counters = ["counter.value", "flag", "where"]
locks = ["lock"]

[[thread]]
name = "first"
letter = "A"
cpu = 0
run = "work(&counter)"

[[thread]]
name = "second"
letter = "B"
cpu = 1
run = "work(&counter)"

[[thread]]
name = "third"
letter = "R"
cpu = 2
run = "reset()"

[[limit]]
thread = "R"
start_after = "A work:again"
"""


def write_pack(folder: Path, *, level: str = LEVEL, kernel: str = KERNEL, header: str = HEADER) -> Path:
    """Write a pack of one level; the pack's folder."""
    for name, text in (
        ("small/1/level.toml", level),
        ("kernels/small.c", kernel),
        ("include/count.h", header),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edited(text: str, edits: Edits) -> str:
    """A text with replacements that must each find something."""
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def small_level(folder: Path, *edits: tuple[str, str]) -> Level:
    """The small level, its level.toml edited."""
    return load_pack(write_pack(folder, level=edited(LEVEL, edits))).level("small/1")


def complaints(folder: Path, *edits: tuple[str, str], kernel: Edits = ()) -> dict[str, str]:
    """What is wrong with the small level after edits: message by key."""
    pack = load_pack(write_pack(folder, level=edited(LEVEL, edits), kernel=edited(KERNEL, kernel)))
    with pytest.raises(LevelError) as raised:
        build_machine(pack.level("small/1"))
    shown = f"{folder}/small/1/level.toml"
    assert [problem.file for problem in raised.value.problems] == [shown] * len(raised.value.problems)
    assert all(line.startswith(shown) for line in str(raised.value).splitlines() if not line.startswith(" "))
    return {problem.key: problem.message for problem in raised.value.problems}
