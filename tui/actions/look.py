# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that show something and move nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sim.debugger import EvaluationError, backtrace, evaluate, frame_locals, pending, source_text
from tui.actions.arguments import count, optional_thread, thread_and_rest
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game
from tui.view.build import timeline_view, why_text
from tui.view.model import EntryView
from tui.view.standing import standing, walk_text
from tui.view.words import drains_text, marked_text


def print_(game: Game, text: str) -> Reply:
    """The value of an expression in the function shown."""
    index, source = optional_thread(game, text)
    if not source:
        raise CommandError("print what? give a C expression, such as task.mems_allowed")
    try:
        value = evaluate(game.machine, game.session.now.state, source, index, game.shown_depth(index))
    except EvaluationError as problem:
        raise CommandError(str(problem)) from None
    return Reply((f"{source} = {value}",))


def backtrace_(game: Game, text: str) -> Reply:
    """The call stack, innermost frame first; the one shown is marked."""
    index, _ = thread_and_rest(game, text)
    stack = backtrace(game.machine, game.session.now.state, index)
    shown = game.shown_depth(index)
    lines = [
        f"{'>' if frame.depth == shown else ' '}#{len(stack) - 1 - frame.depth} {frame.function} at {frame.span}"
        for frame in reversed(stack)
    ]
    return Reply(tuple(lines) or ("the thread has finished",))


def up(game: Game, text: str) -> Reply:
    """Show the function that called the one shown."""
    return _select(game, -count(text))


def down(game: Game, text: str) -> Reply:
    """Show the function that the one shown has called."""
    return _select(game, count(text))


def _select(game: Game, by: int) -> Reply:
    stack = backtrace(game.machine, game.session.now.state, game.active)
    if not stack:
        return Reply(("the thread has finished",))
    depth = min(max(game.shown_depth(game.active) + by, 0), len(stack) - 1)
    game.looked[game.active] = depth
    frame = stack[depth]
    return Reply((f"#{len(stack) - 1 - depth} {frame.function} at {frame.span}",))


def locals_(game: Game, text: str) -> Reply:
    """The locals of the function shown."""
    index, _ = thread_and_rest(game, text)
    variables = frame_locals(game.machine, game.session.now.state, index, game.shown_depth(index))
    return Reply(tuple(f"{variable.name} = {variable.value}" for variable in variables) or ("no locals",))


def why(game: Game, text: str) -> Reply:
    """What a thread will do, or why it cannot move."""
    index, _ = thread_and_rest(game, text)
    letter = game.machine.threads[index].letter
    reason = why_text(game.session, index)
    operation = pending(game.machine, game.session.now.state, index)
    if reason or operation is None:
        return Reply((reason or f"{letter} has nothing to do",))
    written = source_text(game.machine.program, operation.span)
    walk = walk_text(game.machine, game.session.now, index)
    following = f"{letter} can move; next: {operation.sentence}" + (f"; {walk}" if walk else "")
    where = f"in {written} at {operation.span}"
    return Reply((following, where), brief=f"{following} {where}")


def state(game: Game, _text: str) -> Reply:
    """The whole situation in words."""
    return Reply(tuple(state_lines(game)))


def state_lines(game: Game) -> Iterator[str]:
    """The whole situation in lines of plain text."""
    view = game.view
    yield f"step {view.steps}, preemptions {view.preemptions}"
    yield from [f"what if: {view.what_if}"] if view.what_if else ()
    yield from [marked_text(view.marks, view.along)] if view.marks else ()
    for node in view.nodes:
        low, mid, high = node.low_marks
        reclaimable = f", reclaimable {node.reclaimable}" if node.reclaimable else ""
        yield f"node {node.node}: {node.free} of {node.pages} pages free, min {low} low {mid} high {high}{reclaimable}"
    for word in view.words:
        yield f"{word.name} {word.value}"
    for scan in view.scans:
        place = "over" if scan.ended else "at the end" if scan.at_end else "under way"
        place = f"{scan.walk}, {place}" if scan.walk else place
        entries = (_entry(entry) for entry in scan.entries)
        yield f"{scan.letter} scans the zonelist of node {scan.node} ({place}): {'; '.join(entries)}"
    for index, thread in enumerate(view.threads):
        where = standing(game.machine, game.session.now, index)
        standing_text = (
            f"{thread.why}{f' ({where})' if where else ''}" if thread.why else f"next: {thread.next} {where}"
        )
        yield f"{thread.letter} {thread.name}: {standing_text}"
        if thread.buffer:
            yield drains_text(thread.letter, thread.buffer)


def _entry(entry: EntryView) -> str:
    remarks = " and ".join(filter(None, (entry.reason, "here" if entry.current else "")))
    return f"node {entry.node}{f': {remarks}' if remarks else ''}"


def log(game: Game, _text: str) -> Reply:
    """The kernel log."""
    return Reply(tuple(f"[{line.step:4}] {line.text}" for line in game.view.log) or ("the log is empty",))


def timeline(game: Game, _text: str) -> Reply:
    """The interleaving, and the undone future behind a bar."""
    line = timeline_view(game.machine, game.session.now)
    ticks = [f"~{tick}" if step in line.drains else tick for step, tick in enumerate(line.ticks, 1)]
    return Reply((f"{''.join(ticks[: line.position])}|{''.join(ticks[line.position :])}",))


def model(game: Game, _text: str) -> Reply:
    """What the model leaves out."""
    return Reply(("the model leaves out:", *(f"  {text}" for text in game.level.left_out)))
