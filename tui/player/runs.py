# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs that outlive the program: each game is written down while it is played, and can be gone on with later."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from textwrap import shorten
from typing import Final

from attrs import define, frozen

from puzzles.characters import harmless
from puzzles.journals import Head, Journal, KeptRun, kept_runs, restore
from puzzles.levels import Pack, level_hash
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.replays.whatif import kernel_hash
from puzzles.storage import StorageError
from tui.explorer.proofs import Proofs
from tui.game.annotations import MARKS, annotate, annotations_of
from tui.game.game import Game
from tui.player.failure import BadInput
from tui.player.opening import open_game
from tui.player.options import Changes

MOST_SCHEDULE: Final = 40
"""Characters of a schedule that tell one run from another."""


@define(eq=False)
class JournalKeeper:
    """Keeps a game in a journal.

    `trouble` says why its last steps are not there, "" where they are; `warned` that the player knows.
    """

    journal: Journal
    trouble: str = ""
    warned: bool = False

    def keep(self, game: Game) -> None:
        """Write down what is new; the first time that this is not possible the player is warned.

        A changed level that is won is done with: its win is stored nowhere.
        """
        if game.session.won and not game.scored:
            self.drop()
            return
        others = (game.disproof,) if game.disproof else ()
        try:
            notes = annotations_of(game)
            written = self.journal.keep(game.session.now, others, notes, worth=MARKS in notes)
        except StorageError as problem:
            if not self.warned:
                game.warning = f"From here on your run is not kept: its journal {problem}"
            self.trouble, self.warned = str(problem), True
        else:
            self.trouble = ""
            self.warned = self.warned and not written

    def drop(self) -> None:
        """Take the journal away."""
        self.journal.drop()

    def close(self) -> None:
        """Let another process go on with the journal."""
        self.journal.close()

    @property
    def kept(self) -> bool:
        """Whether all steps are in the journal."""
        return self.journal.open and not self.trouble


@frozen
class Runs:
    """The runs that were left in a folder; with None nothing is kept."""

    folder: Path | None = None

    def begin(self, game: Game) -> None:
        """Keep a game from its next step on."""
        if self.folder is not None and game.keeper is None:
            game.keeper = JournalKeeper(Journal(self.folder, game.machine, _head(game), game.session.now))

    def left(self, game: Game) -> list[KeptRun]:
        """The runs of a game's level that nobody plays, the latest first; of a changed level those with its changes."""
        if self.folder is None:
            return []
        head = _head(game)
        fitting = [run for run in kept_runs(self.folder, game.level.id) if run.fits(game.level)]
        changed = head.sets or head.kernel
        return [run for run in fitting if not changed or (run.head.sets, run.head.kernel_hash) == _changes(head)]

    def outdated(self, game: Game) -> str:
        """What to say of runs that were left of another version of a level; "" for nothing."""
        runs = kept_runs(self.folder, game.level.id) if self.folder else []
        goal = _head(game).goal
        old = [run for run in runs if run.head.goal == goal and not run.fits(game.level)]
        if not old:
            return ""
        what = "a run that was kept is" if len(old) == 1 else f"{len(old)} runs that were kept are"
        return f"{what} of another version of this level and cannot be gone on with; the last is {old[0].path}"

    def resume(self, pack: Pack, run: KeptRun, proofs: Proofs) -> Game:
        """The game of a run that was left, where it was left. Raises BadInput where that is not possible any more."""
        kernel = Path(run.head.kernel) if run.head.kernel else None
        try:
            game = open_game(pack, run.head.level, Changes(run.head.sets, kernel, run.head.goal or None), proofs)
        except BadInput as wrong:
            why = f"this run cannot be gone on with: {wrong.message}; --fresh begins anew"
            raise BadInput(f"{run.path}: {why}") from None
        if run.head.kernel and run.head.kernel_hash != kernel_hash(game.machine.program):
            raise BadInput(f"{run.path}: {run.head.kernel} is not the kernel any more that this run was played on")
        problem = restore(game.session, run.tree)
        game.since = game.session.now
        annotate(game, run.tree.notes)
        self.begin(game)
        keeper = game.keeper
        if not isinstance(keeper, JournalKeeper) or not keeper.journal.go_on(run):
            raise BadInput("this run is being played already, in another window")
        damage = problem or run.damage
        game.message = f"Your run goes on at step {game.session.now.steps}." + (
            f" Its rest is lost: {damage}." if damage else ""
        )
        return game


def run_text(run: KeptRun) -> str:
    """A run that was left, in a line: when, how far, and with what changes."""
    when = datetime.fromtimestamp(run.when).astimezone().strftime("%Y-%m-%d %H:%M")
    changes = ", ".join((*run.head.sets, *([Path(run.head.kernel).name] if run.head.kernel else [])))
    steps = len(run.tree.parents) - 1
    place = f"at step {run.steps}" + (f" ({steps} with those undone)" if steps > run.steps else "")
    moves = shorten(run.schedule, MOST_SCHEDULE, placeholder=" ...") or "the start"
    marks = run.tree.notes.get(MARKS)
    marked = f"  {len(marks)} marked" if isinstance(marks, list) else ""
    return harmless(f"{when}  {place}: {moves}" + (f"  with {changes}" if changes else "") + marked)


def _head(game: Game) -> Head:
    kernel = Path(game.kernel) if game.kernel else None
    return Head(
        game.level.id,
        level_hash(game.level),
        SEMANTICS_VERSION,
        game.sets,
        str(kernel.absolute() if kernel and kernel.exists() else kernel or ""),
        kernel_hash(game.machine.program) if kernel else "",
        game.level.goal.outcome.value if game.level.other_goal else "",
    )


def _changes(head: Head) -> tuple[tuple[str, ...], str]:
    return head.sets, head.kernel_hash
