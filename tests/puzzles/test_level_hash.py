# SPDX-License-Identifier: GPL-2.0-or-later
"""The hash of a level changes with what is played, and with nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from puzzles.levels import game_pack, level_hash, load_pack
from tests.puzzles.packs import HEADER, KERNEL, LEVEL, edited, write_pack


def hash_of(folder: Path, level: str = LEVEL, kernel: str = KERNEL, header: str = HEADER) -> str:
    pack = load_pack(write_pack(folder, level=level, kernel=kernel, header=header))
    return level_hash(pack.level("small/1"))


def test_the_hash_is_sha256_in_full() -> None:
    hashes = [level_hash(level) for level in game_pack().levels]
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in hashes)
    assert len(set(hashes)) == len(hashes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("counter.value == 4", "counter.value == 5"),
        ('"finished"', '"page"'),
        ('goal = { outcome = "finished"', 'ask = "decide"\ngoal = { safe = true, outcome = "finished"'),
        ("pages = 100, free = 50, cpus = [0]", "pages = 101, free = 50, cpus = [0]"),
        ("free = 50, cpus = [0]", "free = 51, cpus = [0]"),
        ("cpus = [0]", "cpus = [0, 3]"),
        ("cpus = [0]", "reclaimable = 1, cpus = [0]"),
        ("[boot]", "distance = [[10, 21], [21, 10]]\n[boot]"),
        ('"counter.value" = 0', '"counter.value" = 1'),
        ('"counter.value" = 0\n', ""),
        ('letter = "B"', 'letter = "C"'),
        ('run = "reset()"', 'run = "work(&counter)"'),
        ('run = "reset()"', 'run = "reset()"\nexhausted = "no()"'),
        ('run = "reset()"', 'run = "reset()"\ncurrent = "task"'),
        ("start_after", "hold_at"),
        ("A work:again", "B work:again"),
        ("[machine]", 'allowed = "true"\n[machine]'),
        ("[machine]", "rules = { preemptions = 0 }\n[machine]"),
        ("[machine]", 'rules = { never_waits = ["R"] }\n[machine]'),
        ("[machine]", 'rules = { never_enters = ["A work#2"] }\n[machine]'),
    ],
)
def test_what_is_played_changes_the_hash(tmp_path: Path, old: str, new: str) -> None:
    base = hash_of(tmp_path / "base")
    assert hash_of(tmp_path / "edited", edited(LEVEL, [(old, new)])) != base


def test_a_thread_s_cpu_changes_the_hash(tmp_path: Path) -> None:
    roomy = edited(LEVEL, [("cpus = [0]", "cpus = [0, 3]")])
    assert hash_of(tmp_path / "base", roomy) != hash_of(tmp_path / "edited", edited(roomy, [("cpu = 0", "cpu = 3")]))


def test_the_order_of_threads_changes_the_hash(tmp_path: Path) -> None:
    head, first, second, rest = LEVEL.split("[[thread]]")
    swapped = f"{head}[[thread]]{second}[[thread]]{first}[[thread]]{rest}"
    assert hash_of(tmp_path / "base") != hash_of(tmp_path / "swapped", swapped)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"A small level"', '"Another title"'),
        ('"One idea."', '"Another idea."'),
        ("Count.", "Count on."),
        ('"Add."', '"Add twice."'),
        ("goal =", 'ask = "decide"\ngoal ='),
        ("[boot]", "[rules]\nnever_waits = []\n[boot]"),
        ('"It was added."', '"Indeed."'),
        ('["a book"]', '["two", "books"]'),
        ('["58568d2a8215"]', "[]"),
        ('["much"]', "[]"),
        ('name = "second"', 'name = "other"'),
        ('locks = ["lock"]', "locks = []"),
        ("[machine]", 'era = "6.5"\nmemory = "sc"\n[machine]'),
        ("[boot]", "distance = [[10, 20], [20, 10]]\n[boot]"),
        ("flag = 1", 'flag = "1"'),
        ('"counter.value" = 0\n"counter.limit" = "1 + 2"', '"counter.limit" = "1 + 2"\n"counter.value" = 0'),
    ],
)
def test_texts_and_layout_of_the_file_do_not(tmp_path: Path, old: str, new: str) -> None:
    assert hash_of(tmp_path / "edited", edited(LEVEL, [(old, new)])) == hash_of(tmp_path / "base")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("flag = 0;", "flag = 1;"),
        ("where = NULL;", ""),
        ("int flag;", "long flag;"),
        ("again", "once_more"),
        ("add(c, STEP)", "add(c, 2)"),
    ],
)
def test_the_kernel_s_tokens_change_the_hash(tmp_path: Path, old: str, new: str) -> None:
    level = LEVEL.partition("[[limit]]")[0]
    base = hash_of(tmp_path / "base", level)
    assert hash_of(tmp_path / "edited", level, kernel=edited(KERNEL, [(old, new)])) != base


@pytest.mark.parametrize(("old", "new"), [("STEP 2", "STEP 3"), ("+= n", "+= n + 0"), ("unsigned long n", "long n")])
def test_a_header_s_tokens_change_the_hash(tmp_path: Path, old: str, new: str) -> None:
    base = hash_of(tmp_path / "base")
    assert hash_of(tmp_path / "edited", header=edited(HEADER, [(old, new)])) != base


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("flag = 0;", "flag = 0; /* no flag */"),
        ("flag = 0;", "flag // gone\n\t\t=\n\n0\t;"),
        ("flag = 0;", "flag=0;"),
        ("add(c, STEP)", "add( c,STEP )"),
        ("if (flag)", "if(flag)"),
        ("int flag;", "\n#if 0\nint other;\n#endif\nint flag;"),
        ('#include "count.h"', '/* the counter */\n#include "count.h" /* here */'),
        ("struct mutex lock;", "/**/struct/**/mutex/**/lock/**/;/**/"),
    ],
)
def test_comments_and_layout_of_the_kernel_do_not(tmp_path: Path, old: str, new: str) -> None:
    assert hash_of(tmp_path / "edited", kernel=edited(KERNEL, [(old, new)])) == hash_of(tmp_path / "base")


def test_comments_and_layout_of_a_header_do_not(tmp_path: Path) -> None:
    header = edited(HEADER, [("STEP 2", "STEP   2 /* two */"), ("c->value += n", "c -> value+=n")])
    assert hash_of(tmp_path / "edited", header=header) == hash_of(tmp_path / "base")


def test_the_files_names_and_place_do_not(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "other", level=LEVEL.replace("small.c", "renamed.c").replace("small/1", "moved/7"))
    (folder / "small/1").rename(folder / "small/7")
    (folder / "small").rename(folder / "moved")
    (folder / "kernels/small.c").rename(folder / "kernels/renamed.c")
    assert level_hash(load_pack(folder).level("moved/7")) == hash_of(tmp_path / "base")


def test_tokens_that_touch_are_not_tokens_that_are_one(tmp_path: Path) -> None:
    apart = hash_of(tmp_path / "apart", kernel=edited(KERNEL, [("flag = 0;", "flag = flag - -flag;")]))
    joined = hash_of(tmp_path / "joined", kernel=edited(KERNEL, [("flag = 0;", "flag = flag-- - flag;")]))
    assert apart != joined


def test_the_hash_does_not_hang_on_the_order_of_sets() -> None:
    script = "from puzzles.levels import game_pack, level_hash; print(*map(level_hash, game_pack().levels))"
    other_seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONHASHSEED": other_seed}
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout == " ".join(level_hash(level) for level in game_pack().levels) + "\n"
