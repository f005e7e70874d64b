# SPDX-License-Identifier: GPL-2.0-or-later
"""The play screen: a debugger for all threads at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import assert_never

from textual.app import ComposeResult
from textual.message import Message

from puzzles.history import game_history
from puzzles.levels import LevelError
from puzzles.proofs import with_par
from sim.debugger import letters
from tui.actions.commands import CommandError, Reply, execute, meaning
from tui.actions.requests import (
    BROKEN,
    AskWhatIf,
    CommandRequest,
    EndLesson,
    Leave,
    OpenLesson,
    OpenLevel,
    OpenWhatIf,
    SaveReplay,
    ShowBriefing,
    ShowClaim,
    ShowDebrief,
    ShowHelp,
    ShowHistory,
    ShowLadder,
    ShowLevels,
    ShowNote,
    ShowOutcome,
    ShowSource,
    ShowWelcome,
    TellWhatIf,
    Vary,
)
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.game.lesson import LESSON_OVER, lesson_game
from tui.game.what_ifs import question_texts, told_answer, what_if_game
from tui.player.recording import record_run
from tui.player.replays import SaveError, save_run
from tui.player.services import Services
from tui.screens.answers import AnswerScreen, answer_page, comments_page
from tui.screens.asking import PATIENCE, AskingScreen
from tui.screens.briefing import BriefingScreen
from tui.screens.choices import Next, Onward, TypedLine
from tui.screens.ends import claim_page, debrief_page, loss_text, run_page, run_text
from tui.screens.help import HelpScreen
from tui.screens.ladder import LadderScreen
from tui.screens.notes import note_page
from tui.screens.once import Result
from tui.screens.outcome import OutcomeScreen
from tui.screens.prompting import PromptScreen
from tui.screens.source import SourceScreen
from tui.screens.welcome import WelcomeScreen
from tui.screens.what_if import QuestionScreen, WhatIfScreen
from tui.view.ladder import ladder_rungs
from tui.view.model import Reach
from tui.view.roles import roles
from tui.view.words import (
    LESSON_SENTENCE,
    SHOWN_SENTENCE,
    WHAT_IF_SENTENCE,
    greeting,
    run_sentence,
    what_if_sentence,
)
from tui.widgets import MessageLine
from tui.widgets.desk import TALL, WIDE, Desk

_WIDTHS = [(0, "-thin"), (50, "-narrow"), (WIDE, "-wide")]
_HEIGHTS = [(0, "-tiny"), (14, "-low"), (22, "-normal"), (TALL, "-tall")]


class PlayScreen(AskingScreen):
    """Keys become commands to the game.

    Dismissed with what comes after the level. Pages about the game lie above it: they go when something moves.
    `line` is done at once.
    """

    class HistoryWanted(Message):
        """The time line is to be opened above the game."""

        def __init__(self, screen: PlayScreen, asked: ShowHistory) -> None:
            super().__init__()
            self.screen = screen
            self.asked = asked

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(self, game: Game, services: Services, line: str = "") -> None:
        super().__init__(game)
        self.services = services
        self.line = line
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
        self.call_after_refresh(self.searches.go_on)
        self.call_after_refresh(self._read_comments)
        if self.line:
            self.call_after_refresh(self.act, self.line)

    def _greeting(self) -> str:
        what_if = what_if_sentence(self.game.level, self.game.sets, self.game.kernel)
        if what_if:
            return what_if
        return f"Press {greeting(letters(self.game.machine), self.game.level.ask)}"

    def show(self, problem: str = "") -> None:
        """Bring the panels up to date; `problem` takes the place of the message."""
        with self.app.batch_update():
            self.query_one(Desk).show(self.game.view, problem)

    def warn(self) -> None:
        """Tell what the player must know once, such as that the run is not kept any more."""
        if warning := self.game.take_warning():
            self.app.notify(warning, severity="warning", timeout=10)

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

    def leave(self, onward: Onward) -> None:
        """Close this screen, and say what comes then."""
        self.come_back()
        self.dismiss(onward)

    def act(self, text: str) -> bool:
        """Do what a line says, show what came of it, and say whether it could be done."""
        before = self.game.session.now
        try:
            reply = execute(self.game, text)
        except CommandError as problem:
            self.show(str(problem))
            return False
        except Unknown as unknown:
            self.ask(unknown, text)
            return True
        self.show()
        self.warn()
        return self._answer(text, reply, moved=self.game.session.now is not before)

    def tell(self) -> None:
        """Show what a search has found."""
        if self.game.message == self.lost:
            self.game.message = self.lost = loss_text(self.game)
        self.query_one(Desk).refresh_view(self.game.view)
        if self.outcome is not None and self.outcome.is_attached:
            self.outcome.say(run_text(self.game, self.services))

    def _answer(self, text: str, reply: Reply, *, moved: bool) -> bool:
        """Show what came of a line beside what the panels tell; whether all of it could be done."""
        if moved:
            self.come_back()
            self._tell_reach()
        if reply.request is not None:
            return self._do(reply.request)
        if moved:
            if self.game.session.over:
                self._end()
            self._read_comments()
        elif (len(reply.lines) > 1 and not reply.brief) or not self.fits(reply.sentence):
            self.open(answer_page(meaning(text, self.game)[0], reply, self.services.keymap), self._after)
        return True

    def _do(self, request: CommandRequest) -> bool:
        """What a command asks for; whether it could be done."""
        match request:
            case ShowHelp():
                self.open(HelpScreen(letters(self.game.machine), self.services.keymap))
            case ShowBriefing():
                self.open(BriefingScreen(with_par(self.game.level.listed, self.game.card_proof)))
            case ShowWelcome():
                self.open(WelcomeScreen(self.game.level, self.services.keymap, self.app.size.width))
            case ShowLadder():
                self._show_ladder()
            case ShowOutcome():
                self.outcome = run_page(self.game, self.services)
                self.open(self.outcome, self._after)
            case ShowSource():
                self._show_source(request)
            case OpenLesson() | OpenWhatIf():
                self._open_aside(request)
            case AskWhatIf() | TellWhatIf():
                self._open_question(request)
            case EndLesson():
                self.come_back()
                self.dismiss(None)
            case ShowClaim():
                self.typing.open = False  # the page has keys of its own
                self.open(claim_page(self.game, self.services), self._after)
            case ShowDebrief():
                self.open(debrief_page(self.game), self._after)
            case ShowHistory():
                return self._try(partial(self._show_history, request))
            case ShowNote():
                return self._try(partial(self._open_note, request))
            case SaveReplay():
                return self._try(partial(self._save, request))
            case OpenLevel():
                return self._try(partial(self._open_level, request))
            case Vary() | ShowLevels() | Leave():
                self.leave(request)
            case _:
                assert_never(request)
        return True

    def _try(self, work: Callable[[], None]) -> bool:
        """Do what can go wrong; whether it did not."""
        try:
            work()
        except (SaveError, ValueError, LevelError) as problem:
            self.show(str(problem))
            return False
        return True

    def _tell_reach(self) -> None:
        """With the light on, say once a thread has finished that whoever goes on does so for nothing."""
        game = self.game
        stopped = any(thread.finished for thread in game.session.now.state.threads)
        if game.lit and stopped and game.reach is Reach.OUT:
            message = "; ".join(filter(None, (game.message, game.reach_sentence)))
            if self.fits(message):
                game.message = message
                self.show()

    def _read_comments(self) -> None:
        """Show what a replay says of this step on a page, where the message has no room."""
        game = self.game
        comments = game.comments.get(game.session.now)
        if comments and (game.session.over or not self.fits(game.message)):
            lines = [*game.step_sentences(), *([game.message] if game.session.over else [])]
            self.open(comments_page(game, lines, self.services.keymap), self._after)

    def fits(self, sentence: str) -> bool:
        """Whether a message can be shown whole."""
        return self.query_one(MessageLine).fits(sentence)

    def _show_ladder(self) -> None:
        """Show the ladder, and go to the step that is chosen there."""

        def go(step: int | None) -> None:
            if step is not None:
                self.act(f"jump {step}")

        rungs = list(ladder_rungs(self.game.machine, self.game.session.now))
        self.open(LadderScreen(rungs, roles(self.game.machine.threads)), go)

    def _show_source(self, asked: ShowSource) -> None:
        """Open the source, or go on in it where it is open."""
        page = self.app.screen
        if isinstance(page, SourceScreen):
            page.go(asked)
        else:
            self.open(SourceScreen(self.game, asked), self._after)

    def _show_history(self, asked: ShowHistory) -> None:
        if asked.era:
            game_history().era(asked.era)
        self.post_message(self.HistoryWanted(self, asked))

    def _open_note(self, request: ShowNote) -> None:
        """Show a section of the notes; one that gives levels away is refused with its price, unless it is meant."""
        reader = self.services.history_reader(game_history())
        price = reader.price_of(request.number)
        if price and not request.broken:
            raise ValueError(f"{price}; history {request.number} {BROKEN} shows it")
        noted = reader.read_on(reader.closed(request.number))
        self.show()
        self.open(note_page(reader.history, request.number, noted))

    def _open_level(self, request: OpenLevel) -> None:
        if request.level_id not in self.services.pack.ids:
            raise ValueError(f"there is no level {request.level_id!r} to be played; levels lists them all")
        if request.why:
            self.app.notify(request.why, timeout=10)
        self.leave(request)

    def _open_question(self, request: AskWhatIf | TellWhatIf) -> None:
        """A question of the level, or what the explorer says of it."""
        number = request.number
        if isinstance(request, AskWhatIf):
            self.open(QuestionScreen(question_texts(self.game, number), number), self._after)
        else:
            self.open(WhatIfScreen(told_answer(self.game, number, request.right), number), self._after)

    def _open_aside(self, request: OpenLesson | OpenWhatIf) -> None:
        """Play what is none of the level as it is on a screen of its own, above the player's run."""
        if isinstance(request, OpenLesson):
            assert self.game.claimed is not None
            aside = lesson_game(self.game, self.game.claimed.marks[request.number])
        else:
            aside = what_if_game(self.game, request.number)
        self.come_back()
        screen = PlayScreen(aside, self.services)
        screen.typing.go_on(self.typing)
        self.app.push_screen(screen, partial(self._after_aside, screen))

    def _after_aside(self, screen: PlayScreen, onward: Onward | None) -> None:
        """Whoever leaves it is back in his own run, unless he wants to go elsewhere."""
        self.typing.go_on(screen.typing)
        if onward is None or isinstance(onward, ShowLevels):
            self.game.message = LESSON_OVER
            self.show()
        else:
            self.leave(onward)

    def _save(self, request: SaveReplay) -> None:
        if not request.file:
            self.action_prompt("save! " if request.over else "save ")
            return
        self.game.message = save_run(self.game, request.file, over=request.over)
        self.show()

    def _end(self) -> None:
        """The run is over: tell what that is worth."""
        if self.game.aside:
            said = LESSON_SENTENCE if self.game.lesson else WHAT_IF_SENTENCE
            self.game.message = f"{run_sentence(self.game.machine, self.game.session.now)}. {said}"
            self.show()
            return
        recorded = record_run(self.game, self.services.library)
        if not recorded.ruling.reached:
            self._lose()
        elif recorded.ruling.shown:
            self.game.message = SHOWN_SENTENCE
            self.show()
        elif recorded.first:
            self.action_ending()

    def _lose(self) -> None:
        unknown = self.game.analysis.unsearched if self.game.tells_reach else None
        if unknown is not None:
            self.searches.search(unknown).wait(PATIENCE)
        self.game.message = self.lost = loss_text(self.game)
        self.show()

    def action_ending(self) -> None:
        """Show how the run ended; before that the key does nothing."""
        if self.game.session.over:
            self._do(ShowOutcome())

    def _after(self, choice: TypedLine | Next | None) -> None:
        """What the player wants after a page."""
        match choice:
            case Next():
                self.leave(choice)
            case TypedLine():
                self.act(choice.text)
            case None:
                pass
            case _:
                assert_never(choice)
