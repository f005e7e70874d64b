# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads have their colours by what they do, on the screen and in line mode: whatever their place or letter is."""

from __future__ import annotations

import re
from itertools import combinations, permutations
from math import dist

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorType
from textual.color import Color, Lab, rgb_to_lab
from textual.content import Content

from puzzles.levels import Level, game_pack
from puzzles.levels.limits import LETTERS
from sim import Thread
from tests.tui.playing import new_game, playing
from tests.tui.program import call
from tui.cli.terminal import say
from tui.lines.briefing import briefing_lines
from tui.lines.ladder import ladder_entries
from tui.lines.text import thread_style
from tui.lines.thread import Pane, folded_line, header_line
from tui.lines.timeline import timeline_lines
from tui.plain.painting import OfThreads, painted
from tui.plain.tell import situation_lines
from tui.theme import THREADS, game_theme, thread_variables
from tui.view.ladder import ladder_rungs
from tui.view.roles import Role, roles

PACK = game_pack()
ALLOCATE = {"do_page_fault", "do_generic_file_read", "application", "application_binds", "kmem_cache_alloc",
            "__netdev_alloc_skb", "take_page", "find_home", "free_two_pages", "kmalloc", "pty_write",
            "do_user_addr_fault", "exec", "sandbox", "do_get_mempolicy"}  # fmt: skip
REBIND = {"cpuset_write_mems", "administrator", "do_mbind", "cpuset_inc", "move_task", "other_program", "memory_goes",
          "memory_goes_and_comes", "cpuset_write_spread_page", "compact_zone", "change_policies"}  # fmt: skip
"""What threads of the game's own levels call: to get memory or give it back, or to change who may have it where.

Who asks, or changes flags of its own, counts with the first; who does so to another one with the second.
"""


def called(thread: Thread) -> str:
    return thread.run.partition("(")[0]


@pytest.mark.parametrize("level", PACK.levels, ids=lambda level: level.id)
def test_who_allocates_and_who_rebinds_keep_their_colours_in_every_level(level: Level) -> None:
    role_of = roles(level.threads)
    assert list(role_of) == [thread.letter for thread in level.threads]
    assert len(set(role_of.values())) == len(level.threads)
    by_role = {role_of[thread.letter]: called(thread) for thread in level.threads}
    calls = set(by_role.values())
    assert calls <= ALLOCATE | REBIND, "say which of both a new call does"
    assert (by_role.get(Role.ALLOCATOR) in ALLOCATE) == bool(calls & ALLOCATE)
    assert (by_role.get(Role.REBINDER) in REBIND) == bool(calls & REBIND)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("tour/7", {"A": Role.ALLOCATOR}),
        ("tour/4", {"R": Role.REBINDER}),
        ("tour/6", {"A": Role.ALLOCATOR, "B": Role.THIRD}),
        ("in-place/9", {"A": Role.ALLOCATOR, "R": Role.REBINDER, "B": Role.THIRD}),
        ("side/1", {"A": Role.ALLOCATOR, "B": Role.REBINDER}),
        ("side/7", {"R": Role.REBINDER, "B": Role.THIRD, "A": Role.ALLOCATOR}),
    ],
)
def test_further_threads_have_further_colours(level: str, expected: dict[str, Role]) -> None:
    assert roles(PACK.level(level).threads) == expected


def thread(letter: str, run: str, exhausted: str = "", name: str = "") -> Thread:
    return Thread(letter, name or letter.lower(), run, exhausted=exhausted)


def test_letters_of_a_stranger_s_level_may_say_nothing() -> None:
    """Nobody is called A or R; or names say who A and R are; or R needs memory, too, and A does not say when."""
    fault, write = "do_page_fault(&vma)", "cpuset_write_mems(&cpuset, &new_mems)"
    assert roles([thread("B", write), thread("C", fault, "x()")]) == {"B": Role.REBINDER, "C": Role.ALLOCATOR}
    named = [thread("A", write, name="rebind"), thread("R", fault, name="allocator")]
    assert roles(named) == {"A": Role.REBINDER, "R": Role.ALLOCATOR}
    two = [thread("B", fault, "x()"), thread("C", "do_generic_file_read()", "x()"), thread("D", write)]
    assert roles(two) == {"B": Role.ALLOCATOR, "C": Role.THIRD, "D": Role.REBINDER}
    assert roles([thread("R", write, "x()"), thread("A", "f()")]) == {"R": Role.REBINDER, "A": Role.ALLOCATOR}
    assert roles([thread("R", write, "x()")]) == {"R": Role.REBINDER}


@st.composite
def some_threads(draw: st.DrawFn) -> list[Thread]:
    letters = draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4, unique=True))
    run, exhausted = st.sampled_from(["f()", "g()", "h(&a)"]), st.sampled_from(["", "none()"])
    return [thread(letter, draw(run), draw(exhausted)) for letter in letters]


