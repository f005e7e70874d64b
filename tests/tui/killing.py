# SPDX-License-Identifier: GPL-2.0-or-later
"""The game on a terminal, killed at any moment, beside a game that does what it had done."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

from attrs import define, field

from puzzles.journals import KeptRun, kept_runs
from tests.puzzles.trees import Tree, tree
from tests.tui.playing import PACK, new_game
from tests.tui.program import terminal, until
from tui.actions.commands import CommandError, execute
from tui.explorer.proofs import Proofs
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.player.runs import Runs

LEVEL = "in-place/1"
KEYS = [*"aaaaarrrruuuUUyxnARhkw ", "\x1b[D", "\x1b[C"]
MOST_KEYS, MOST_STEPS = 15, 12
"""Keys for one start, and steps of a run that is gone on with: no run comes to its end."""

# The game itself, but that it says of each command that it is begun and that it is done.
_PROGRAM = """
import os, runpy
from tui.screens.play import PlayScreen
log = os.open(os.environ["ACTS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
act = PlayScreen.act
def said(self, text):
    os.write(log, f"{text}\\n".encode())
    done = act(self, text)
    os.write(log, b".\\n")
    return done
PlayScreen.act = said
runpy.run_module("tui", run_name="__main__", alter_sys=True)
"""


@define
class Killer:
    """Kills the games of one player; `wrong` has what was not right after a kill.

    `commands` counts those that were done before a kill, `open` those that were begun and not done, `kept` those of
    them that were kept all the same.
    """

    home: Path
    random: Random
    kills: int = 0
    commands: int = 0
    open: int = 0
    kept: int = 0
    wrong: list[str] = field(factory=list)

    def __str__(self) -> str:
        """Give the counts."""
        cut = f"{self.open} cut off, of which {self.kept} were kept all the same"
        return f"{self.kills} kills: {self.commands} commands done and kept, {cut}; {len(self.wrong)} times wrong"

    def kill(self) -> None:
        """Go on with the run that was left last, or begin one; press keys, kill, and look at what is left."""
        before, parts, others = self._left(), self._parts(), self._others()
        acts = self.home / "acts"
        acts.unlink(missing_ok=True)
        drawn = self._play(acts, resume=before is not None)
        self.kills += 1
        states = list(self._states(before, acts))
        after = self._left()
        left = tree(self._game(after).session) if after else None
        if left not in states:
            self.wrong.append(f"kill {self.kills}: {left} is left, not one of {states}")
        self.kept += len(states) > 1 and left == states[-1] != states[0]
        if self._others() != others:
            self.wrong.append(f"kill {self.kills}: other files have changed")
        if drawn and parts & self._parts():
            self.wrong.append(f"kill {self.kills}: what an earlier kill left half-written is not swept")
        if after and after.steps > MOST_STEPS:
            after.path.unlink()

    def _play(self, acts: Path, *, resume: bool) -> bool:
        """Start the game and kill it, perhaps before it is drawn; whether it was."""
        how = ("play", LEVEL, "--resume") if resume else ("play", LEVEL)
        with terminal(self.home, *how, term="xterm-256color", program=_PROGRAM, more={"ACTS": str(acts)}) as (
            game,
            end,
        ):
            drawn = self.random.random() < 0.85
            if drawn:
                if not resume:
                    until(end, b"briefing")
                    os.write(end, b"\r")
                until(end, b"prompt")
                for _ in range(self.random.randrange(MOST_KEYS)):
                    os.write(end, self.random.choice(KEYS).encode())
                    _watch(end, self.random.choice((0, 0.01, 0.05, 0.3)))
            _watch(end, self.random.random() * (0.05 if drawn else 2))
            game.kill()
            game.wait()
        return drawn

    def _states(self, before: KeptRun | None, acts: Path) -> Iterator[Tree | None]:
        """What may be left: the state after the last command that was done, and after one that was only begun."""
        game = self._game(before)
        lines = acts.read_text("utf-8").splitlines() if acts.exists() else []
        opened = len(lines) % 2
        self.commands += len(lines) // 2
        self.open += opened
        for text in lines[: len(lines) - opened : 2]:
            _act(game, text)
        yield _kept(game)
        if opened:
            _act(game, lines[-1])
            yield _kept(game)

    def _game(self, run: KeptRun | None) -> Game:
        if run is None:
            return new_game(LEVEL)
        game = Runs(self.home / "data").resume(PACK(), run, Proofs())
        game.leave()
        game.keeper = None
        return game

    def _left(self) -> KeptRun | None:
        return next(iter(kept_runs(self.home / "data", LEVEL)), None)

    def _parts(self) -> set[str]:
        return {path.name for path in (self.home / "data").glob(".oomrace-*")}

    def _others(self) -> dict[str, bytes]:
        """All files of the player but those of the level: runs that nobody plays, the ledger, what is half-written."""
        own = {*(self.home / "data").glob("*.ledger")} | {run.path for run in kept_runs(self.home / "data", LEVEL)}
        paths = [*(self.home / "data").iterdir(), *(self.home / "config").iterdir()]
        return {path.name: path.read_bytes() for path in paths if path not in own and path.name not in self._parts()}


def _act(game: Game, text: str) -> None:
    with suppress(CommandError, Unknown):
        execute(game, text)


def _kept(game: Game) -> Tree | None:
    """What is kept of a game: nothing before its first step."""
    played = tree(game.session)
    return played if len(played) > 1 else None


def _watch(end: int, seconds: float) -> None:
    """Take what the terminal shows for a while."""
    until_then = time.monotonic() + seconds
    with suppress(OSError):
        while select.select([end], [], [], max(until_then - time.monotonic(), 0))[0]:
            os.read(end, 1 << 16)
