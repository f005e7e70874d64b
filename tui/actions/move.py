# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that move threads."""

from __future__ import annotations

from collections.abc import Callable

from puzzles.notation import ReplayError
from puzzles.schedules import move_numbers
from sim.debugger import WATCHPOINT, Stop
from sim.machine.state import thread_of
from tui.actions.arguments import count, optional_thread, place, thread_and_rest
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game
from tui.view.build import why_text
from tui.view.untaken import untaken_text


def schedule(game: Game, text: str) -> Reply:
    """Play moves such as "a8 r14", as far as they go."""
    try:
        moves = move_numbers(game.machine, text)
    except ReplayError as problem:
        raise CommandError(f"{text[problem.column - 1 :].split(maxsplit=1)[0]}: {problem.problem}") from None
    except ValueError as problem:
        raise CommandError(str(problem)) from None
    for done, move in enumerate(moves):
        game.active = thread_of(move)
        if not game.session.can_move(move):
            return _moved(game, untaken_text(game.session, moves, done), why_text(game.session, move))
        game.session.step(move)
    return _moved(game, game.session.circle)


def _moved(game: Game, *stopped: str) -> Reply:
    """What happened since the command began, and why it stopped."""
    texts = _once([*game.happened(), *filter(None, stopped)])
    steps = abs(game.session.now.steps - game.since.steps)
    if steps < 2:
        return Reply(tuple(texts), brief="; ".join(texts))
    changes = "; ".join(change for change in game.changes().split("; ") if not texts[-1:] or change not in texts[-1])
    counted = f"{steps} steps"
    return Reply((counted + (f", in all: {changes}" if changes else ""), *texts), brief="; ".join((counted, *texts)))


def _once(texts: list[str]) -> list[str]:
    """Texts without what is said again; a watchpoint has the sentence about the step that met it."""
    change = texts[-1].removeprefix(WATCHPOINT) if texts and texts[-1].startswith(WATCHPOINT) else ""
    sentence = next((text for text in texts[:-1] if change and text.endswith(change)), "")
    if sentence:
        texts = [*(text for text in texts[:-1] if text != sentence), WATCHPOINT + sentence]
    return list(dict.fromkeys(texts))


def step(game: Game, text: str) -> Reply:
    """Take steps of one thread."""
    index, rest = optional_thread(game, text)
    return schedule(game, f"{game.machine.threads[index].letter}{count(rest)}")


def drain(game: Game, text: str) -> Reply:
    """Let the oldest stores of a thread's buffer reach memory."""
    index, rest = optional_thread(game, text)
    return schedule(game, f"~{game.machine.threads[index].letter}{count(rest)}")


def running(run: Callable[[Game, int], Stop]) -> Callable[[Game, str], Reply]:
    """Make a command of what runs a thread on until a stop."""

    def command(game: Game, text: str) -> Reply:
        game.active, _ = thread_and_rest(game, text)
        return _moved(game, run(game, game.active).sentence)

    return command


def until(game: Game, text: str) -> Reply:
    """Run a thread until it comes to a place."""
    game.active, typed = optional_thread(game, text)
    if not typed:
        raise CommandError("until what? give a line, file:line or a function")
    return _moved(game, game.session.until(game.active, place(game, typed)).sentence)


def switch(game: Game, text: str) -> Reply:
    """Work with another thread: the one named, else the next one."""
    if text:
        game.active, _ = thread_and_rest(game, text)
    else:
        game.active = (game.active + 1) % len(game.machine.threads)
    thread = game.machine.threads[game.active]
    return Reply((f"active thread: {thread.letter} {thread.name}",))
