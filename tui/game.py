# SPDX-License-Identifier: GPL-2.0-or-later
"""A level being played: the session, the thread that the player works with, and what was said last."""

from __future__ import annotations

from attrs import define, field

from puzzles.levels import Level
from sim import Machine
from sim.debugger import Moment, Session
from tui.view import View
from tui.viewing import changes_text, make_view
from tui.words import event_text


@define(eq=False)
class Game:
    """One play of a level. `sets` and `kernel` are changes for a "what if", which is not scored."""

    level: Level
    machine: Machine
    sets: tuple[str, ...] = ()
    kernel: str = ""
    session: Session = field(init=False)
    since: Moment = field(init=False)
    active: int = 0
    message: str = ""
    hints: int = 0
    saved: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        """Boot the machine. Raises CompileError as Machine.boot."""
        self.session = Session(self.machine)
        self.since = self.session.now

    @property
    def scored(self) -> bool:
        """Whether a win counts: nothing of the level was changed."""
        return not self.sets and not self.kernel

    @property
    def view(self) -> View:
        """What is to be shown now."""
        return make_view(self.level, self.session, self.since, self.active, self.message)

    def thread(self, letter: str) -> int | None:
        """The index of the thread with a letter, in either case; None if there is none."""
        for index, thread in enumerate(self.machine.threads):
            if thread.letter == letter.upper():
                return index
        return None

    def begin(self) -> None:
        """A command begins: what it changes will be marked."""
        self.since = self.session.now
        self.message = ""

    def happened(self) -> list[str]:
        """What happened since the command began: the last step in words, marks and endings, and what changed."""
        moments: list[Moment] = []
        at: Moment | None = self.session.now
        while at is not None and at is not self.since:
            moments.append(at)
            at = at.parent
        if at is None or not moments:
            return []
        moments.reverse()
        last = moments[-1]
        texts = [event_text(self.machine, last.state, event) for event in last.events]
        if len(moments) == 1:
            return texts
        changes = changes_text(self.machine, last, self.since)
        return [f"{len(moments)} steps" + (f": {changes}" if changes else ""), *texts]
