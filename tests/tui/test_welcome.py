# SPDX-License-Identifier: GPL-2.0-or-later
"""The opening page: at the first start with the list, in both modes, and never again by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from syrupy.assertion import SnapshotAssertion

from puzzles.levels import Level
from sim.numa import Node, Topology
from tests.tui.picture import screen_text
from tests.tui.playing import NARROW, PACK, WIDE, new_game, playing
from tests.tui.program import ROOT, call
from tui.app import OomraceApp
from tui.lines.text import wrap
from tui.lines.welcome import welcome_lines
from tui.plain.welcome import welcome_lines as plain_welcome
from tui.player.first_start import NAME, FirstStart
from tui.player.services import Services
from tui.screens.levels import LevelsScreen
from tui.screens.welcome import WelcomeScreen
from tui.view.welcome import GOAL, WHO, drawn_nodes

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
FIRST = WHO[0].partition(".")[0]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def with_nodes(*nodes: Node, distance: tuple[tuple[int, ...], ...] = ()) -> Level:
    return evolve(PACK().level("in-place/1"), machine=Topology(nodes, distance))


@SIZES
async def test_the_first_start_shows_it_and_the_next_does_not(
    size: tuple[int, int], home: Path, picture: SnapshotAssertion
) -> None:
    app = OomraceApp(None, None, Services(PACK(), left=home))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert screen_text(app) == picture
        while not app.ready.is_set():
            await pilot.pause(0.005)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, LevelsScreen)
    again = OomraceApp(None, None, Services(PACK(), left=home))
    async with again.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(again.screen, LevelsScreen)


def test_line_mode_says_it_once(home: Path) -> None:
    first, second = (call("play", "--plain", typed="levels\n").stdout for _ in range(2))
    assert first.startswith(FIRST)
    assert FIRST not in second
    assert (home / NAME).exists()


def test_who_names_a_level_or_a_replay_is_not_held_up_and_reads_it_another_time(home: Path) -> None:
    replay = str(ROOT / "puzzles" / "solutions" / "in-place-1.race")
    for arguments in (("play", "in-place/1", "--plain"), ("replay", replay, "--plain")):
        assert FIRST not in call(*arguments).stdout
    assert FIRST in call("play", "--plain").stdout
    assert home.exists()


def test_it_can_be_read_again(home: Path) -> None:
    del home
    said = call("play", "in-place/2", "--plain", typed="about\n").stdout.splitlines()
    assert [line for line in said if line in (*WHO, *GOAL)] == [*WHO, *GOAL]
    assert "The machine of in-place/2, Growing first:" in said


async def test_about_opens_the_page_of_the_level_that_is_played() -> None:
    async with playing(new_game("in-place/2")) as player:
        player.screen.act("about")
        await player.done()
        assert isinstance(player.app.screen, WelcomeScreen)
        assert "The machine of in-place/2" in player.text
        await player.resize(60, 24)
        assert "a or r thread A or R takes one step" in " ".join(
            line.plain for line in wrap(player.app.screen.text, 200)
        )


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("", "utf-8")
    assert FirstStart(place / "data").take() in (True, False)
    assert not FirstStart(None).take()


def test_the_drawing_is_made_from_the_machine() -> None:
    distance = ((10, 12, 21), (12, 10, 17), (21, 17, 10))
    level = with_nodes(Node(400, 100, (0, 1)), Node(220, 0), Node(300, 300, (2,)), distance=distance)
    told = [(node.cpus, node.free, node.pages, node.distances) for node in drawn_nodes(level)]
    assert told == [
        ("CPU 0 runs R, CPU 1 runs A", 100, 400, "10 12 21"),
        ("no CPU", 0, 220, "12 10 17"),
        ("CPU 2", 300, 300, "21 17 10"),
    ]
    drawn = "\n".join(line.plain for line in wrap(welcome_lines(level, {}, 75), 75))
    plain = "\n".join(plain_welcome(level))
    for text in ("node 1", "0 of 220 pages free", "CPU 0 runs R, CPU 1 runs A", "distances 21 17 10"):
        assert text in drawn
        assert text in plain


@pytest.mark.parametrize("width", [30, 50, 75, 100])
def test_the_drawing_keeps_within_its_width_whatever_the_machine(width: int) -> None:
    level = with_nodes(*(Node(220, 200, tuple(range(8 * node, 8 * node + 8))) for node in range(12)))
    lines = wrap(welcome_lines(level, {}, width), width)
    assert max(line.cell_length for line in lines) <= width
    assert "and 4 more nodes" in [line.plain for line in lines]
