# SPDX-License-Identifier: GPL-2.0-or-later
"""One line in, a few lines out: one for each sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from attrs import define

from puzzles.journals import KeptRun
from puzzles.judging.ask import Ask
from tui.actions.commands import CommandError, Reply, alone, execute, is_farewell
from tui.actions.reply import Unconfirmed
from tui.actions.requests import (
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
from tui.actions.variant import varied
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.game.lesson import LESSON_OVER, lesson_game, lesson_text
from tui.game.what_ifs import what_if_game
from tui.plain.level import briefing_lines
from tui.plain.progress import glance, search
from tui.plain.reading import MAX_LINE
from tui.plain.requests import game_lines, levels_lines, page_lines
from tui.plain.resuming import QUESTION, kept_lines, not_resumed_lines, offer_lines
from tui.plain.tell import answer_lines, claimed_lines, ending_lines, situation_lines, unfinished_lines
from tui.plain.welcome import welcome_lines
from tui.player.failure import BadInput, ExitCode
from tui.player.first_start import first_level
from tui.player.opening import open_game
from tui.player.options import Begin, Changes
from tui.player.replays import SaveError
from tui.player.services import Services
from tui.view.words import greeting, marked_text, what_if_sentence

_NO_LEVEL = "no level is open; type the id of one, as levels lists them"


def _at_enter(game: Game) -> str:
    """What an empty line stands for: as on the screen, how the run ended once it has."""
    return "outcome" if game.session.over else ""


@define(eq=False)
class LineMode:
    """A game played by lines. `say` prints one line; `typed` says whether a person is there to be asked.

    `reached` says whether the goal of the level last opened was reached; `asked` is what the next line confirms
    or not, with the line that needs it.
    `offer` is the run that was offered and not answered yet, with the game that begins otherwise.
    """

    services: Services
    say: Callable[[str], None]
    game: Game | None = None
    typed: bool = False
    reached: bool = False
    asked: tuple[Unconfirmed, str] | None = None
    offer: tuple[Game, KeptRun] | None = None

    def __attrs_post_init__(self) -> None:
        """What the first game has shown is known to those that follow."""
        if self.game is not None:
            self.game.share(self.services.ledger)

    def run(self, lines: Iterable[str]) -> ExitCode:
        """Play until the lines end, or one says quit; the exit code."""
        try:
            return self._run(lines)
        finally:
            if self.game is not None:
                self.game.leave()

    def _run(self, lines: Iterable[str]) -> ExitCode:
        try:
            self._say_all(self._enter(self.game) if self.game else self._beginning())
            for line in lines:
                if not self.take(line):
                    break
        except KeyboardInterrupt:
            self._say_all(["interrupted"])
            self._leave()
            return ExitCode.INTERRUPTED
        if not self.reached:
            self._leave()
        return ExitCode.DONE if self.reached else ExitCode.NOT_REACHED

    def take(self, line: str) -> bool:
        """Do what one line says, and tell; False when it says quit. A line that is too long says nothing."""
        if len(line.rstrip("\r\n")) > MAX_LINE:
            self.say(f"a line holds at most {MAX_LINE:,} characters; divide it")
            return True
        text = (
            "".join(character if character.isprintable() else " " for character in line)
            .strip()
            .removeprefix(":")
            .lstrip()
        )
        if is_farewell(text) and not (text == "q" and (self.asked or self.offer)):
            return False
        try:
            self._say_all(self._answers(text))
        except (CommandError, SaveError) as problem:
            self.say(str(problem))
        except BadInput as problem:
            self.say(problem.message)
        return True

    @property
    def prompt(self) -> str:
        """What stands before the place where a person types."""
        if self.asked:
            return "y or n> "
        if self.offer:
            return "y, n or d> "
        return f"{self.game.session.now.steps}> " if self.game else "> "

    def _say_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.say(line)

    def _beginning(self) -> Iterator[str]:
        if self.game is None:
            yield from self._welcome()
            yield from levels_lines(self.services)
            return
        yield from briefing_lines(self.game.level, self.game.card_proof)
        yield from filter(None, [what_if_sentence(self.game.level, self.game.sets, self.game.kernel)])
        letters = [thread.letter for thread in self.game.machine.threads]
        greeted = greeting(letters, self.game.level.ask)
        yield f"Type {greeted} {letters[0].lower()}8 takes eight steps."
        helped = self.game.page.help
        marked = marked_text(self.game.marked, self.game.goes_along) if self.game.marked else ""
        yield from filter(None, [self.game.take_warning(), f"help so far: {helped}" if helped else "", marked])
        yield from self._situation()

    def _welcome(self) -> Iterator[str]:
        """What comes before all else at the first start."""
        level = first_level(self.services) if self.services.first_start.take() else None
        if level is not None:
            yield from welcome_lines(level)

    def _answers(self, text: str) -> Iterator[str]:
        if self.asked:
            unconfirmed, line = self.asked
            self.asked = None
            if text.lower() in ("y", "yes"):
                search(unconfirmed, self.say)
                text = line
            else:
                yield "nothing is claimed"
                if text.lower() in ("", "n", "no", "q"):
                    return
        if self.offer:
            yield from self._answer(*self.offer, text)
        elif self.game is not None:
            yield from self._play(self.game, text)
        elif text:
            yield from self._choose(text)

    def _choose(self, text: str) -> Iterator[str]:
        """What comes of a line while no level is open."""
        reply = alone(text)
        if reply is None:
            raise CommandError(_NO_LEVEL)
        yield from reply.lines
        if reply.request is not None:
            yield from self._do(reply.request)

    def _play(self, game: Game, text: str) -> Iterator[str]:
        before = game.session.now
        try:
            reply = self._reply(game, text or _at_enter(game))
        except Unconfirmed as unconfirmed:
            self.asked = unconfirmed, text
            yield f"{unconfirmed.question} y or n"
            return
        lines = answer_lines(game, text, reply)
        if reply.request is not None:
            yield from self._do(reply.request)
        elif game.session.now is before:
            yield from lines
        else:
            situation = list(self._situation())
            repeated = " ".join(situation).lower()
            yield from (line for line in lines if line.lower() not in repeated)
            yield from situation

    def _reply(self, game: Game, text: str) -> Reply:
        while True:
            try:
                reply = execute(game, text)
            except Unknown as unknown:
                if isinstance(unknown, Unconfirmed) and not unknown.meant:
                    raise
                search(unknown, self.say)
            else:
                self._say_all(filter(None, [game.take_warning()]))
                return reply

    def _claimed(self, game: Game) -> Iterator[str]:
        """What comes of a claim that is right or undecided."""
        assert game.claimed is not None
        counts = game.claimed.settles and not game.has_named(game.claimed.statements)
        self.reached = self.reached or (counts and game.level.ask is Ask.DECIDE)
        yield from claimed_lines(game, self.services, game.claimed)

    def _begin_what_if(self, game: Game, request: OpenWhatIf) -> Iterator[str]:
        """Play what a question is about, until the player goes back."""
        self.game = what_if_game(game, request.number)
        yield self.game.message
        yield from self._situation()

    def _begin_lesson(self, game: Game, request: OpenLesson) -> Iterator[str]:
        """Play the race that a statement prevents, until the player goes back."""
        assert game.claimed is not None
        self.game = lesson_game(game, game.claimed.marks[request.number])
        yield lesson_text(self.game)
        yield from self._situation()

    def _situation(self) -> Iterator[str]:
        game = self._played
        self._look_around(game)
        if not game.session.over:
            yield from situation_lines(game)
            return
        ruling = game.ruling
        self.reached = self.reached or (ruling.reached and not ruling.shown)
        yield from ending_lines(game, self.services)

    def _look_around(self, game: Game) -> None:
        """Search for what will be told unasked: for the light, and where a run was lost."""
        wanted = (game.lit or (game.session.over and game.tells_reach)) and not game.session.won
        unknown = game.analysis.unsearched if wanted else None
        if unknown is not None:
            glance(unknown)

    def _do(self, request: CommandRequest) -> Iterator[str]:
        """What a command asks for; most of it only while a level is open."""
        match request:
            case ShowHelp() | ShowHistory() | ShowNote() | ShowLevels():
                yield from page_lines(request, self.services)
            case (
                ShowBriefing()
                | ShowWelcome()
                | ShowLadder()
                | ShowSource()
                | ShowOutcome()
                | ShowDebrief()
                | AskWhatIf()
                | TellWhatIf()
                | SaveReplay()
            ):
                yield from game_lines(request, self._played, self.services)
            case ShowClaim():
                yield from self._claimed(self._played)
            case OpenLesson():
                yield from self._begin_lesson(self._played, request)
            case OpenWhatIf():
                yield from self._begin_what_if(self._played, request)
            case EndLesson():
                self.game = self._played.own
                yield LESSON_OVER
                yield from self._situation()
            case OpenLevel():
                yield from filter(None, [request.why])
                pack, proofs = self.services.pack, self.services.proofs
                yield from self._enter(open_game(pack, request.level_id, Changes(), proofs))
            case Vary():
                yield from self._begin(varied(self._played, request.assignment), read=True)
            case Leave():
                pass  # `take` has seen to that
            case _:
                assert_never(request)

    @property
    def _played(self) -> Game:
        """The game that is played, for a command that there is in a game alone."""
        assert self.game is not None
        return self.game

    def _enter(self, game: Game) -> Iterator[str]:
        """Begin a game, or go on with a run of its level that was left: as the command line says, or the player."""
        if self.game is not None:
            self.game.leave()
        left = [] if self.services.begin is Begin.FRESH else self.services.runs.left(game)
        if left and self.services.begin is Begin.RESUME:
            yield from self._resume(left[0])
        elif left and self.typed:
            self.offer = game, left[0]
            yield from offer_lines(game.level, left)
        else:
            yield from self._begin(game)
            outdated = self.services.runs.outdated(game)
            yield from not_resumed_lines(self.services.pack, game.level, left, outdated, self.services.begin)

    def _answer(self, game: Game, run: KeptRun, text: str) -> Iterator[str]:
        """What comes after the question whether to go on with a run."""
        answer = text[:1].lower()
        if answer not in ("", "y", "n", "d"):
            yield QUESTION
            return
        self.offer = None
        if answer == "d":
            run.discard()
        yield from self._begin(game) if answer in ("n", "d") else self._resume(run)

    def _resume(self, run: KeptRun) -> Iterator[str]:
        game = self.services.runs.resume(self.services.pack, run, self.services.proofs)
        yield from self._begin(game)
        yield game.message

    def _begin(self, game: Game, *, read: bool = False) -> Iterator[str]:
        """Begin a game; `read` says that the briefing was read just now."""
        if not self.reached:
            self._leave()
        self.game, self.reached = game, False
        self.services.begin_game(game)
        if read:
            yield what_if_sentence(game.level, game.sets, game.kernel) or f"{game.level.id} as it is, at its start."
            yield from self._situation()
        else:
            yield from self._beginning()

    def _leave(self) -> None:
        if self.game is not None:
            self._say_all(unfinished_lines(self.game.own))
            self._say_all(kept_lines(self.services.pack, self.game.own) if self.typed else ())
