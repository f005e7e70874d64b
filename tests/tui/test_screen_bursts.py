# SPDX-License-Identifier: GPL-2.0-or-later
"""T6: keys that come in one write act as if they were typed slowly, whatever opens or closes between them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.events import Key

from tests.tui.playing import Player, new_game, playing
from tui.screens.play import PlayScreen
from tui.widgets import Prompt

_NAMED = {
    ":": "colon",
    " ": "space",
    "\n": "enter",
    "\x1b": "escape",
    "\t": "tab",
    "\b": "backspace",
    "\x03": "ctrl+c",
    "<": "left",
}


async def burst(player: Player, keys: Sequence[str]) -> None:
    """Post all keys before the first is looked at, and wait until they are done."""
    for key in keys:
        player.app.post_message(Key(_NAMED.get(key, key), key if key.isprintable() and key != "<" else None))
    await player.done()


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        (":A2 R3\n", 5),
        ("a:A2 RR\b3\n", 6),
        (":A R3<<<2\n", 5),
        (":a2\x1b:r2\n", 2),
        (":a2\n\x1ba", 3),
        ("aaaat\x1ba", 5),
        ("l\x1b:a2\n", 2),
        ("i\x1baa\t ", 3),
        (":frob\n:a2\n", 2),
        (":a2\n\n", 4),
        (":bt\na3\n", 3),
        (":a5\nbt\na3\n", 8),
    ],
)
async def test_a_burst_is_done_in_its_order(keys: str, steps: int) -> None:
    async with playing(new_game()) as player:
        await burst(player, keys)
        assert player.game.session.now.steps == steps


async def test_a_question_that_a_burst_asks_gets_the_answer_that_follows() -> None:
    async with playing(new_game("in-place/1", "a2")) as player:
        await burst(player, "\x03n:a2\n")
        assert isinstance(player.app.screen, PlayScreen)
        assert player.game.session.now.steps == 4


@pytest.mark.parametrize(
    ("keys", "steps", "asked"), [(":points", 0, "points"), ("aa:a r", 4, "a r"), ("pvma", 0, "print vma")]
)
async def test_keys_reach_the_prompt_that_they_open(keys: str, steps: int, asked: str) -> None:
    async with playing(new_game()) as player:
        await burst(player, keys)
        assert player.app.screen.query_one(Prompt).value == asked
        await player.press("enter")
        assert player.game.session.now.steps == steps
