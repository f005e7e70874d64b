# SPDX-License-Identifier: GPL-2.0-or-later
"""Both modes agree: what is typed is answered alike, and ends of runs and of claims are told alike."""

from __future__ import annotations

import re
from typing import Final

import pytest

from puzzles.judging.claims import Answer, Settled
from puzzles.levels import Level
from puzzles.reasons.claim import put
from tests.tui.playing import PACK, Player, new_game, playing
from tests.tui.telling import WIDTH, end_in_lines, end_on_screen, squeezed
from tui.actions.source import statement_named
from tui.lines.briefing import briefing_lines as drawn_briefing
from tui.lines.text import wrap
from tui.plain.level import briefing_lines
from tui.plain.loop import LineMode
from tui.plain.tell import claimed_lines
from tui.player.services import Services
from tui.screens.ends import claim_page
from tui.screens.page import PageScreen
from tui.widgets import MessageLine

ERRORS: Final = (
    "nonsense", "z8", "a0", "~a", "step 0", "thread z", "print", "print nothing_there", "until", "until nowhere",
    "break nowhere", "watch", "watch 5", "delete 9", "back x", "jump x", "branch", "set", "set x=1", "claim maybe",
    "claim safe 1", "claim safe no.h:1", "mark", "mark 1", "lesson", "whatif", "whatif yes", "counterexample",
    "source x", "history 99.9", "explain cpuste", "transfer", "transfer v9", "ways", "rescue",
)  # fmt: skip
LOOKS: Final = (
    "why", "why r", "bt", "locals", "print task.mems_allowed", "points", "break get_page_from_freelist", "points",
    "watch task.mems_allowed", "delete", "log", "timeline", "model", "state", "list", "thread", "up", "down",
    "history 8.5", "history 4.4", "history 8.5 broken", "history 8.5", "explain", "explain Watermarks",
)  # fmt: skip
MOVES: Final = ("a6", "r14", "back 2", "forward", "restart", "last", "next r", "continue r", "jump 5", "finish a")
HINTS: Final = ("hint", "hint", "hint", "hint", "light", "light")


async def shown_for(player: Player, line: str) -> str:
    """What the screen shows of the answer to a line: a page, or else a message."""
    player.screen.act(line)
    page = player.app.screen
    if not isinstance(page, PageScreen):
        return " ".join(squeezed([player.screen.query_one(MessageLine).shown[0]]))
    await player.done()
    page.action_close()
    await player.done()
    return " ".join(squeezed(content.plain for content in wrap(page.text, WIDTH)))


def line_mode(player: Player, level: str, said: list[str]) -> LineMode:
    """Line mode with a game of its own, which knows what is proved on the screen; what it says is put into `said`."""
    game = new_game(level)
    game.proofs = player.app.services.proofs
    return LineMode(Services(PACK()), said.append, game)


async def test_what_is_typed_is_answered_alike() -> None:
    """After a move line mode goes on with what threads will do, which the screen shows anyway."""
    said: list[str] = []
    async with playing(new_game()) as player:
        lines = line_mode(player, "in-place/1", said)
        for line in (*ERRORS, *LOOKS, *HINTS, *MOVES):
            said.clear()
            lines.take(line)
            told, shown = " ".join(squeezed(said)), await shown_for(player, line)
            if line in MOVES:
                assert [part for part in shown.split("; ") if part.lower() not in told.lower()] == [], line
            else:
                assert shown == told, line


@pytest.mark.parametrize(
    "settled",
    [Settled(Answer.RIGHT, 35, 48), Settled(Answer.UNDECIDED, 35, 48, None, "it took too long")],
    ids=["right", "undecided"],
)
def test_what_became_of_a_claim_is_told_alike(settled: Settled) -> None:
    game, services = new_game("tour/6"), Services(PACK())
    machine = game.machine
    reason = statement_named(machine.program, "22")
    game.claimed = put(game.level, machine, [reason], settled=lambda: settled)
    lines = list(claimed_lines(game, services, game.claimed))
    assert end_in_lines(lines) == end_on_screen(claim_page(game, services).text)


@pytest.mark.parametrize("level", PACK().levels, ids=lambda level: level.id)
def test_briefings_tell_alike(level: Level) -> None:
    """Each in its own order, with a colon or a comma more or less; the screen adds the commits, which show tells."""
    screen = [content.plain for content in wrap(drawn_briefing(level.listed), WIDTH)]
    drawn, plain = (
        [re.sub(r"[:,]? ", " ", line.lower()) for line in squeezed(lines)] for lines in (screen, briefing_lines(level))
    )
    assert plain[0].startswith(drawn[0])
    origin = 2 if level.era or level.commits else 1
    told = [line for line in plain[1:] if not line.startswith("words ")]  # what the screen underlines
    assert {line.removeprefix("thread ") for line in told} == set(drawn[origin:])


async def test_a_lost_run_is_told_alike() -> None:
    said: list[str] = []
    async with playing(new_game()) as player:
        lines = line_mode(player, "in-place/1", said)
        for line in ("light", "continue r", "continue a"):
            lines.take(line)
            shown = await shown_for(player, line)
        await player.learn()
        shown = player.screen.query_one(MessageLine).shown[0]
        headline = next(line for line in said if line.startswith("Not the goal. "))
        assert shown.startswith(f"{headline.removeprefix('Not the goal. ')} Not the goal; ")
        step = re.search(r"out of reach since step (\d+)", shown)
        assert step
        assert any(f"out of reach at step {step[1]}: " in line for line in said)


async def test_a_wrong_claim_is_told_alike() -> None:
    said: list[str] = []
    async with playing(new_game("tour/6")) as player:
        lines = line_mode(player, "tour/6", said)
        for line in ("set look_again=0", "claim safe 21"):
            said.clear()
            lines.take(line)
            player.screen.typing.take(line, lambda _done, _sentence: None)
            await player.done()
        await player.pilot.press("y")
        await player.learn()
        assert said == [player.screen.query_one(MessageLine).shown[0]]
        assert said[0].startswith("a miss: at least one schedule reaches it; counterexample shows one")
