# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace run`: a schedule without a screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from puzzles.judge import judge
from puzzles.levels import Pack
from puzzles.notation import ReplayError
from puzzles.schedules import move_numbers, notated
from puzzles.transfer import transfer
from sim.debugger import reached
from sim.machine.digest import digest
from tui.commands import state_lines
from tui.echo import echo
from tui.failure import BadInput, Code
from tui.game import Game
from tui.library import schedule_text
from tui.opening import Changes, open_game, open_pack, open_replay, open_verdict
from tui.plain.paragraphs import print_lines
from tui.typed import typed
from tui.viewing import why_text


def run(
    folder: Path | None, id_: str, schedule: str | None, like: Path | None, changes: Changes, *, as_json: bool
) -> Code:
    """Play a schedule, or the one of a replay by its landmarks, as far as it goes; print what came of it."""
    pack = open_pack(folder)
    game = open_game(pack, id_, changes)
    stopped = follow(game, like, pack) if like else play(game, schedule or "")
    if as_json:
        echo(json.dumps(_report(game, stopped), indent=2, ensure_ascii=False))
    else:
        print_lines(_lines(game))
    if stopped:
        echo(stopped if like else stopped_text(game, stopped, "run", changes, pack), err=True)
    return Code.NOT_REACHED if stopped else Code.DONE


def stopped_text(game: Game, why: str, command: str, changes: Changes, pack: Pack) -> str:
    """Why a schedule was not played to its end, and the command for as much of it as can be."""
    again = typed(command, game.level.id, schedule_text(game), *changes.words, pack=pack)
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
    """Do what a replay of any level does, from landmark to landmark; why that is not possible, "" where it is."""
    replay = open_replay(like)
    _, verdict = open_verdict(like, replay, pack, None)
    played = verdict.played
    found = transfer(played.machine, played.last, game.machine)
    game.session.go(found.last)
    return "" if found.lives else str(found)


def _lines(game: Game) -> list[str]:
    judged = judge(game.machine, game.session.now)
    return [
        f"outcome: {judged.outcome.words}, {_meaning(game, won=judged.won)}",
        f"schedule: {schedule_text(game) or 'empty'}",
        *state_lines(game),
    ]


def _meaning(game: Game, *, won: bool) -> str:
    if game.level.goal.safe:
        return "so it is not safe" if reached(game.machine, game.session.now) else "one schedule of many"
    return "the goal is reached" if won else "not the goal"


def _report(game: Game, stopped: str) -> dict[str, Any]:
    judged = judge(game.machine, game.session.now)
    view = game.view
    return {
        "level": game.level.id,
        "outcome": judged.outcome.value,
        "won": judged.won,
        "scored": judged.won and game.scored,
        "steps": judged.score.steps,
        "preemptions": judged.score.preemptions,
        "digest": digest(game.machine, game.session.now.state),
        "schedule": schedule_text(game),
        "complete": not stopped,
        "stopped": stopped,
        "words": {word.name: word.value for word in view.words},
        "nodes": [{"node": node.node, "pages": node.pages, "free": node.free} for node in view.nodes],
        "threads": [
            {"letter": one.letter, "status": one.status, "next": one.next, "why": one.why} for one in view.threads
        ],
    }
