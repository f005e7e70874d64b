# SPDX-License-Identifier: GPL-2.0-or-later
"""The play screen: a debugger for all threads at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from attrs import frozen
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from sim.debugger import Moment, Session, over
from tui.actions.advice import lost_text
from tui.commands import Command, CommandError, Reply, execute, find
from tui.game import Game
from tui.library import SaveError, replay_text, schedule_text, write_file
from tui.lines.pages import Bests, Ending, help_lines, loss_sentence
from tui.screens.bindings import play_bindings
from tui.screens.briefing import BriefingScreen
from tui.screens.ladder import LadderScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import PageScreen
from tui.widgets import MessageLine, Prompt, ThreadPane, TimelinePanel
from tui.widgets.desk import TALL, WIDE, Desk
from tui.words import counts, either, ending_text

_WIDTHS = [(0, "-thin"), (50, "-narrow"), (WIDE, "-wide")]
_HEIGHTS = [(0, "-tiny"), (14, "-low"), (22, "-normal"), (TALL, "-tall")]
_WANTS = re.compile(r" (?!\[)[A-Z]+$")


@frozen
class Services:
    """What the play screen needs from outside: keys, what becomes of a win, best scores, and the last level's id."""

    keymap: Mapping[str, str]
    on_win: Callable[[Game], str]
    bests: Bests
    last: str = ""


