# SPDX-License-Identifier: GPL-2.0-or-later
"""The claim that a level is safe, by key and by line: right, wrong, undecided."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

import tui.explorer.analysis
from puzzles.judging.claims import Answer, Settled
from puzzles.judging.referee import rule_claim
from puzzles.reasons.claim import put
from tests.tui.playing import NARROW, WIDE, Player, new_game, playing
from tests.tui.slow import REASON, safe_game, safe_level, safe_pack
from tui.actions.commands import CommandError, answered
from tui.actions.source import statement_named
from tui.game.ends import claim_sections
from tui.lines.endings import section_lines
from tui.lines.text import wrap
from tui.screens.answers import AnswerScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.screens.source import SourceScreen
from tui.view.parts import EndSection

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


def words(player: Player) -> str:
    return " ".join(player.text.split())


@SIZES
async def test_a_right_claim_wins_and_says_what_was_tried_and_what_is_left_out(size: tuple[int, int]) -> None:
    async with playing(safe_game(), size, pack=safe_pack()) as player:
        await player.press("a2")
        await player.claim()
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "Solved. Safe in this model: no schedule reaches BUG." in words(player)
        assert player.game.settled is not None
        assert f"exhausted {player.game.settled.states:,} states" in words(player)
        assert "saved: claimed" in player.text
        await player.press("end")
        assert "The model leaves out 3 things: model (M) lists them." in player.text
        assert player.claimed == ["safe/1"]
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        assert player.game.session.now.steps == 2
        await player.turn_page("S")
        assert isinstance(player.app.screen, OutcomeScreen)
        assert player.claimed == ["safe/1"]


@SIZES
@pytest.mark.parametrize("level", ["tour/6", "in-place/4"])
async def test_a_safe_level_of_the_game_is_won_by_key(level: str, size: tuple[int, int]) -> None:
    async with playing(level, size) as player:
        await player.turn_page("enter")
        await player.claim()
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "Solved. Safe in this model" in player.text
        assert player.claimed == [level]


@SIZES
async def test_a_wrong_claim_shows_the_way_and_loses_nothing(size: tuple[int, int]) -> None:
    async with playing(new_game("in-place/1", "r3 a2"), size) as player:
        own = player.game.session.now
        await player.claim()
        assert isinstance(player.app.screen, PlayScreen)
        assert "a miss: at least one schedule reaches it; counterexample shows one" in words(player)
        assert player.game.session.now is own
        await player.type("counterexample")
        assert "a way to premature OOM, in 28 steps, is in the timeline now" in words(player)
        assert "step 0 " in player.text
        await player.press("right")
        assert "step 1 " in player.text
        await player.press("end")
        assert "by a way that was shown to you: no win" in words(player)
        assert "won premature OOM" not in player.text
        assert player.won == []
        await player.press("home")
        await player.turn_page("ctrl+c")
        assert "A run is neither finished nor saved." in words(player)
        await player.turn_page("n")
        await player.press("y end")
        assert player.game.session.now is own


async def test_whoever_plays_the_counterexample_by_hand_has_not_won() -> None:
    async with playing(new_game()) as player:
        await player.claim()
        await player.type("counterexample")
        shown = player.game.session.now.future()
        keys = " ".join("ar"[moment.thread or 0] for moment in shown)
        await player.press(keys)
        assert "by a way that was shown to you: no win" in words(player)
        assert player.won == []
        await player.turn_page("enter")
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "Shown to you, no win." in player.text
        assert "no win: this schedule was shown to you" in player.text


async def test_a_claim_is_asked_about_once_and_no_is_no() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.type(f"mark {REASON}")
        await player.turn_page("S")
        assert "You say that no schedule at all reaches: BUG, because of two-takers.c:22" in words(player)
        asked = "If that is wrong, it counts as a miss. Is that your answer?"
        assert asked in words(player)
        await player.turn_page("n")
        assert player.game.settled is None
        assert isinstance(player.app.screen, PlayScreen)
        await player.type(f"claim safe {REASON}")
        await player.turn_page("n")
        assert player.game.settled is None
        await player.claim()
        await player.turn_page("escape")
        await player.keys()
        await player.turn_page("S")
        assert isinstance(player.app.screen, OutcomeScreen)


async def test_ctrl_c_at_the_question_does_not_lose_a_run() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.press("a3")
        await player.type(f"mark {REASON}")
        await player.turn_page("S")
        await player.turn_page("ctrl+c")
        assert "Leave all the same?" in player.text
        await player.turn_page("n")
        assert "Is that your answer?" in words(player)
        await player.turn_page("n")
        assert player.game.session.now.steps == 3


async def test_an_undecided_claim_names_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    settled = Settled(Answer.UNDECIDED, 77, 99, bound="more than 70 states")
    monkeypatch.setattr(tui.explorer.analysis, "settle", lambda *_, **__: settled)
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.press("a3")
        await player.claim()
        assert "Undecided. Neither proved nor refuted." in player.text
        assert "because more than 70 states" in words(player)
        await player.turn_page("escape")
        assert player.game.session.now.steps == 3
        assert player.claimed == []


async def test_memory_that_ends_is_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def settle(*_: object, **__: object) -> Settled:
        raise MemoryError

    monkeypatch.setattr(tui.explorer.analysis, "settle", settle)
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.claim()
        assert "because all memory was taken" in words(player)


async def test_a_safe_level_looks_like_any_other_until_light_or_rescue_tell() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        assert "goal BUG step 0" in words(player)
        assert "S claims that no schedule reaches the goal." in words(player)
        assert "S claim" in player.text.splitlines()[-1]
        await player.press("g tab g")
        assert "Not the goal; why not? l lists who read what; u steps back, x starts again" in words(player)
        await player.turn_page("enter")
        assert "Not the goal." in player.text
        assert "BUG: force it, or claim that nobody can, and why. Step back and try another order" in words(player)
        await player.turn_page("x")
        await player.turn_page("e")
        await player.learn()
        assert "goal BUG: out of reach" in words(player)
        await player.turn_page("o")
        assert "no schedule at all reaches the goal of this level" in words(player)


async def test_a_level_that_asks_to_force_it_is_not_claimed() -> None:
    game = new_game("tour/7")
    async with playing(game) as player:
        assert "claim" not in player.text
        await player.press("S")
        assert "it can be reached: page allocated; nothing is claimed" in words(player)
        assert (game.settled, str(game.page.help), game.is_settled) == (None, "", False)


def test_other_claims_are_refused() -> None:
    with pytest.raises(CommandError, match="claim what"):
        answered(new_game(), "claim unsafe")


def page_text(sections: Iterable[EndSection]) -> str:
    return "\n".join(one.plain for one in wrap(section_lines(sections), 80))


def test_a_changed_level_is_claimed_for_nothing() -> None:
    game = safe_game()
    machine, settled = game.machine, Settled(Answer.RIGHT, 5, 6)
    claimed = put(game.level, machine, [statement_named(machine.program, REASON)], settled=lambda: settled)
    why = rule_claim(game.level.ask, settled, bears=True, changed=True).why_not
    text = page_text(claim_sections(game.level, machine, claimed, why, settles=False))
    assert text.startswith("Right. Safe in this model")
    assert "not scored" in text
    safe = page_text(claim_sections(safe_level(), machine, claimed, "", settles=True))
    assert safe.startswith("Solved. Safe in this model")


async def test_a_claim_alone_asks_because_of_which_line_and_the_source_answers() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.turn_page("S")
        assert isinstance(player.app.screen, SourceScreen)
        assert "because of which line? enter or a click marks it" in words(player)
        assert player.game.claimed is None
        await player.turn_page("S")
        assert isinstance(player.app.screen, SourceScreen)
        await player.press(" ".join(["down"] * 21) + " enter")
        assert "marked: two-takers.c:22" in words(player)
        assert re.search(r"= +22 +if \(!look_again", player.text)
        await player.press("enter")
        assert player.game.marks == []
        await player.press("up up up up up up enter")
        assert "two-takers.c:16: this line stands in no function" in words(player)
        await player.press("down down down down down down enter")
        await player.pilot.press("S")
        await player.until(ConfirmScreen)
        await player.pilot.press("y")
        await player.until(OutcomeScreen)
        assert "because two-takers.c:22 in take_page" in words(player)
        assert player.claimed == ["safe/1"]


@SIZES
async def test_the_race_that_the_line_prevents_is_a_lesson_that_wins_nothing(size: tuple[int, int]) -> None:
    async with playing(safe_game(), size, pack=safe_pack()) as player:
        await player.press("a2")
        own = player.game
        await player.claim()
        await player.turn_page("Y")
        lesson = player.app.screen
        assert isinstance(lesson, PlayScreen)
        assert lesson.game.own is own
        assert "without two-takers.c:22" in words(player)
        await player.press("right right right")
        assert re.search(r"- +22", player.text)
        await player.press("end")
        assert lesson.game.session.over
        assert "That was on the kernel without your line, and wins nothing" in words(player)
        assert player.won == []
        await player.turn_page("Y")
        assert isinstance(player.app.screen, PlayScreen)
        assert (player.app.screen.game, own.session.now.steps) == (own, 2)
        assert "back in your own run" in player.text


async def test_a_miss_counts_once_and_says_which_line() -> None:
    async with playing(new_game("count/1")) as player:
        player.screen.act("claim safe 326")
        await player.until(ConfirmScreen)
        await player.pilot.press("y")
        await player.learn()
        await player.until(PlayScreen, AnswerScreen)
        assert re.search(r"a miss: still safe without it and \d+.*: linux-2.6.35.c:326 ", words(player))
        player.screen.act("claim safe 326")
        assert len(player.game.page.help.misses) == 1
        assert player.claimed == []


async def test_the_page_of_a_claim_has_its_keys_however_it_was_claimed() -> None:
    async with playing(safe_game(), pack=safe_pack()) as player:
        await player.type(f"claim safe {REASON}")
        while not isinstance(player.app.screen, OutcomeScreen):
            if isinstance(player.app.screen, ConfirmScreen):
                await player.pilot.press("y")
            await player.pilot.pause(0.02)
        await player.pilot.pause()
        assert not player.app.screen.prompting
        assert "esc look around" in player.text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, PlayScreen)
        assert not player.app.screen.prompting
