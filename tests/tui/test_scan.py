# SPDX-License-Identifier: GPL-2.0-or-later
"""Which threads are shown with a zonelist."""

from __future__ import annotations

import pytest

from puzzles.levels import build_machine, game_pack
from tui.view.scan import scanners


@pytest.mark.parametrize(
    ("level", "letters"), [("tour/4", ""), ("tour/5", ""), ("tour/6", ""), ("tour/7", "A"), ("in-place/1", "A")]
)
def test_a_thread_has_one_if_it_calls_what_walks_one(level: str, letters: str) -> None:
    assert "".join(scanners(build_machine(game_pack().level(level)))) == letters
