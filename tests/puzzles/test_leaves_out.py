# SPDX-License-Identifier: GPL-2.0-or-later
"""What a model leaves out is told as the head of its kernel file says it, for all levels that use the file."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, game_pack, load_pack
from puzzles.levels.leaves_out import kernel_leaves_out
from tests.puzzles.packs import KERNEL, write_pack

HEAD = """\
/* SPDX */
/*
 * A model.
 *
 * The model leaves out: one thing; another (with a
 * break in it), so to say;   and a third. Every access happens once.
 *
 * More: that is none of it.
 */
int x; /* The model leaves out: nothing here. */
"""


def test_the_head_of_a_kernel_file_says_what_is_left_out() -> None:
    assert kernel_leaves_out(HEAD) == ("one thing", "another (with a break in it), so to say", "and a third")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()),
        ("int x;\n/* The model leaves out: too late. */", ()),
        ("/* The model leaves out: version 2.6 and more; x. */", ("version 2.6 and more", "x")),
        ("/* The model leaves out: a\n *\n * b. */", ("a",)),
        ("/* The model leaves out: a */", ("a",)),
        ("/* The model leaves out:; ;. */", ()),
        ("/* one */ /* two */\n\n/* The model leaves out: a; b.\n*/ int x;", ("a", "b")),
    ],
)
def test_heads_of_other_shapes(text: str, items: tuple[str, ...]) -> None:
    assert kernel_leaves_out(text) == items


def test_the_list_of_a_stranger_is_bounded() -> None:
    items = kernel_leaves_out("/* The model leaves out: " + "x" * 1000 + "; y" * 1000 + " */")
    assert len(items) == 40
    assert max(map(len, items)) == 200


def test_a_level_tells_kernel_level_and_memory_model(tmp_path: Path) -> None:
    level = load_pack(write_pack(tmp_path, kernel=HEAD + KERNEL)).level("small/1")
    assert level.left_out[:-1] == (*kernel_leaves_out(HEAD), "much")
    assert level.left_out[-1].startswith("reordering: accesses reach memory one after the other")
    assert evolve(level, memory="tso").left_out[-1] == "reordering, but for the store buffers of x86"


def test_what_kernel_and_level_both_say_is_told_once(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path, kernel=HEAD.replace("and a third", "much") + KERNEL))
    assert pack.level("small/1").left_out.count("much") == 1


def words(text: str) -> set[str]:
    """The words of a text that carry its meaning."""
    return {word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in ("with", "that", "than", "other")}


@pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
def test_nothing_is_left_out_twice_in_other_words(level: Level) -> None:
    pairs = permutations(level.left_out, 2)
    assert not [pair for pair in pairs if len(words(pair[0])) > 1 and words(pair[0]) <= words(pair[1])]


def test_every_kernel_of_the_game_says_what_it_leaves_out() -> None:
    said = {level.kernel: kernel_leaves_out(level.source.text) for level in game_pack().levels}
    assert said["linux-2.6.31.c"][0] == "all requests but order 0, user, hardwall ones"
    assert said["two-takers.c"] == ("which page it is, and giving it back", "takers that wait for a page")
    assert all(said.values())
