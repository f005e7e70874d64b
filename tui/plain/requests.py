# SPDX-License-Identifier: GPL-2.0-or-later
"""What line mode says where a command asks for a page or a file. It changes nothing of what is played."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias, assert_never

from puzzles.history import game_history
from puzzles.levels import LevelError
from tui.actions.reply import CommandError
from tui.actions.requests import (
    BROKEN,
    AskWhatIf,
    SaveReplay,
    ShowBriefing,
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
)
from tui.game.game import Game
from tui.game.what_ifs import question_texts, told_answer
from tui.plain.history import era_lines, eras_lines, note_lines, timeline_lines
from tui.plain.level import briefing_lines
from tui.plain.listing import list_lines
from tui.plain.pages import help_lines, ladder_lines
from tui.plain.source import source_lines
from tui.plain.tell import debrief_lines, ending_lines
from tui.plain.welcome import welcome_lines
from tui.player.replays import save_run
from tui.player.services import Services
from tui.view.words import BECAUSE

OfAnyTime: TypeAlias = ShowHelp | ShowHistory | ShowNote | ShowLevels
"""What can be asked for while no level is open."""

OfGame: TypeAlias = (
    ShowBriefing
    | ShowWelcome
    | ShowLadder
    | ShowSource
    | ShowOutcome
    | ShowDebrief
    | AskWhatIf
    | TellWhatIf
    | SaveReplay
)
"""What can be asked for while one is."""


def page_lines(request: OfAnyTime, services: Services) -> Iterator[str]:
    """A page that needs no level. Raises CommandError for an era or a note that is none."""
    match request:
        case ShowHelp():
            yield from help_lines()
        case ShowHistory():
            yield from _history(request, services)
        case ShowNote():
            with _refused():
                yield from _note(request, services)
        case ShowLevels():
            yield from levels_lines(services)
        case _:
            assert_never(request)


def game_lines(request: OfGame, game: Game, services: Services) -> Iterator[str]:
    """A page about a game, or that it was saved. Raises CommandError, and SaveError where a file is not written."""
    match request:
        case ShowBriefing():
            yield from briefing_lines(game.level, game.card_proof)
        case ShowWelcome():
            yield from welcome_lines(game.level)
        case ShowLadder():
            yield from ladder_lines(game)
        case ShowSource():
            yield from [BECAUSE] if request.ask else source_lines(game, request)
        case ShowOutcome():
            yield from ending_lines(game, services)
        case ShowDebrief():
            yield from debrief_lines(game)
        case AskWhatIf():
            yield from question_texts(game, request.number)
            yield "whatif yes, or whatif no"
        case TellWhatIf():
            yield from told_answer(game, request.number, request.right)
            yield f"whatif {request.number} play opens that machine; whatif asks on"
        case SaveReplay():
            yield _save(game, request)
        case _:
            assert_never(request)


def levels_lines(services: Services) -> Iterator[str]:
    """The list of levels, and how to open one."""
    levels, problem = services.standings(services.proofs.with_pars(services.pack).listed)
    yield from list_lines(services.told_pack(), levels)
    yield from filter(None, [problem])
    yield "type the id of a level to play it"


def _history(asked: ShowHistory, services: Services) -> Iterator[str]:
    _, problem = services.library.bests(services.pack)
    with _refused():
        reader = services.history_reader(game_history())
        if asked.era:
            era = reader.history.era(asked.era)
            noted = reader.read_on([era]) if asked.broken else ""
            levels, _ = services.standings(services.proofs.with_pars(services.pack).listed)
            yield from era_lines(reader, era, levels)
            yield from filter(None, [noted])
        else:
            yield from timeline_lines(reader) if asked.whole else eras_lines(reader)
    yield from filter(None, [problem])


def _note(asked: ShowNote, services: Services) -> Iterator[str]:
    """A section of the notes; one that gives levels away is refused with its price, unless it is meant."""
    reader = services.history_reader(game_history())
    price = reader.price_of(asked.number)
    if price and not asked.broken:
        raise CommandError(f"{price}; history {asked.number} {BROKEN} shows it")
    noted = reader.read_on(reader.closed(asked.number))
    yield from note_lines(reader.history, asked.number)
    yield from filter(None, [noted])


def _save(game: Game, asked: SaveReplay) -> str:
    if not asked.file:
        raise CommandError("save where? give the name of a file, such as run.race")
    with _refused():
        return save_run(game, asked.file, over=asked.over)


@contextmanager
def _refused() -> Iterator[None]:
    """What is wrong with what was typed or read is told like a command that cannot be done."""
    try:
        yield
    except (ValueError, LevelError) as problem:
        raise CommandError(str(problem)) from None
