# SPDX-License-Identifier: GPL-2.0-or-later
"""A pack with a level of more states than any search goes through."""

from __future__ import annotations

from pathlib import Path

LEVEL_ID = "crowd/1"
IDLE_LINE = 9
"""A statement without which there are as many states."""

_KERNEL = """\
#include "oomrace.h"

int word;

void work(void)
{
	int seen;

	seen = 0;
	for (int i = 0; i < 40; i++)
		word++;
}
"""
_LEVEL = """\
id = "crowd/1"
title = "Three hands on one word"
idea = "There are many orders."
era = "2.6.31 - 2.6.34"
commits = ["58568d2a8215"]
kernel = "crowd.c"
goal = { outcome = "bug", safe = true }
sources = ["none"]
briefing = "Prove it, if you can wait."
hint = "Nothing here calls BUG_ON."
debrief = "Done."
leaves_out = ["all"]

[machine]
nodes = [{ pages = 220, free = 200, cpus = [0, 1, 2] }]

[show]
counters = ["word"]
"""
_THREAD = """
[[thread]]
name = "hand {letter}"
letter = "{letter}"
cpu = {cpu}
run = "work()"
"""


def write_large_pack(folder: Path) -> Path:
    """Write the pack; its folder."""
    (folder / "crowd" / "1").mkdir(parents=True)
    (folder / "kernels").mkdir()
    (folder / "kernels" / "crowd.c").write_text(_KERNEL, "utf-8")
    threads = "".join(_THREAD.format(letter=letter, cpu=cpu) for cpu, letter in enumerate("ABC"))
    (folder / "crowd" / "1" / "level.toml").write_text(_LEVEL + threads, "utf-8")
    return folder
