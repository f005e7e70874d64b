# SPDX-License-Identifier: GPL-2.0-or-later
"""The terminal: whether it can show the screen, the screen itself, and lines in colour."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click
from attrs import evolve

from puzzles.characters import harmless
from puzzles.levels.listing import Pack
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from tui.cli.config import Config, ConfigError, load_config
from tui.cli.hangup import end_with_terminal
from tui.plain.paragraphs import Exact, broken, terminal_width
from tui.player.failure import ExitCode
from tui.player.library import Library
from tui.player.locations import cache_folder, config_file, data_folder
from tui.player.options import Begin
from tui.player.services import Services
from tui.terminal.echo import echo
from tui.terminal.termination import Termination

if TYPE_CHECKING:
    from tui.game.game import Game


def why_no_screen() -> str:
    """Why the screen cannot be shown here, in words; "" when it can."""
    streams = (("input", sys.stdin), ("output", sys.stdout), ("error", sys.stderr))
    for name, stream in streams:
        if stream is None or not stream.isatty():
            return f"standard {name} is no terminal"
    kind = os.environ.get("TERM", "")
    return f"this terminal (TERM={kind}) cannot move its cursor" if kind in ("", "dumb", "unknown") else ""


def services_for(pack: Pack, begin: Begin = Begin.ASK) -> Services:
    """What games of a pack are played with: the player's folders."""
    data = data_folder()
    library = Library(data, verified=Scores(cache_folder()))
    ledger = Ledger(data, pack.folder)
    return Services(pack, library, left=data, cache=cache_folder(), begin=begin, ledger=ledger)


def open_screen(services: Services, level_id: str | None = None, game: Game | None = None) -> ExitCode:
    """Play on the screen until the player leaves; then print the wins that could not be stored. The exit code."""
    config, problem = settings()
    services, library = evolve(services, keymap=config.keymap), services.library
    _, unread = library.bests(services.pack)
    for sentence in filter(None, (problem, unread)):
        echo(sentence, err=True)
    termination = Termination(lambda: [*library.unstored, *_unfinished(services)])
    with termination.by_signals():
        end_with_terminal()
        from tui.app import run_app

        failure = run_app(level_id, game, services)
    if failure is not None:
        termination.failed(failure)
        return ExitCode.NOT_REACHED
    echo("\n".join(library.unstored), nl=bool(library.unstored))
    return ExitCode.DONE


def _unfinished(services: Services) -> Iterator[str]:
    """What to print of runs that are not kept and are lost with the program."""
    for game in services.games.values():
        from tui.plain.tell import unfinished_lines

        yield from unfinished_lines(game)


def settings() -> tuple[Config, str]:
    """The player's settings, or the defaults and what is wrong with the settings."""
    try:
        return load_config(config_file()), ""
    except ConfigError as problem:
        return Config(), f"your settings are not used: {problem}"


def say(*, color: bool) -> Callable[[str], None]:
    """Make the function that prints one paragraph of line mode, at once; thread letters in colour if asked."""
    from tui.plain.painting import OfThreads, painted

    def print_one(text: str) -> None:
        threads = text.roles if color and isinstance(text, OfThreads) else {}
        plain = harmless(text)
        for line in broken(Exact(plain) if isinstance(text, Exact) else plain, terminal_width()):
            click.echo(painted(line, threads) if threads else line, color=color)

    return print_one
