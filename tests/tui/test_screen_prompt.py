# SPDX-License-Identifier: GPL-2.0-or-later
"""The prompt stays open until esc (T7), on every page of a level (T8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.playing import NARROW, WIDE, Kind, Player, new_game, playing
from tests.tui.slow import safe_game, safe_pack
from tui.screens.answers import AnswerScreen
from tui.screens.briefing import BriefingScreen
from tui.screens.history import HistoryScreen
from tui.screens.ladder import LadderScreen
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import PageScreen
from tui.screens.play import PlayScreen
from tui.widgets import Prompt

_NAMES = {":": "colon", " ": "space", "=": "equals_sign", "_": "underscore"}
SENTENCE = "set look_again=0"


async def keys(player: Player, text: str) -> None:
    await player.pilot.press(*(_NAMES.get(one, one) for one in text))


def prompt(player: Player) -> str:
    return player.app.screen.query_one(Prompt).value


async def test_what_is_typed_after_a_line_goes_to_the_prompt_too() -> None:
    """T7: `:watch vma` and then `watch pol` at once: no letter of it acts as a key."""
    async with playing(new_game()) as player:
        await keys(player, ":watch task_policy.nodes")
        await player.press("enter")
        await keys(player, "watch shows")
        assert prompt(player) == "watch shows"
        assert not player.game.page.help
        await player.press("escape a")
        assert player.game.session.now.steps == 1


async def test_a_second_colon_begins_the_line_anew() -> None:
    """T7: after a command that failed, `:b 54` is not `::b 54`."""
    async with playing(new_game()) as player:
        await keys(player, ":bad")
        await player.press("enter")
        assert "unknown command 'bad'" in player.text
        await keys(player, ":break 221")
        assert prompt(player) == "break 221"
        await player.press("enter")
        assert "breakpoint at linux-2.6.31.c:221" in player.text
        await keys(player, ":")
        assert prompt(player) == ""


async def test_an_empty_line_moves_again_or_closes_the_prompt() -> None:
    """T7: enter repeats the last line that moved, which the prompt names; without one it closes the prompt."""
    async with playing(new_game()) as player:
        await player.press("colon enter a")
        assert player.game.session.now.steps == 1
        await keys(player, ":a2 r1")
        await player.press("enter")
        assert "enter: a2 r1 again" in player.app.screen.query_one(Prompt).placeholder
        await player.press("enter")
        await keys(player, "print task.mems_allowed")
        await player.press("enter enter")
        assert player.game.session.now.steps == 10
        await player.press("escape a")
        assert player.game.session.now.steps == 11


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_a_result_page_does_what_is_typed_there(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T8: `:` and save work on the page that tells a win; what moves a thread or needs the desk goes back there."""
    monkeypatch.chdir(tmp_path)
    async with playing(new_game("tour/7"), size) as player:
        await player.press("a13")
        assert isinstance(player.app.screen, OutcomeScreen)
        await keys(player, ":")
        assert "enter" not in player.app.screen.query_one(Prompt).placeholder
        await keys(player, "save x.race")
        await player.press("enter")
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "saved x.race: " in player.text
        assert (tmp_path / "x.race").exists()
        await keys(player, "frob")
        await player.press("enter")
        assert "unknown command 'frob'" in player.text
        await keys(player, "locals")
        await player.press("enter enter escape")
        assert isinstance(player.app.screen, OutcomeScreen)
        await player.press("s")
        assert prompt(player) == "save "
        await player.press("escape")
        await player.type("back 3")
        assert isinstance(player.app.screen, PlayScreen)
        assert player.game.session.now.steps == 10


