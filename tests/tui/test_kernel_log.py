# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log on the screen: the report of the level's era, whole at every width."""

from __future__ import annotations

import pytest
from attrs import evolve

from tests.tui.playing import NARROW, new_game, playing
from tui.actions.commands import answered
from tui.game.ends import run_end, run_sections
from tui.game.game import Game
from tui.lines.endings import section_lines
from tui.lines.log import log_lines
from tui.lines.text import wrap

STAMP = len("[  31] ")
WON = ("a6", "r22", "a3")


def over() -> Game:
    """in-place/1, won by its own solution."""
    return new_game("in-place/1", *WON)


def test_the_report_is_in_the_words_of_the_era() -> None:
    report = over().report
    assert report[0] == "allocator invoked oom-killer: gfp_mask=0x0, order=0, oomkilladj=0"
    assert report[-1].startswith("verdict: premature OOM; at no instant were all its nodes exhausted")
    assert report[-1].endswith("the kernel's own reason is CONSTRAINT_NONE")
    assert not any("linux-2.6.31.c" in one for one in report)


def test_nothing_is_reported_while_the_run_goes_on() -> None:
    assert new_game("in-place/1", "a6").report == ()


@pytest.mark.parametrize("width", [50, 80, 120, 400])
def test_long_lines_of_the_log_go_on_below_their_text(width: int) -> None:
    log = over().view.log
    shown = [one.plain for one in log_lines(log, width)]
    assert max(map(len, shown)) <= width
    assert [one for one in shown if one[0] != "[" and not one.startswith(" " * STAMP)] == []
    said = " ".join(one[STAMP:].strip() for one in shown).split()
    assert said == " ".join(one.text for one in log).split()


def test_after_a_win_the_log_stands_behind_its_key() -> None:
    game = over()
    sections = run_sections(game.level, run_end(game, None, ""))
    shown = "\n".join(one.plain for one in wrap(section_lines(sections), 80))
    header = "allocator invoked oom-killer: gfp_mask=0x0, order=0, oomkilladj=0"
    assert header not in shown
    assert header in "\n".join(answered(game, "log").lines)


def test_of_a_kill_that_is_no_win_the_page_shows_it() -> None:
    game = over()
    ending = evolve(run_end(game, None, ""), won=False)
    shown = [one.plain for one in wrap(section_lines(run_sections(game.level, ending)), 80)]
    assert shown[shown.index("kernel log") + 1].startswith("  allocator invoked oom-killer: ")


async def test_the_page_of_the_log_keeps_the_column_of_the_text() -> None:
    async with playing(over(), NARROW) as player:
        await player.turn_page("L")
        assert "  [  31] Node 0 Normal free:800kB min:80kB low:100kB high:120kB" in player.text
        assert f"\n  {' ' * STAMP}active_anon:0kB inactive_anon:0kB" in player.text
