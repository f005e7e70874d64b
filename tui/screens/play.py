# SPDX-License-Identifier: GPL-2.0-or-later
"""The play screen: a debugger for all threads at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.message import Message

from puzzles.levels.rules import NOTE
from tui.actions.commands import COMMANDS, Command, CommandError, Reply, execute, find
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.lines.pages import help_lines
from tui.player.library import SaveError, replay_text, saved_sentence, write_file
from tui.player.recording import record_run
from tui.player.services import Services
from tui.screens.asking import PATIENCE, AskingScreen
from tui.screens.briefing import BriefingScreen
from tui.screens.ends import claim_page, loss_text, run_page, run_text
from tui.screens.ladder import LadderScreen
from tui.screens.notes import notes_page
from tui.screens.once import Result
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import AnswerScreen, PageScreen
from tui.screens.prompting import PromptScreen
from tui.view.ladder import ladder_rungs
from tui.view.model import Reach
from tui.view.roles import roles
from tui.view.words import SHOWN_SENTENCE, greeting, what_if_sentence
from tui.widgets import MessageLine
from tui.widgets.desk import TALL, WIDE, Desk

_WIDTHS = [(0, "-thin"), (50, "-narrow"), (WIDE, "-wide")]
_HEIGHTS = [(0, "-tiny"), (14, "-low"), (22, "-normal"), (TALL, "-tall")]

_SCROLLING = ("home", "end", "up", "down", "pageup", "pagedown")


class PlayScreen(AskingScreen):
    """Keys become commands to the game.

    Dismissed with "levels", "next", "quit", "set" and a value, or "visit" and an id.
    Pages about the game lie above it: they go when something moves.
    """

    class History(Message):
        """The time line is to be opened above the game."""

        def __init__(self, screen: PlayScreen) -> None:
            super().__init__()
            self.screen = screen

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, game: Game, services: Services) -> None:
        super().__init__(game)
        self.services = services
        self.lost: str | None = None
        self.outcome: OutcomeScreen | None = None

    def compose(self) -> ComposeResult:
        """All panels are on the desk. The first paint has the size's layout already; textual would find it later."""
        for size, layouts in zip(self.app.size, (_WIDTHS, _HEIGHTS), strict=True):
            self.add_class([name for least, name in layouts if size >= least][-1])
        yield Desk(self.game, self.services.keymap)

    def on_mount(self) -> None:
        """Show the game as it stands."""
        if not self.game.message:
            self.game.message = self._greeting()
        self.query_one(Desk).allot(self.game.view, *self.app.size)
        self.show()
        self.warn()
        self.call_after_refresh(self.study.go_on)
        self.call_after_refresh(self._read_comments)

    def _greeting(self) -> str:
        what_if = what_if_sentence(self.game.level, self.game.sets, self.game.kernel)
        if what_if:
            return what_if
        letters = [thread.letter for thread in self.game.machine.threads]
        return f"Press {greeting(letters, safe=self.game.level.goal.safe)}"

    def show(self, problem: str = "") -> None:
        """Bring the panels up to date; `problem` takes the place of the message."""
        with self.app.batch_update():
            self.query_one(Desk).show(self.game.view, problem)

    def warn(self) -> None:
        """Tell what the player must know once, such as that the run is not kept any more."""
        if told := self.game.warned():
            self.app.notify(told, severity="warning", timeout=10)

    def open(self, page: PromptScreen[Result], then: Callable[[Result | None], None] | None = None) -> None:
        """Put a page above, with the prompt of the game, in the place of one that only answered."""
        page.typing = self.typing
        if isinstance(self.app.screen, AnswerScreen):
            self.app.pop_screen()
        self.app.push_screen(page, then)

    def come_back(self) -> None:
        """Close the pages above."""
        while self in self.app.screen_stack and self.app.screen is not self:
            self.app.pop_screen()

    def leave(self, choice: str) -> None:
        """Close this screen with a choice."""
        self.come_back()
        self.dismiss(choice)

    def act(self, text: str) -> bool:
        """Do what a line says, show what came of it, and say whether it could be done."""
        command = find(text.partition(" ")[0])
        if text.startswith("save!"):
            return self._save(text.removeprefix("save!").strip(), over=True)
        if command is not None and command.name == "ladder":
            self.open_ladder()
            return True
        if command is not None and command.name == "ways":
            self.game.solved = self.game.solved or self.game.level.id in self.services.bests()
        before = self.game.session.now
        try:
            reply = execute(self.game, text)
        except CommandError as problem:
            self.show(str(problem))
            return False
        except Unknown as unknown:
            self.ask(unknown, text, claim=command is not None and command.name == "claim")
            return True
        self.show()
        self.warn()
        return self._answer(command, reply, moved=self.game.session.now is not before)

    def tell(self) -> None:
        """Show what a search has found."""
        if self.game.message == self.lost:
            self.game.message = self.lost = loss_text(self.game)
        self.query_one(Desk).refresh_view(self.game.view)
        if self.outcome is not None and self.outcome.is_attached:
            self.outcome.say(run_text(self.game, self.services))

    def _answer(self, command: Command | None, reply: Reply, *, moved: bool) -> bool:
        """Open the page that a reply needs, if it needs one."""
        if moved:
            self.come_back()
            self._tell_reach()
        if reply.screen == "save":
            return self._save(reply.target, over=False)
        if reply.screen == "set":
            self.leave(f"set {reply.target}")
        elif reply.screen == "history" and NOTE.fullmatch(reply.target):
            return self._read_note(reply.target)
        elif reply.screen:
            self.open_page(reply.screen)
        elif moved:
            if self.game.session.over:
                self._end()
            self._read_comments()
        elif (len(reply.lines) > 1 and not reply.brief) or not self.fits(reply.sentence):
            self._tell_more(command, reply)
        return True

    def _read_note(self, number: str) -> bool:
        try:
            page = notes_page((number,))
        except ValueError as problem:
            self.show(str(problem))
            return False
        self.open(page)
        return True

    def _tell_reach(self) -> None:
        """With the light on, say once a thread has finished that whoever goes on does so for nothing."""
        game = self.game
        stopped = any(thread.finished for thread in game.session.now.state.threads)
        if game.lit and stopped and game.reach is Reach.OUT:
            told = "; ".join(filter(None, (game.message, game.reach_sentence)))
            if self.fits(told):
                game.message = told
                self.show()

    def _tell_more(self, command: Command | None, reply: Reply) -> None:
        """Show an answer on a page. The key of its command closes it; that of a hint asks for the next one."""
        name = command.name if command else ""
        keys = self.services.keymap.get(name, command.key if command else "").split(",")

        def again(key: str | None) -> None:
            if key and name == "hint":
                self.act(name)

        self.open(AnswerScreen(name, reply.lines, keys), again)

    def _read_comments(self) -> None:
        """Show what a replay says here on a page, where the message has no room; the keys that travel go on from it."""
        game = self.game
        comments = game.comments.get(game.session.now)
        if comments and (game.session.over or not self.fits(game.message)):
            lines = [*game.told(), *([game.message] if game.session.over else [])]
            title = f"{game.level.id}  step {game.session.now.steps}"
            self.open(AnswerScreen(title, lines, [*self._travel]), self._travel_on)

    @property
    def _travel(self) -> dict[str, str]:
        """The commands that travel in time, by those of their keys that do not scroll a page."""
        commands = (one for one in COMMANDS if one.group == "time")
        keys = ((key, one.name) for one in commands for key in self.services.keymap.get(one.name, one.key).split(","))
        return {key: name for key, name in keys if key and key not in _SCROLLING}

    def _travel_on(self, key: str | None) -> None:
        if key:
            self.act(self._travel[key])

    def fits(self, sentence: str) -> bool:
        """Whether a message can be shown whole."""
        return self.query_one(MessageLine).fits(sentence)

    def open_page(self, name: str) -> None:
        """Open a page by the name that a reply gives it."""
        letters = [thread.letter for thread in self.game.machine.threads]
        if name == "help":
            self.open(PageScreen("help", help_lines(letters, self.services.keymap)))
        elif name == "briefing":
            self.open(BriefingScreen(self.game.level, self.game.proof))
        elif name == "claim":
            self.open(claim_page(self.game, self.services), self._after)
        elif name == "history":
            self.post_message(self.History(self))
        else:
            self.leave(name)

    def open_ladder(self) -> None:
        """Show the ladder, and go to the step that is chosen there."""

        def go(step: int | None) -> None:
            if step is not None:
                self.act(f"jump {step}")

        rungs = list(ladder_rungs(self.game.machine, self.game.session.now))
        self.open(LadderScreen(rungs, roles(self.game.machine.threads)), go)

    def _save(self, name: str, *, over: bool) -> bool:
        if not name:
            self.action_prompt("save ")
            return True
        try:
            write_file(Path(name), replay_text(self.game), over=over)
        except (SaveError, ValueError) as problem:
            self.show(str(problem))
            return False
        self.game.message = saved_sentence(self.game, name)
        self.show()
        return True

    def _end(self) -> None:
        """The run is over: tell what that is worth."""
        recorded = record_run(self.game, self.services.library)
        if not recorded.ruling.reached:
            self._lose()
        elif recorded.ruling.shown:
            self.game.message = SHOWN_SENTENCE
            self.show()
        elif recorded.first:
            self.action_ending()

    def _lose(self) -> None:
        unknown = None if self.game.level.goal.safe else self.game.known.no_advice
        if unknown is not None:
            self.study.search(unknown).wait(PATIENCE)
        self.game.message = self.lost = loss_text(self.game)
        self.show()

    def action_ending(self) -> None:
        """Show how the run ended, if it has."""
        if self.game.session.over:
            self.outcome = run_page(self.game, self.services)
            self.open(self.outcome, self._after)

    def _after(self, choice: str | None) -> None:
        """What the player wants after the end of a run."""
        if choice == "next":
            self.leave(choice)
        elif choice:
            self.act(choice)
