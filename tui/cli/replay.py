# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace replay`, on the screen or printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from puzzles.levels import Level
from puzzles.replays import Verification
from sim.debugger import Moment
from tui.cli.terminal import open_screen, say, services_for, why_no_screen
from tui.game.game import Game
from tui.plain.painting import OfThreads
from tui.player.failure import ExitCode
from tui.player.locations import sweep_all
from tui.player.opening import open_replay, open_verdict, replay_comments, replayed_game
from tui.player.packs import open_pack
from tui.player.services import Services
from tui.terminal.echo import echo
from tui.view.standing import step_texts


def replay(path: Path, folder: Path | None, kernel: Path | None, *, plain: bool, color: bool) -> ExitCode:
    """Show a replay, to go through it and to go on from any point; in line mode, print its moves."""
    sweep_all()
    pack = open_pack(folder)
    opened = open_replay(path)
    level, verdict = open_verdict(path, opened, pack, kernel)
    services, game = services_for(pack), replayed_game(level, verdict, opened, kernel)
    reason = why_no_screen()
    if plain or reason:
        if not plain:
            echo(f"{reason}: printing the replay, as with --plain", err=True)
        noted = _note(game, services)
        tell = say(color=color)
        for line in _lines(level, verdict):
            tell(line)
        if noted:
            echo(noted, err=True)
        return ExitCode.DONE if verdict.fits else ExitCode.NOT_REACHED
    return open_screen(services, game=game)


def _note(game: Game, services: Services) -> str:
    """Note what a replay shows of its level; a sentence that says so where that is new, "" where it is not."""
    id_ = game.level.id
    before = services.ledger.page(id_).help
    game.family = services.pack.family(id_)
    game.share(services.ledger)
    noted = "" if game.page.help == before else f"noted as help with {id_}: {game.page.help}"
    return "; ".join(filter(None, (noted, game.take_warning())))


def _lines(level: Level, verdict: Verification) -> Iterator[str]:
    comments = replay_comments(verdict)
    last = verdict.played.last
    yield f"{level.id} {level.title}"
    for moment in last.line():
        yield from _moment_lines(verdict, moment, comments, "")
        yield from _beside(verdict, moment, comments, "")
    for other in last.children:
        yield "  and after that:"
        yield from _variation(verdict, other, comments, "  ")
    yield str(verdict)
    yield from verdict.notes


def _variation(
    verdict: Verification, start: Moment, comments: Mapping[Moment, list[str]], indent: str
) -> Iterator[str]:
    """A moment beside the main line and all that follows it."""
    at: Moment | None = start
    while at is not None:
        yield from _moment_lines(verdict, at, comments, indent)
        if at is not start:
            yield from _beside(verdict, at, comments, indent)
        at = next(iter(at.children), None)  # the first one played: what came later was beside it


def _beside(verdict: Verification, moment: Moment, comments: Mapping[Moment, list[str]], indent: str) -> Iterator[str]:
    """The variations that were played instead of the step to a moment."""
    others = moment.parent.children if moment.parent else []
    for other in others:
        if other is not moment:
            yield f"{indent}  instead of step {moment.steps}:"
            yield from _variation(verdict, other, comments, indent + "  ")


def _moment_lines(
    verdict: Verification, moment: Moment, comments: Mapping[Moment, list[str]], indent: str
) -> Iterator[str]:
    texts = list(step_texts(verdict.played.machine, moment))
    if texts:
        yield OfThreads(f"{indent}{moment.steps} {'; '.join(texts)}", verdict.played.machine.threads)
    yield from (f"{indent}  {{ {comment} }}" for comment in comments.get(moment, []))