@given(some_threads())
def test_roles_do_not_follow_the_order_and_each_is_given_once(threads: list[Thread]) -> None:
    expected = roles(threads)
    assert len(set(expected.values())) == len(threads)
    assert all(roles(order) == expected for order in permutations(threads))
    if any(one.letter == "R" for one in threads):
        assert expected["R"] is Role.REBINDER
    if any(one.letter != "R" for one in threads):
        assert Role.ALLOCATOR in expected.values()


def test_every_role_has_a_colour_of_its_own_in_each_kind_of_theme() -> None:
    assert set(THREADS) == set(Role)
    for ansi in (False, True):
        variables = thread_variables(ansi=ansi)
        assert len(set(variables.values())) == len(Role)
        assert {f"${name}" for name in variables} == {thread_style(role) for role in Role}
        assert all(Color.parse(colour).ansi is not None for colour in variables.values()) == ansi


_SEEN_BY = {  # linear RGB as people see it who lack one kind of cone (Machado, Oliveira and Fernandes, 2009)
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    """Red, green and blue as amounts of light, from 0 to 1."""
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in Color.parse(colour).normalized]


def seen(colour: str, eyes: str) -> Lab:
    light = (sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in _SEEN_BY[eyes])
    kept = (min(max(amount, 0), 1) for amount in light)
    shown = (c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in kept)
    red, green, blue = (round(c * 255) for c in shown)
    return rgb_to_lab(Color(red, green, blue))


def luminance(colour: str) -> float:
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


@pytest.mark.parametrize("eyes", _SEEN_BY)
def test_colours_are_told_apart_by_all_eyes(eyes: str) -> None:
    """The distance in CIE L*a*b* of two colours that differ just noticeably is 2."""
    for (one, first), (other, second) in combinations(THREADS.items(), 2):
        least = 60 if {one, other} == {Role.ALLOCATOR, Role.REBINDER} else 10
        assert dist(seen(first.rgb, eyes), seen(second.rgb, eyes)) > least, (one, other)


def test_colours_are_bright_enough_to_be_read() -> None:
    theme = game_theme()
    for back in (theme.background or "", theme.surface or ""):
        for colour in THREADS.values():
            assert (luminance(colour.rgb) + 0.05) / (luminance(back) + 0.05) > 4.5


def styles(line: Content, letter: str) -> set[str]:
    """The styles of those cells of a line that hold a letter alone."""
    places = [match.start() for match in re.finditer(rf"\b{letter}+\b", line.plain)]
    return {str(span.style) for span in line.spans for place in places if span.start <= place < span.end}


@pytest.mark.parametrize(("level", "lines"), [("side/7", ["a3 r4 b5"]), ("side/1", ["a3 b4"]), ("tour/4", ["r4"])])
def test_the_screen_and_line_mode_follow_one_rule(level: str, lines: list[str]) -> None:
    game = new_game(level, *lines)
    threads = game.machine.threads
    drawn = [line for line in briefing_lines(game.level.listed) if isinstance(line, Content)]
    drawn += timeline_lines(game.view.timeline, 80)
    drawn += [line for line, _ in ladder_entries(list(ladder_rungs(game.machine, game.session.now)), roles(threads))]
    drawn += [line(Pane.of(game.view, i), 80) for i in range(len(threads)) for line in (header_line, folded_line)]
    told = [line for line in situation_lines(game) if isinstance(line, OfThreads)]
    assert len(told) >= len(threads)
    for letter, role in roles(threads).items():
        used = {style for line in drawn for style in styles(line, letter) if "$thread-" in style}
        assert used == {f"bold {thread_style(role)}"}
        (first,) = [painted(line, line.roles) for line in told if line.startswith(letter)]
        assert first.startswith(click.style(letter, fg=THREADS[role].ansi, bold=True))


async def test_a_theme_of_the_terminal_s_own_colours_has_no_others() -> None:
    async with playing(new_game("side/7", "a3 r4 b5")) as player:
        player.app.theme = "ansi-dark"
        await player.pilot.pause()
        strips = player.app.screen._compositor.render_strips()
        colours = {segment.style.color for strip in strips for segment in strip if segment.style}
        assert not [colour for colour in colours if colour and colour.type is ColorType.TRUECOLOR]


def test_an_article_is_no_thread(capsys: pytest.CaptureFixture[str]) -> None:
    tell = say(color=True)
    tell("A read of the mask")
    tell(OfThreads("A read x\x1b[2J", PACK.level("tour/7").threads))
    assert capsys.readouterr().out == "A read of the mask\n\x1b[33m\x1b[1mA\x1b[0m read x\\u001b[2J\n"
    assert not [line for line in call("play", "in-place/1", "--plain", typed="a6\n").stdout if "\x1b" in line]