async def test_letters_of_a_sentence_do_nothing_on_a_page() -> None:
    """T8: only the keys act that the foot names."""
    async with playing(new_game("in-place/1", "a6 r22 a2")) as player:
        pages: dict[str, Kind] = {
            "i": BriefingScreen,
            "L": AnswerScreen,
            "l": LadderScreen,
            "question_mark": PageScreen,
        }
        for key, page in pages.items():
            await player.turn_page(key)
            await player.until(page)
            await keys(player, "gunq cabr")
            assert isinstance(player.app.screen, page), key
            assert player.game.session.now.steps == 30
            await player.turn_page("escape")
        await player.press("a")
        assert isinstance(player.app.screen, OutcomeScreen)
        await keys(player, "o ga bqr")
        assert isinstance(player.app.screen, OutcomeScreen)
        assert player.game.session.now.steps == 31


@pytest.mark.parametrize("key", ["i", "L", "l", "question_mark", "H"])
async def test_every_page_of_a_level_has_the_prompt(key: str) -> None:
    """T8: what is typed on a page is done, and a move leads back to the desk with the prompt still open."""
    async with playing(new_game("in-place/1", "a6 r22")) as player:
        await player.turn_page(key)
        page = player.app.screen
        assert not isinstance(page, PlayScreen)
        await keys(player, ":")
        assert player.app.screen.query_one(Prompt).placeholder.startswith("enter: back ")
        await keys(player, ":print task.mems_allowed")
        await player.press("enter")
        assert player.app.screen is page
        assert "task.mems_allowed = {1}" in player.text
        await keys(player, "a1")
        await player.press("enter")
        assert isinstance(player.app.screen, PlayScreen)
        await keys(player, "back 9")
        await player.press("enter")
        assert player.game.session.now.steps == 20


async def test_a_what_if_is_typed_where_a_page_names_it() -> None:
    """T8: `:set look_again=0` on the page of a right claim begins the level anew with it."""
    async with playing(new_game("tour/6")) as player:
        await player.claim()
        assert isinstance(player.app.screen, OutcomeScreen)
        await keys(player, ":" + SENTENCE)
        await player.turn_page("enter")
        assert isinstance(player.app.screen, PlayScreen)
        assert player.game.sets == ("look_again=0",)
        assert player.game.session.now.steps == 0


async def test_a_level_is_chosen_in_the_time_line_that_lies_above_a_game() -> None:
    async with playing(new_game("in-place/1", "a6")) as player:
        await player.turn_page("H")
        await player.until(HistoryScreen)
        await player.turn_page("enter")
        await player.until(LevelsScreen)


async def test_a_lesson_begins_and_ends_with_the_prompt_open() -> None:
    """T7: what is typed behind `lesson` acts as no key there, nor behind the way back."""
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.claim()
        await keys(player, ":lesson")
        await player.press("enter")
        await keys(player, "help lesson")
        assert prompt(player) == "help lesson"
        assert isinstance(player.app.screen, PlayScreen)
        assert player.app.screen.game.lesson is not None
        await player.press("enter")
        await keys(player, "lesson")
        await player.press("enter")
        await keys(player, "last")
        assert prompt(player) == "last"
        assert player.app.screen is player.screen


@pytest.mark.parametrize("line", ["set look_again=0", "in-place/2"])
async def test_another_level_or_setting_begins_with_the_prompt_open(line: str) -> None:
    async with playing(new_game()) as player:
        await keys(player, f":{line}")
        await player.turn_page("enter")
        if isinstance(player.app.screen, BriefingScreen):
            await player.turn_page("enter")
        await player.until(PlayScreen)
        await keys(player, "e watch")
        assert prompt(player) == "e watch"
        assert not player.game.light


async def test_a_level_that_is_chosen_in_the_list_begins_with_its_keys() -> None:
    async with playing(new_game()) as player:
        await keys(player, ":levels")
        await player.press("enter")
        await player.until(LevelsScreen)
        await player.press("enter enter")
        await player.until(PlayScreen)
        await player.press("a")
        assert player.game.session.now.steps == 1


async def test_where_there_is_no_prompt_yet_the_briefing_says_where_it_is() -> None:
    async with playing("in-place/1") as player:
        assert isinstance(player.app.screen, BriefingScreen)
        await player.press("colon")
        assert "enter starts the level; there : opens the prompt" in player.text
