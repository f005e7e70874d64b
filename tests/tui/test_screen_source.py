# SPDX-License-Identifier: GPL-2.0-or-later
"""The source on a page of its own: whole lines, a cursor without colours, and ways to a function or a word."""

from __future__ import annotations

import re
from functools import cache

import pytest

from puzzles.levels import build_machine
from tests.tui.playing import NARROW, PACK, WIDE, Player, new_game, playing
from tests.tui.program import call
from tui.actions.commands import CommandError, answered
from tui.lines.source import Listing, listed_line
from tui.screens.source import SourceScreen

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


@cache
def listings() -> tuple[Listing, ...]:
    """Those of the kernel files of the game."""
    first = {level.listed.kernel: level for level in PACK().levels}
    return tuple(Listing.of(build_machine(level).program) for level in first.values())


@pytest.mark.parametrize("width", [40, 78])
def test_every_line_of_every_kernel_is_whole(width: int) -> None:
    files = {lines: (listing, file) for listing in listings() for file, lines in listing.files.items()}
    for lines, (listing, file) in files.items():
        for number, written in enumerate(lines, 1):
            rows = listed_line(listing, file, number, "=", width).plain.split("\n")
            assert max(map(len, rows)) <= width
            assert "".join("".join(rows).split()) == f"={number}{''.join(written.split())}"


def pointed(player: Player) -> list[str]:
    """The line under the cursor, without the sign."""
    return [row[1:] for row in player.text.splitlines() if row.startswith(">")]


async def look_for(player: Player, word: str) -> None:
    """Search as with less."""
    await player.pilot.press("slash", *word, "enter")
    await player.done()


@SIZES
async def test_a_sign_stands_before_the_line_under_the_cursor(size: tuple[int, int]) -> None:
    async with playing(new_game("seqcount/2"), size) as player:
        await player.turn_page("Z")
        assert [row.split()[0] for row in pointed(player)] == ["270"]
        await player.press("up up")
        assert [row.split()[0] for row in pointed(player)] == ["268"]


@SIZES
async def test_a_word_is_searched_forth_and_back_and_around(size: tuple[int, int]) -> None:
    async with playing(new_game("seqcount/2"), size) as player:
        await player.turn_page("Z")
        await look_for(player, "NODES_EMPTY")
        assert "nodes_empty(" in pointed(player)[0]
        first = pointed(player)
        count = int(re.search(r"\d+ of (\d+) lines with NODES_EMPTY", player.text)[1])  # type: ignore[index]
        assert count > 2
        await player.press("n")
        assert pointed(player) != first
        assert "nodes_empty(" in pointed(player)[0]
        await player.press("N")
        assert pointed(player) == first
        await player.press(" ".join(["n"] * count))
        assert pointed(player) == first
        assert player.game.session.now.steps == 0


async def test_the_board_leads_to_a_word_too() -> None:
    async with playing(new_game("seqcount/2")) as player:
        await look_for(player, "first_zones")
        assert isinstance(player.app.screen, SourceScreen)
        assert "1 of" in player.text
        await player.press("n")
        assert "2 of" in player.text


async def test_a_function_is_gone_to_on_the_page_that_is_open() -> None:
    async with playing(new_game("seqcount/2")) as player:
        await player.type("list get_page_from_freelist")
        await player.done()
        page = player.app.screen
        assert isinstance(page, SourceScreen)
        assert "get_page_from_freelist(" in pointed(player)[0]
        await player.type("list mmzone.h:20")
        await player.done()
        assert player.app.screen is page
        assert pointed(player)[0].split()[0] == "20"


async def test_a_page_that_is_resized_breaks_its_lines_anew() -> None:
    async with playing(new_game("seqcount/2"), WIDE) as player:
        await player.turn_page("Z")
        await player.press("home")
        await player.resize(80, 24)
        assert all(len(row) <= 80 and "\u2026" not in row for row in player.text.splitlines())


def test_line_mode_lists_a_function_a_line_and_a_word() -> None:
    lists = ["list pagefault_out_of_memory", "list mmzone.h:54", "list nowhere", "list mmzone.h:9999"]
    typed = "\n".join([*lists, "search NODE_ISSET(Z", "search no such", ""])
    said = call("play", "in-place/1", "--plain", typed=typed).stdout
    assert re.search(r"^linux-2.6.31.c\n +\d+ static void pagefault_out_of_memory\(void\)\n +\d+ {", said, re.MULTILINE)
    assert re.search(r"^> +54 .*node_isset\(z->zone->node, nodes\)", said, re.MULTILINE)
    assert "no function and no file nowhere; search nowhere tells which lines have it" in said
    assert "mmzone.h has no line 9999" in said
    assert "mmzone.h:54: while (nodes && z->zone && !node_isset(z->zone->node, nodes))" in said
    assert "no line of the source has 'no such'" in said


def test_a_thread_is_listed_as_before() -> None:
    game = new_game()
    assert answered(game, "list").lines == answered(game, "list a").lines
    with pytest.raises(CommandError, match="no function and no file q"):
        answered(game, "list q")
