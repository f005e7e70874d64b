# SPDX-License-Identifier: GPL-2.0-or-later
"""Words of the texts are marked where a page uses them first, and explained in both modes and from the command line."""

from __future__ import annotations

import json

import pytest
from textual.content import Content

from puzzles.glossary import game_glossary
from puzzles.levels import Level
from tests.tui.playing import NARROW, PACK, WIDE, new_game, playing
from tests.tui.program import call
from tui.lines.briefing import briefing_lines
from tui.lines.terms import marked_terms
from tui.lines.text import wrap
from tui.plain.level import briefing_lines as plain_briefing
from tui.screens.briefing import BriefingScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.screens.terms import TermsScreen


def test_a_word_is_explained_in_whatever_case_and_number() -> None:
    for words in (["cpuset"], ["CPUSETS"], ["low", "watermark"], ["Policies"]):
        done = call("explain", *words)
        assert (done.exit_code, len(done.stdout.splitlines())) == (0, 2)
    assert call("explain", "cpuset").stdout.startswith("cpuset: A cpuset is ")


def test_an_unknown_word_is_answered_with_near_ones() -> None:
    done = call("explain", "watermrk")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no word 'watermrk' in the glossary; near to it: watermark; explain alone lists all" in done.stderr


def test_without_a_word_all_are_listed() -> None:
    assert call("explain").stdout.splitlines() == list(game_glossary().names)
    listed = json.loads(call("explain", "--json").stdout)
    assert [entry["name"] for entry in listed] == [term.name for term in game_glossary().terms]


@pytest.mark.parametrize("level", PACK().levels, ids=lambda level: level.id)
def test_a_briefing_marks_each_of_its_words_once_in_both_modes(level: Level) -> None:
    lines = briefing_lines(level.listed)
    names = [term.name for term in marked_terms(lines)]
    assert len(set(names)) == len(names) > 0
    assert f"words: {', '.join(names)} (explain WORD tells what one is)" in list(plain_briefing(level))
    drawn = wrap(lines, 78)
    underlined = {str(span.style) for content in drawn for span in content.spans}
    assert "underline" in underlined


def test_what_is_copied_or_printed_of_a_text_has_no_marks_in_it() -> None:
    level = PACK().level("in-place/1")
    text = " ".join(line.plain for line in briefing_lines(level.listed) if isinstance(line, Content))
    assert " ".join(level.briefing.split("\n\n")[0].split()) in text


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_a_key_explains_the_words_of_a_briefing_and_closes_the_page(size: tuple[int, int]) -> None:
    async with playing("in-place/1", size) as player:
        await player.until(BriefingScreen)
        assert " E words " in f"{player.text} "
        await player.turn_page("E")
        assert isinstance(player.app.screen, TermsScreen)
        assert "A kill is premature if at no instant of its allocation" in " ".join(player.text.split())
        await player.turn_page("E")
        assert isinstance(player.app.screen, BriefingScreen)
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.turn_page("E")
        assert "all words: alloc_lock, " in " ".join(line.plain for line in wrap(player.app.screen.text, 2_000))


async def test_a_key_explains_the_words_of_a_debrief() -> None:
    async with playing(new_game("in-place/1", "a6 r22 a2")) as player:
        await player.press("a")
        await player.until(OutcomeScreen)
        await player.turn_page("E")
        assert isinstance(player.app.screen, TermsScreen)
        text = " ".join(line.plain for line in wrap(player.app.screen.text, 2_000))
        assert "The first-zone lookup walks the zonelist" in text
        await player.turn_page("escape")
        assert isinstance(player.app.screen, OutcomeScreen)


def test_line_mode_names_the_words_of_a_debrief_that_the_briefing_has_not() -> None:
    done = call("play", "in-place/1", "--plain", typed="a6 r22 a3\nexplain first zone\n")
    words = [line for line in done.stdout.splitlines() if line.startswith("words: ")]
    assert len(words) == 2
    briefing, debrief = (set(line.removeprefix("words: ").partition(" (")[0].split(", ")) for line in words)
    assert "first-zone lookup" in debrief
    assert not briefing & debrief
    assert "first-zone lookup: The first-zone lookup walks the zonelist" in done.stdout
