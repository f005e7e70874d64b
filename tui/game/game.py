# SPDX-License-Identifier: GPL-2.0-or-later
"""A level being played: the session, the thread that the player works with, and what was said last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Protocol

from attrs import define, evolve, field, frozen

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from puzzles.judging.referee import LESSON, Ruling, rule_run
from puzzles.levels import Level
from puzzles.notation import Replay
from puzzles.proofs import Proof
from puzzles.reasons.because import BECAUSE, mark_text, read_because
from puzzles.reasons.claim import Claimed
from puzzles.replays.showing import equivalent, is_shown_line, moves_to, reached_keys, shown_line, shown_on
from puzzles.schedules import move_numbers, schedule_line
from puzzles.wins.help import HelpKind, spoils_claim
from puzzles.wins.ledger import (
    Helped,
    Ledger,
    LedgerEntry,
    LessonOpened,
    OwnRun,
    Page,
    WasNamed,
    WasSettled,
    WasShown,
    WasTried,
)
from sim import Machine, Span
from sim.debugger import Moment, Session, reached
from sim.explore import Halted
from sim.machine.events import Accessed, Blocked, Ended, Event
from sim.reasons import Statement, groups_of
from tui.explorer.analysis import Analysis
from tui.explorer.proofs import Proofs
from tui.explorer.searching import Unknown
from tui.explorer.what_ifs import WhatIfs
from tui.game.saved import Saved
from tui.view.build import changes_text, make_view
from tui.view.kernel_log import log_at
from tui.view.model import Reach, View
from tui.view.standing import done_text
from tui.view.words import place_text, reach_sentence, what_if_text


class Keeper(Protocol):
    """Writes a game down while it is played."""

    def keep(self, game: Game) -> None:
        """Write down what is new; `game.warning` says where that is not possible any more."""

    def drop(self) -> None:
        """Forget what was written: the run is won, or not wanted."""

    def close(self) -> None:
        """The game is left: what was written is for whoever goes on with it."""

    @property
    def kept(self) -> bool:
        """Whether all steps are written down."""


@frozen
class Lesson:
    """That a game is a lesson: the kernel without a statement, opened from a game of the level as it is.

    `taken` is where all stood that had to go with the statement.
    """

    own: Game = field(repr=False, eq=False)
    statement: Statement
    taken: tuple[Span, ...]


@frozen
class PlayedWhatIf:
    """That a game is a what if: the machine after the change of a question, opened from a game of the level as it is.

    `text` says what was changed.
    """

    own: Game = field(repr=False, eq=False)
    text: str


@define(eq=False)
class Game:
    """One play of a level. `sets` and `kernel` are changes for a "what if", which is not scored.

    `since` is the moment before the last command. `looked` maps threads to the depth of the frame that the player looks
    at, where it is not the usual one; it holds until something moves. `opened` is the replay that was opened,
    `comments` are what it says. `light` is None until the player says whether to be told that the goal is in reach.
    `marks` are the statements that the player marked as reasons; `claimed` is the last claim that the level is safe,
    but a right one stays where a line that was added to it is none. Where it was wrong and he wanted to see that,
    `claimed_at` is where he stood and `disproof` the end of the counterexample. `lesson` says that this is one, which
    wins nothing; `what_if` that it is one that a question of the level is about. `recorded` has what became of the ends
    that were told already, by the schedules of runs, for a right claim by its reasons. `solved` says that the level was
    won in this game, `won_before` tells whether it was earlier, `best_win` the replay of the best win. `ways_offered`
    says that the player was told whether there is a better way, and is shown it when he asks again. `keeper` writes the
    run down, and `warning` is what the player is to be told about that, once. `ledger` knows what has helped the player
    with each level. `family` are the ids of the levels with which this one shares what was shown: its sibling or
    variants; `settled_ids` tells the settled levels of the pack. `typed` says that the command which goes on is a
    schedule, and `blindfold` is the end of a run that was won by the first one of all.
    """

    level: Level = field(repr=False)
    machine: Machine = field(repr=False)
    sets: tuple[str, ...] = ()
    kernel: str = ""
    session: Session = field(init=False, repr=False)
    since: Moment = field(init=False)
    active: int = 0
    looked: dict[int, int] = field(factory=dict)
    message: str = ""
    hinted: Moment | None = field(default=None, repr=False)
    rung: int = 0
    light: bool | None = None
    recorded: dict[str, Saved] = field(factory=dict)
    solved: bool = False
    ways_offered: bool = False
    won_before: Callable[[], bool] = field(default=lambda: False, repr=False)
    best_win: Callable[[], Replay | None] = field(default=lambda: None, repr=False)
    marks: list[Statement] = field(factory=list)
    claimed: Claimed | None = None
    lesson: Lesson | None = None
    what_if: PlayedWhatIf | None = None
    claimed_at: Moment | None = field(default=None, repr=False)
    disproof: Moment | None = field(default=None, repr=False)
    opened: Replay | None = field(default=None, repr=False)
    comments: dict[Moment, list[str]] = field(factory=dict, repr=False)
    keeper: Keeper | None = field(default=None, repr=False)
    warning: str = ""
    proofs: Proofs = field(factory=Proofs, repr=False)
    ledger: Ledger = field(factory=Ledger, repr=False)
    family: tuple[str, ...] = ()
    settled_ids: Callable[[], AbstractSet[str]] = field(default=frozenset, repr=False)
    typed: bool = False
    blindfold: Moment | None = field(default=None, repr=False)
    analysis: Analysis = field(init=False, repr=False)
    what_ifs: WhatIfs = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Boot the machine. Raises CompileError as Machine.boot."""
        self.session = Session(self.machine)
        self.since = self.session.now
        self.analysis = Analysis(self.machine)
        self.what_ifs = WhatIfs(self.level)

    @property
    def scored(self) -> bool:
        """Whether a win counts: nothing of the level was changed."""
        return not self.sets and not self.kernel and not self.level.other_goal and self.aside is None

    @property
    def settled(self) -> Settled | None:
        """What was settled about the level by the last claim."""
        return self.claimed.settled if self.claimed else None

    @property
    def marked(self) -> tuple[Span, ...]:
        """Where the statements stand that are marked as reasons, those of a right claim first."""
        return tuple(statement.head for statement in self._marked)

    @property
    def goes_along(self) -> tuple[Span, ...]:
        """Where the statements stand that go with those, or may go with them."""
        groups, marked = groups_of(self.machine.program), self._marked
        along = dict.fromkeys(each for mark in marked for each in (*groups.along(mark), *groups.alike(mark)))
        return tuple(statement.head for statement in along if statement not in marked)

    @property
    def _marked(self) -> Collection[Statement]:
        named = self.claimed.statements if self.claimed and self.claimed.right else ()
        return dict.fromkeys((*named, *self.marks))

    @property
    def adds_lines(self) -> bool:
        """Whether lines are added to the last claim: it is right, and no lesson has told more."""
        return self.claimed is not None and self.claimed.right and self.scored and not self.page.lesson_opened

    @property
    def lacks_lines(self) -> bool:
        """Whether that can still bring the claim to par."""
        missing = self.claimed.missing if self.claimed else None
        has_star = not self.level.variant_of and not spoils_claim(str(self.page.help))
        return self.adds_lines and bool(missing) and has_star

    def tell(self) -> None:
        """Note that what follows tells more of what the last claim lacks."""
        if self.scored:
            self.marks.clear()
            self.note(LessonOpened())

    @property
    def aside(self) -> Lesson | PlayedWhatIf | None:
        """What makes a game none of the level as it is, opened from one that is; None for one of the player's own."""
        return self.lesson or self.what_if

    @property
    def own(self) -> Game:
        """The player's own game: this one, or that from which a lesson or a what if was opened."""
        return self.aside.own if self.aside else self

    @property
    def shown(self) -> tuple[str, ...]:
        """The schedules of this level that the player was shown, as lines of text; see `puzzles.replays.showing`.

        This is all that has to be kept for the referee to know them again: `show` takes each line back.
        """
        return tuple(line for line in self.page.help.shown if is_shown_line(line))

    @property
    def shown_in_family(self) -> tuple[str, ...]:
        """The same with what was shown in the levels that belong together with this one."""
        lines = chain.from_iterable(page.help.shown for page in self._pages)
        return tuple(dict.fromkeys(line for line in lines if is_shown_line(line)))

    @property
    def _pages(self) -> tuple[Page, ...]:
        """What the ledger says of the level, and of those that belong together with it."""
        return (self.page, *map(self.ledger.page, self.family))

    @property
    def page(self) -> Page:
        """What the ledger says of the level."""
        return self.ledger.page(self.level.id)

    def note(self, entry: LedgerEntry) -> None:
        """Note something in the ledger; what is in the way of that is told once."""
        self.ledger.note(self.level.id, entry)
        self.warning = self.warning or self.ledger.take_trouble()

    def help(self, kind: HelpKind, number: int = 1) -> None:
        """Note that the player is helped; `number` is the rung of a hint. The light is no help in the tour."""
        if kind is not HelpKind.LIGHT or not self.level.teaches:
            self.note(Helped(kind, number))

    def show(self, line: str) -> None:
        """Note a line that the player is shown; one that reaches the goal settles the level.

        Raises ValueError for a text that is none.
        """
        ends = shown_on(self.machine, (line,)).ends
        self.note(WasShown(line))
        if any(reached(self.machine, end) for end in ends):
            self.settle()

    def show_moves(self, moves: Iterable[int]) -> None:
        """Note a schedule that the player is shown; states that he has reached by himself stay his."""
        own = reached_keys(self.machine, self.boot) - shown_on(self.machine, self.shown_in_family).states
        self.show(shown_line(self.machine, moves, own))

    def settle(self) -> None:
        """Note that the level is won, or its solution shown in full; a level that was changed is another one."""
        if self.scored:
            self.note(WasSettled())

    @property
    def is_settled(self) -> bool:
        """Whether what tells the answer may be told: the level is won, or its solution was shown in full."""
        return self.page.settled or self.won_before()

    def share(self, ledger: Ledger) -> None:
        """Keep what helps in a ledger that is common to several games, and bring there what was shown already.

        A replay of nothing but the player's own runs shows him nothing. What a journal gives back helps again.
        """
        shown, before = self.shown, self.page
        self.ledger = ledger
        ledger.page(self.level.id)
        for line in shown:
            if not all(self.own_run(end) for end in shown_on(self.machine, (line,)).ends):
                self.note(WasShown(line))
        if HelpKind.CLAIM in before.help.counts and not self._opened_own_claim:
            self.help(HelpKind.CLAIM)
            for mark in before.named:
                self.note(WasNamed(mark))
        if self.light:
            self.help(HelpKind.LIGHT)
        if self.disproof is not None and not self.has_shown(self.disproof):
            self.show(schedule_line(self.machine, moves_to(self.disproof)))
        if before.settled:
            self.settle()
        self.warning = self.warning or ledger.take_trouble()

    @property
    def _opened_own_claim(self) -> bool:
        """Whether the replay that was opened is a claim with which the player has won."""
        because = read_because(self.opened.header(BECAUSE)) if self.opened else ()
        return bool(because) and any(read_because(run.schedule) == because for run in self.page.runs)

    def own_run(self, end: Moment) -> OwnRun | None:
        """The player's own run that the run to a moment is, up to moves that commute; None where it is none."""
        return self._run_of((self.page,), end)

    def _run_of(self, pages: Iterable[Page], end: Moment) -> OwnRun | None:
        moves, runs = moves_to(end), chain.from_iterable(page.runs for page in pages)
        return next((run for run in runs if self._is_run(run.schedule, moves)), None)

    def _is_run(self, schedule: str, moves: tuple[int, ...]) -> bool:
        try:
            own = move_numbers(self.machine, schedule)
        except ValueError:
            return False
        return len(own) == len(moves) and equivalent(self.machine, own, moves)  # own may not be possible here

    def note_own_run(self) -> None:
        """Note that the run up to here is the player's own: he has won with it, or saves it."""
        moves = moves_to(self.session.now)
        self.note(OwnRun(schedule_line(self.machine, moves), str(self.page.help)))

    @property
    def is_shown(self) -> bool:
        """Whether the run up to here is one that the player was shown."""
        return self.has_shown(self.session.now)

    def has_shown(self, end: Moment) -> bool:
        """Whether the run that leads to a moment is one that the player was shown, and had not won with before.

        It counts where in the level's family that was.
        """
        if self.aside is not None:
            return True
        shown = self.shown_in_family
        return bool(shown) and shown_on(self.machine, shown).holds(end) and self._run_of(self._pages, end) is None

    def name(self, statements: Iterable[Statement]) -> None:
        """Note statements that bear and are named to the player."""
        for statement in statements:
            self.note(WasNamed(mark_text(statement)))

    def has_named(self, statements: Iterable[Statement]) -> bool:
        """Whether all of these statements were named to the player."""
        named = {mark for page in self._pages for mark in page.named}
        return named.issuperset(map(mark_text, statements))

    @property
    def boot(self) -> Moment:
        """The moment at which every run begins."""
        return next(iter(self.session.now.line()))

    @property
    def ruling(self) -> Ruling:
        """What the run up to here is worth."""
        shown = self.session.won and self.is_shown
        ruling = rule_run(self.machine, self.session.now, changed=not self.scored, shown=shown)
        return evolve(ruling, why_not=LESSON) if self.lesson and ruling.reached else ruling

    @property
    def view(self) -> View:
        """What is to be shown now."""
        view = make_view(self.level, self.session, self.since, self.active, self.message, self.looked)
        aside = self.what_if.text if self.what_if else ""
        aside = f"without {place_text(self.machine, self.lesson.statement)}" if self.lesson else aside
        view = evolve(
            view,
            what_if=aside or what_if_text(self.level, self.sets, self.kernel),
            help=str(self.page.help),
            marks=self.marked,
            along=self.goes_along,
        )
        if view.won and self.is_shown:
            view = evolve(view, won=False)
        return evolve(view, reach=self.reach) if self.lit else view

    @property
    def lit(self) -> bool:
        """Whether to tell if the goal is in reach: as the player wants it, else where the tour says that it can be."""
        if self.light is not None:
            return self.light
        return self.scored and self.level.teaches and self.level.ask is Ask.FORCE

    @property
    def tells_reach(self) -> bool:
        """Whether to tell where the goal went out of reach: that it was in reach tells what the level asks."""
        return self.lit or self.is_settled

    @property
    def reach(self) -> Reach | None:
        """Whether the goal can still be reached; None once the run is over, or where that is not known."""
        if self.session.over:
            return None
        try:
            return Reach.OUT if self.analysis.distance(self.session.now.state) is None else Reach.IN
        except (Halted, Unknown):
            return None

    @property
    def reach_sentence(self) -> str:
        """`reach` in a sentence, and who goes on for nothing once a thread has finished without it; "" for None."""
        threads = self.session.now.state.threads
        going = [thread.letter for index, thread in enumerate(self.machine.threads) if self.session.can_move(index)]
        return reach_sentence(self.reach, going, stopped=any(thread.finished for thread in threads))

    @property
    def proof(self) -> Proof | None:
        """What is proved of the level and was found out already; nothing where the level was changed."""
        return self.proofs.known(self.level) if self.scored else None

    @property
    def card_proof(self) -> Proof | None:
        """What of that stands beside the briefing: nothing before the level is settled."""
        return self.proof if self.is_settled else None

    @property
    def report(self) -> tuple[str, ...]:
        """What the kernel log says after the sentence that the run is over."""
        log = log_at(self.level, self.machine, self.session.now)
        return tuple(line.text for line in log if line.final)[1:]

    def thread(self, letter: str) -> int | None:
        """The index of the thread with a letter, in either case; None if there is none."""
        for index, thread in enumerate(self.machine.threads):
            if thread.letter == letter.upper():
                return index
        return None

    def shown_depth(self, thread: int) -> int:
        """The depth of the frame to show of a thread."""
        return self.looked.get(thread, self.session.shown_depth(thread))

    def begin(self, *, typed: bool = False) -> None:
        """A command begins: what it changes will be marked. `typed` says that it is a schedule."""
        self.since = self.session.now
        self.message = ""
        self.typed = typed

    def end(self, message: str) -> None:
        """A command is done, and this is said about it."""
        self.message = message
        if self.session.now is not self.since:
            self.looked.clear()
            self._try()
        if self.keeper is not None:
            self.keeper.keep(self)

    def _try(self) -> None:
        """Note the first step; a run that is won with one line before any is won blindfold."""
        if self.page.tried:
            return
        unseen = self.typed and self.since is self.boot and not self.page.help and not self.won_before()
        self.blindfold = self.session.now if unseen and self.session.won and self.scored else None
        self.note(WasTried())

    def take_points(self, other: Game) -> None:
        """Stop where another game of the level stops, too: at its breakpoints and watchpoints alone."""
        self.session.breakpoints = [*other.session.breakpoints]
        self.session.watchpoints = [*other.session.watchpoints]

    def leave(self) -> None:
        """The game is played no more, here and now."""
        if self.own.keeper is not None:
            self.own.keeper.close()

    def take_warning(self) -> str:
        """What the player is to be told now, once; "" for nothing."""
        warning, self.warning = self.warning, ""
        return warning

    def step_sentences(self) -> list[str]:
        """What the step that led to the current moment did, in sentences, and what a replay says about it."""
        now = self.session.now
        later = {_word(event) for event in now.events if not isinstance(event, Accessed)}
        events = (event for event in now.events if not isinstance(event, Accessed) or _word(event) not in later)
        return [*(done_text(self.machine, now, event) for event in events), *self.comments.get(now, ())]

    def happened(self) -> list[str]:
        """What the last step did, where steps were taken since the command began."""
        return self.step_sentences() if self.session.now is not self.since else []

    def changes(self) -> str:
        """The shared words that differ from when the command began, in words."""
        return changes_text(self.machine, self.session.now, self.since)


def _word(event: Event) -> tuple[int, int] | None:
    """The thread and the word of an event whose sentence says all about an access to it."""
    match event:
        case Accessed() | Blocked():
            return event.thread, event.address
        case Ended():
            return event.ending.thread, 0
        case _:
            return None