class PlayScreen(Screen[str]):
    """Keys become commands to the game; its view goes to the desk. Dismissed with "levels", "next" or "quit"."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = list(play_bindings())
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, game: Game, services: Services) -> None:
        super().__init__()
        self.game = game
        self.services = services
        self.seen = set(_ends(game.session))
        self.saved = ""

    def compose(self) -> ComposeResult:
        """All panels are on the desk."""
        yield Desk(self.game, self.services.keymap)

    def on_mount(self) -> None:
        """Show the game as it stands."""
        if not self.game.message:
            self.game.message = self._greeting()
        self.show()

    def _greeting(self) -> str:
        letters = either([thread.letter.lower() for thread in self.game.machine.threads])
        return f'Press {letters}: that thread does what is behind its "next". ? lists all keys.'

    def show(self, problem: str = "") -> None:
        """Bring the panels up to date; `problem` takes the place of the message."""
        with self.app.batch_update():
            self.query_one(Desk).show(self.game.view, problem)

    def act(self, text: str) -> bool:
        """Do what a line says, show what came of it, and say whether it could be done."""
        command = find(text.partition(" ")[0])
        if text.startswith("save!"):
            return self._save(text.removeprefix("save!").strip(), over=True)
        if command is not None and command.name == "ladder":
            self.open_ladder()
            return True
        before = self.game.session.now
        try:
            reply = execute(self.game, text)
        except CommandError as problem:
            self.show(str(problem))
            return False
        self.show()
        moved = self.game.session.now is not before
        return self._answer(command, reply, moved=moved)

    def _answer(self, command: Command | None, reply: Reply, *, moved: bool) -> bool:
        """Open the page that a reply needs, if it needs one."""
        if reply.screen == "save":
            return self._save(reply.target, over=False)
        if reply.screen:
            self.open_page(reply.screen)
        elif moved and self.game.session.over:
            self._end()
        elif not moved and ((len(reply.lines) > 1 and not reply.brief) or not self.fits(reply.sentence)):
            self.app.push_screen(PageScreen(command.help if command else "", reply.lines))
        return True

    def fits(self, sentence: str) -> bool:
        """Whether a message can be shown whole."""
        return self.query_one(MessageLine).fits(sentence)

    def open_page(self, name: str) -> None:
        """Open a page by the name that a reply gives it."""
        letters = [thread.letter for thread in self.game.machine.threads]
        if name == "help":
            self.app.push_screen(PageScreen("help", help_lines(letters, self.services.keymap)))
        elif name == "briefing":
            self.app.push_screen(BriefingScreen(self.game.level))
        else:
            self.dismiss(name)

    def open_ladder(self) -> None:
        """Show the ladder, and go to the step that is chosen there."""

        def go(step: int | None) -> None:
            if step is not None:
                self.act(f"jump {step}")

        self.app.push_screen(LadderScreen(self.game.view), go)

    def _save(self, name: str, *, over: bool) -> bool:
        if not name:
            self.action_prompt("save ")
            return True
        try:
            write_file(Path(name), replay_text(self.game), over=over)
        except (SaveError, ValueError) as problem:
            self.show(str(problem))
            return False
        self.game.saved.add(schedule_text(self.game))
        now = self.game.session.now
        self.game.message = f"saved {name}: {counts(now.preemptions, now.steps)}"
        self.show()
        return True

    def _end(self) -> None:
        """The run is over: the first time it is reached, store a win and show the end."""
        now = self.game.session.now
        known = now in self.seen
        self.seen.add(now)
        if not self.game.session.won:
            self.game.message = loss_sentence(ending_text(self.game.machine, now.state))
            self.show()
            return
        if known:
            return
        self.saved = ""
        if self.game.scored:
            self.game.saved.add(schedule_text(self.game))
            self.saved = self.services.on_win(self.game)
        self.action_ending()

    def action_ending(self) -> None:
        """Show how the run ended, if it has."""
        if not self.game.session.over:
            return
        now = self.game.session.now
        ending = Ending(
            sentence=ending_text(self.game.machine, now.state),
            won=self.game.session.won,
            steps=now.steps,
            preemptions=now.preemptions,
            hints=len(self.game.hints),
            scored=self.game.scored,
            best=self.services.bests().get(self.game.level.id),
            saved=self.saved if self.game.session.won else "",
            report=self.game.report,
            lost="" if self.game.session.won else lost_text(self.game),
        )
        last = self.game.level.id == self.services.last
        self.app.push_screen(OutcomeScreen(self.game.level, ending, last=last), self._after)

    def _after(self, choice: str | None) -> None:
        """What the player wants after the end of a run."""
        if choice in ("next", "levels", "quit"):
            self.dismiss(choice)
        elif choice:
            self.act(choice)

    def action_command(self, name: str) -> None:
        """Do a command by its name; one that needs more words opens the prompt."""
        command = find(name)
        if command and _WANTS.search(command.usage):
            self.action_prompt(f"{name} ")
        else:
            self.act(name)

    def action_thread(self, name: str, letter: str) -> None:
        """Do a command with the thread of a letter."""
        self.act(f"{name} {letter}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters of threads that the level does not have do nothing."""
        return action != "thread" or self.game.thread(str(parameters[1])) is not None

    def action_prompt(self, text: str = "") -> None:
        """Open the prompt."""
        self.query_one(Desk).open_prompt(text)

    @on(Prompt.Closed)
    def close_prompt(self) -> None:
        """Put the prompt away."""
        self.query_one(Desk).close_prompt()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Do what was typed; what cannot be done stays to be corrected."""
        text = event.value.strip()
        self.query_one(Prompt).remember(text)
        if not text or self.act(text):
            self.close_prompt()

    @on(ThreadPane.Chosen)
    def choose(self, event: ThreadPane.Chosen) -> None:
        """Make the thread that was clicked the active one."""
        self.act(f"thread {event.letter}")

    @on(TimelinePanel.Jumped)
    def jump(self, event: TimelinePanel.Jumped) -> None:
        """Go to the step that was clicked."""
        self.act(f"jump {event.step}")


def _ends(session: Session) -> Iterator[Moment]:
    """The ends of runs that are known already, from a replay or an earlier visit: reaching them is no win."""
    here = [next(iter(session.now.line()))]
    while here:
        moment = here.pop()
        here += moment.children
        if over(session.machine, moment):
            yield moment
