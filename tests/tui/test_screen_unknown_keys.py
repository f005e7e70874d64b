# SPDX-License-Identifier: GPL-2.0-or-later
"""What keys do that mean nothing, that come twice, or that are Textual's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.events import Key

from tests.tui.playing import Player, new_game, playing
from tui.lines.keys import unknown_key
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.history import HistoryScreen
from tui.screens.levels import LevelsScreen
from tui.screens.once import Palette
from tui.screens.play import PlayScreen


@pytest.mark.parametrize(
    ("key", "character", "said"),
    [
        ("ф", "ф", "ф means nothing here: switch the keyboard to a Latin layout"),
        ("λ", "λ", "λ means nothing here: switch the keyboard to a Latin layout"),
        ("é", "é", "é means nothing here; ? lists all keys"),
        ("alt+a", None, "alt+a means nothing here; ? lists all keys"),
        ("f7", None, "f7 means nothing here; ? lists all keys"),
        ("percent_sign", "%", "% means nothing here; ? lists all keys"),
        ("ctrl+a", "\x01", "ctrl+a means nothing here; ? lists all keys"),
    ],
)
def test_t11_a_key_that_means_nothing_is_named(key: str, character: str | None, said: str) -> None:
    assert unknown_key(key, character) == said


async def test_t11_it_says_so_in_the_message_line_and_moves_nothing() -> None:
    async with playing(new_game("in-place/1", "a2")) as player:
        for key in ("ф", "alt+a", "insert", "b"):
            await player.press(key)
            assert f" {key} means nothing here" in player.text
        assert player.game.session.now.steps == 2
        await player.press("a")
        assert "means nothing" not in player.text


async def test_t11_other_screens_say_so_at_the_foot_until_the_next_key() -> None:
    async with playing() as player:
        await player.press("ф")
        assert player.text.splitlines()[-1].strip() == "ф means nothing here: switch the keyboard to a Latin layout"
        await player.press("down")
        assert "? help" in player.text.splitlines()[-1]
        await player.turn_page("question_mark")
        await player.press("insert")
        assert player.text.splitlines()[-1].strip() == "insert means nothing here; ? lists all keys"


def pictures(folder: Path) -> list[Path]:
    return list(folder.glob("oomrace-*.svg"))


async def screenshot(player: Player) -> None:
    picture = next(one for one in player.app.get_system_commands(player.app.screen) if one.title == "Screenshot")
    picture.callback()
    await player.pilot.pause(0.3)


async def test_t12_a_picture_goes_into_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with playing(new_game()) as player:
        await screenshot(player)
        said = player.text
    (picture,) = pictures(tmp_path)
    assert f"saved {picture.name} in the current folder" in said
    assert picture.read_text("utf-8").startswith("<svg")


async def test_t12_a_picture_that_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    async with playing(new_game()) as player:
        gone.rmdir()
        await screenshot(player)
        assert ".svg cannot be written: there is no such folder" in " ".join(player.text.split())
    os.chdir(tmp_path)


async def test_a_key_that_comes_twice_leaves_one_screen() -> None:
    async with playing() as player:
        await player.pilot.press("H")
        await player.until(HistoryScreen)
        for _ in range(3):
            player.app.post_message(Key("escape", None))
        await player.until(LevelsScreen)
        assert player.app.failure is None


@pytest.mark.parametrize("where", ["H", "enter", "question_mark"])
async def test_the_same_message_again_is_too_late(where: str) -> None:
    async with playing() as player:
        await player.turn_page(where)
        screen = player.app.screen
        assert isinstance(screen, HistoryScreen | BriefingScreen) or where == "question_mark"
        for _ in range(3):
            screen.dismiss("")
        await player.pilot.pause(0.2)
        assert isinstance(player.app.screen, LevelsScreen)


async def test_the_palette_opens_once_and_does_a_command_once() -> None:
    async with playing(new_game()) as player:
        for _ in range(3):
            player.app.action_command_palette()
        await player.pilot.pause(0.2)
        assert sum(isinstance(one, Palette) for one in player.app.screen_stack) == 1
        await player.pilot.press(*"step")
        await player.pilot.pause(0.3)
        await player.pilot.press("down", "enter", "enter", "enter")
        await player.pilot.pause(0.4)
        assert isinstance(player.app.screen, PlayScreen)
        assert player.game.session.now.steps <= 1


async def test_quit_in_the_palette_asks_as_the_key_does() -> None:
    async with playing(new_game("in-place/1", "a2")) as player:
        await player.app.action_quit()
        await player.pilot.pause(0.1)
        assert isinstance(player.app.screen, ConfirmScreen)


async def test_t4_ctrl_z_says_where_nobody_could_wake_the_game() -> None:
    async with playing(new_game()) as player:
        await player.press("ctrl+z")
        assert "no shell" in player.text
