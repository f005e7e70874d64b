# SPDX-License-Identifier: GPL-2.0-or-later
"""Draw the picture of the README from the program itself: `make picture`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from puzzles.levels import build_machine, game_pack
from tui.app import OomraceApp
from tui.game.game import Game
from tui.player.services import Services
from tui.screens.play import PlayScreen

FILE = Path(__file__).with_name("play.svg")
SIZE = (100, 30)
MOVES = ("A1", "R5")


async def draw() -> str:
    """The play screen in the middle of the race, as SVG."""
    level = game_pack().level("tour/5")
    game = Game(level, build_machine(level))
    app = OomraceApp(None, game, Services(game_pack()))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for moves in MOVES:
            for _ in range(int(moves[1:])):
                await pilot.press(moves[0].lower())
        while isinstance(app.screen, PlayScreen) and app.screen.searches.busy:
            await pilot.pause(0.01)
        await pilot.pause()
        return app.export_screenshot(title="oomrace")


def main() -> None:
    """Write the picture beside this file."""
    FILE.write_text(asyncio.run(draw()), encoding="utf-8")


if __name__ == "__main__":
    main()
