# SPDX-License-Identifier: GPL-2.0-or-later
"""The schedule that was played, followed on the kernels of other eras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final, TypeAlias
from weakref import WeakKeyDictionary

from puzzles.history import Era, game_history, kernel_source
from puzzles.levels import LevelError, build_machine
from puzzles.levels.twins import twins
from puzzles.limits.bounds import TRANSFER
from puzzles.limits.guard import limits
from puzzles.replays.transfer import transfer
from sim.debugger import Moment
from sim.explore import Halted, Limits, Progress, ProgressWatch
from tui.actions.reply import CommandError, Reply
from tui.explorer.searching import Topic, Unknown
from tui.game.game import Game
from tui.view.transferred import transferred_text

_Results: TypeAlias = tuple[list[tuple[str, str]], Mapping[str, list[str]]]
_Question: TypeAlias = tuple[str, frozenset[str]]
"""What was asked for, and the ids of the levels that were settled then: a row can be another level."""
_RESULTS: WeakKeyDictionary[Moment, dict[_Question, _Results]] = WeakKeyDictionary()
_INDENT: Final = 8
_NO_LATER: Final = "no kernel of the history is later than this one"


def on_other_kernels(game: Game, text: str) -> Reply:
    """What the schedule up to here comes to on the kernel of an era, or on all kernels that came later."""
    now = game.session.now
    if not now.steps:
        raise CommandError("no step was taken yet: there is no schedule to follow")
    eras = list(_eras(game, text))
    question, results = (text, frozenset(game.own.settled_ids())), _RESULTS.setdefault(now, {})
    if question not in results:
        raise Unknown(Topic.TRANSFER, partial(_follow, game, now, question, eras))
    outcomes, unfit = results[question]
    if outcomes:
        rows = [*outcomes, *((", ".join(labels), f"not followed: {why}") for why, labels in unfit.items())]
        return Reply(tuple(_row(*row) for row in rows))
    return Reply(tuple(f"no such kernel fits this level: {why}" for why in unfit) or (_NO_LATER,))


def _follow(game: Game, now: Moment, question: _Question, eras: Iterable[Era], watch: ProgressWatch) -> None:
    """Find out, and keep it for as long as the moment is there."""
    _RESULTS[now][question] = _followed(game, now, eras, question[1], watch)


def _followed(
    game: Game, now: Moment, eras: Iterable[Era], settled: AbstractSet[str], watch: ProgressWatch
) -> _Results:
    """What the schedule comes to on each kernel that fits the level, and why the others do not."""
    outcomes: list[tuple[str, str]] = []
    unfit: dict[str, list[str]] = {}
    eras = list(eras)
    labels = [_label(era) for era in eras]
    for era in eras:
        watch(Progress(0, 0, 0))
        try:
            scheme = f"{era.id}: " if labels.count(_label(era)) > 1 else ""
            outcomes.append((_label(era), scheme + _outcome(game, era, now, settled, limits(TRANSFER, watch))))
        except Halted as halt:
            outcomes.append((_label(era), f"not followed to its end: {halt}"))
        except LevelError as problem:
            unfit.setdefault(problem.problems[0].message.partition(";")[0], []).append(_label(era))
    return outcomes, unfit


def _row(label: str, sentence: str) -> str:
    if len(label) >= _INDENT:
        label, sentence = "others", f"{label}: {sentence}"
    return f"{label:<{_INDENT}}{sentence}"


def _eras(game: Game, text: str) -> Iterator[Era]:
    history = game_history()
    if text:
        try:
            named = history.era(text)
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        if not named.kernel:
            raise CommandError(f"{named.id} has no kernel of its own; `oomrace history` tells which have")
        yield named
        return
    own = history.era_of_kernel(game.machine.program.name) or history.at(game.level.era)
    for era in history.eras:
        if era.kernel and (own is None or history.leads_to(own, era) or (not own.aside and _later(own, era))):
            yield era


def _later(own: Era, era: Era) -> bool:
    """Whether an era of the page allocator came after one of the same."""
    return own.first < era.first and not era.aside


def _label(era: Era) -> str:
    return era.release or era.id


def _outcome(game: Game, era: Era, moment: Moment, settled: AbstractSet[str], allowed: Limits) -> str:
    """What the schedule up to a moment comes to on the kernel of an era, with all else as in this level.

    Where that is another level, its id: how it ends there is told once that one is settled. Raises LevelError where
    the level names what that kernel does not have; Halted as `transfer`.
    """
    machine = build_machine(game.level, kernel_source(era), game.sets)
    others = [id_ for id_, _ in twins(game.own.proofs.pack, machine, bounded=False)]
    unsettled = [id_ for id_ in others if id_ not in settled and not (game.scored and id_ == game.level.id)]
    if unsettled:
        return f"a level of its own: {' and '.join(unsettled)}"
    return transferred_text(machine, transfer(game.machine, moment, machine, allowed), era.release)
