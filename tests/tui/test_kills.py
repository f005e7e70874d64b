# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a kill beside its word: the figures that decided."""

from __future__ import annotations

import pytest

from puzzles.oomlog import Instants
from puzzles.zones import NodeMemory
from tests.tui.playing import new_game
from tui.view.kills import kill_texts, span_texts


def test_of_a_genuine_kill_it_is_the_instant_at_which_all_nodes_were_exhausted() -> None:
    game = new_game("tour/5", "r6", "a3")
    assert list(kill_texts(game.machine, game.session.now)) == [
        "the machine noted after step 6 that all its nodes were exhausted: that is its ghost bit",
        "node 0 with 20 pages free, min 20, nothing to reclaim; node 1 with 20 pages free, min 20, nothing to reclaim",
    ]


def test_of_a_premature_kill_it_is_each_stretch_with_the_nodes_that_had_memory() -> None:
    game = new_game("tour/5", "a1", "r4", "a2")
    assert list(kill_texts(game.machine, game.session.now)) == [
        "after steps 0 to 2: node 1 with 21 pages free, min 20",
        "after steps 3 to 4: node 0 with 21 pages free, min 20; node 1 with 21 pages free, min 20",
        "after steps 5 to 6: node 0 with 21 pages free, min 20",
    ]


@pytest.mark.parametrize(("stretches", "told"), [(1, 1), (2, 2), (3, 3), (4, 3), (9, 3)])
def test_of_many_stretches_the_first_and_the_last_are_told(stretches: int, told: int) -> None:
    node = NodeMemory(0, 220, 200, 0, 20, 25, 30)
    texts = list(span_texts([Instants(step, step, (node,)) for step in range(stretches)]))
    assert len(texts) == told
    assert (texts[0].partition(":")[0], texts[-1].partition(":")[0]) == ("after step 0", f"after step {stretches - 1}")
    if told < stretches:
        between = f"after steps 1 to {stretches - 2}"
        changed = f"the nodes allowed, or their pages, changed {stretches - 2} times; one always had memory"
        assert texts[1] == f"{between}: {changed}"
