# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace run`: a schedule without a screen."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import frozen

from puzzles.levels import Pack
from puzzles.levels.twins import twins
from puzzles.notation import ReplayError
from puzzles.replays.showing import shown_on, shown_replay
from puzzles.replays.transfer import transfer
from puzzles.schedules import move_numbers, notated
from puzzles.storage import StorageError, Taken, write_file
from puzzles.wins.ledger import Ledger, WasTried
from sim.debugger import reached
from sim.explore import Halted
from tui.cli.run_report import run_lines, run_report
from tui.game.game import Game
from tui.plain.paragraphs import print_lines
from tui.player.command_line import command_line
from tui.player.failure import BadInput, ExitCode
from tui.player.locations import data_folder
from tui.player.opening import open_game, open_replay, open_verdict
from tui.player.options import Changes
from tui.player.packs import open_pack, pack_around
from tui.player.replays import replay_text, schedule_text
from tui.terminal.echo import echo
from tui.view.build import why_text
from tui.view.transferred import transferred_text


@frozen
class Asked:
    """What to play, one of both: a schedule, or the replay to follow. `save` is where its replay is written."""

    schedule: str | None = None
    like: Path | None = None
    save: Path | None = None


def run(folder: Path | None, id_: str, asked: Asked, changes: Changes, *, as_json: bool) -> ExitCode:
    """Play a schedule, or the one of a replay by its landmarks, as far as it goes; print what came of it."""
    like = asked.like
    pack = open_pack(folder) if like else pack_around(folder, id_)
    game = open_game(pack, id_, changes)
    stopped = follow(game, like, pack) if like else play(game, asked.schedule or "")
    ledger = Ledger(data_folder(), pack.folder)
    if game.session.now.steps:
        ledger.note(game.level.id, WasTried())
    if game.shown:
        game.share(ledger)
    if like and not game.scored:
        _show_twins(game, pack, ledger)
    if asked.save:
        _save(game, asked.save)
    if as_json:
        echo(json.dumps(run_report(game, stopped), indent=2, ensure_ascii=False))
    else:
        print_lines(run_lines(game))
    if stopped:
        echo(stopped if like else stopped_text(game, stopped, "run", changes, pack), err=True)
    return ExitCode.NOT_REACHED if stopped else ExitCode.DONE


def _save(game: Game, path: Path) -> None:
    """Write the replay of what was played. Raises BadInput where there is a file already, or none can be."""
    try:
        write_file(path, replay_text(game).encode(), over=False)
    except Taken:
        raise BadInput(f"{path} is there already; give --save another name, or delete it") from None
    except StorageError as problem:
        raise BadInput(f"{path} {problem}") from None
    except ValueError as problem:
        raise BadInput(f"this run cannot be saved: {problem}") from None


def stopped_text(game: Game, why: str, command: str, changes: Changes, pack: Pack) -> str:
    """Why a schedule was not played to its end, and the command for as much of it as can be."""
    again = command_line(command, game.level.id, schedule_text(game), *changes.words, pack=pack)
    return f"Error: stopped after step {game.session.now.steps}: {why}; `{again}` goes as far as that"


def _moves(game: Game, schedule: str) -> list[int]:
    try:
        moves = move_numbers(game.machine, schedule)
    except ReplayError as problem:
        raise BadInput(f"the schedule, {problem}") from None
    except ValueError as problem:
        raise BadInput(f"{game.level.id}: {problem}") from None
    for move in moves:
        if move not in game.machine.moves:
            raise BadInput(f"{notated(game.machine, move)}: {game.level.id} has no store buffers to drain")
    return moves


def play(game: Game, schedule: str) -> str:
    """Take the steps of a schedule; why the first that is not possible is not, "" when all were. Raises BadInput."""
    for move in _moves(game, schedule):
        if not game.session.can_move(move):
            return why_text(game.session, move)
        game.session.step(move)
    return ""


def follow(game: Game, like: Path, pack: Pack) -> str:
    """Do what a replay of any level does, from landmark to landmark; why that is not possible, "" where it is.

    A replay of the same level shows how to play it. So does what is found with one of another level, if that reaches
    the goal.
    """
    replay = open_replay(like)
    level, verdict = open_verdict(like, replay, pack, None)
    if level.id == game.level.id:
        game.show(shown_replay(replay.line))
    played = verdict.played
    try:
        transferred = transfer(played.machine, played.last, game.machine)
    except Halted as halt:
        return f"the schedule was not followed to its end: {halt}"
    game.session.go(transferred.last)
    if level.id != game.level.id and game.scored and reached(game.machine, transferred.last):
        game.show(schedule_text(game))
    return "" if transferred.lives else transferred_text(game.machine, transferred)


def _show_twins(game: Game, pack: Pack, ledger: Ledger) -> None:
    """Note what was followed on a changed level as shown in each level that this is: where it reaches the goal."""
    line = schedule_text(game)
    for id_, machine in twins(pack, game.machine, bounded=False):
        if any(reached(machine, end) for end in shown_on(machine, (line,)).ends):
            other = Game(pack.level(id_), machine)
            other.show(line)
            other.share(ledger)
