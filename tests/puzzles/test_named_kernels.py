# SPDX-License-Identifier: GPL-2.0-or-later
"""P15: kernels by name, from everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.levels import game_pack, named_kernel, read_kernel
from tests.puzzles.packs import KERNEL, write_pack
from tests.tui.program import ROOT


@pytest.mark.parametrize("name", ["linux-3.4", "linux-3.4.c"])
def test_a_name_is_the_file_of_the_game(name: str) -> None:
    level = game_pack().level("in-place/1")
    read = read_kernel(ROOT / "puzzles" / "kernels" / "linux-3.4.c", level)
    named = named_kernel(name)
    assert (named.name, named.text, named.headers) == (read.name, read.text, read.headers)


def test_the_kernels_of_a_pack_come_first(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "kernels" / "linux-3.4.c").write_text(KERNEL, "utf-8")
    assert named_kernel("linux-3.4", pack).text == KERNEL
    assert named_kernel("linux-3.4").text != KERNEL
    assert named_kernel("linux-2.6.31", pack).text == named_kernel("linux-2.6.31").text
