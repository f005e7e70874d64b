# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a schedule that was played without a screen: in lines, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from puzzles.judge import judge
from sim import Outcome
from sim.debugger import letters, name_of, reached, word_text
from sim.kernelc.program import Program
from sim.kernelc.source import Span
from sim.machine.digest import digest
from tui.commands import state_lines
from tui.game import Game
from tui.library import schedule_text


def ran_lines(game: Game) -> Iterator[str]:
    """The outcome, where and why the model faulted, the schedule, the last state, the kernel log."""
    judged = judge(game.machine, game.session.now)
    yield f"outcome: {judged.outcome.words}, {_meaning(game)}"
    if fault := _fault(game):
        yield f"fault: {fault['thread']}{_place(fault)}: {fault['reason']}"
    yield f"schedule: {schedule_text(game) or 'empty'}"
    yield from state_lines(game)
    if not game.view.words:
        yield from (f"{name} {value}" for name, value in _all_words(game).items())
    if log := game.view.log:
        yield "kernel log:"
        yield from (f"  [{line.step:4}] {line.text}" for line in log)


def _meaning(game: Game) -> str:
    if game.level.goal.safe:
        return "so it is not safe" if reached(game.machine, game.session.now) else "one schedule of many"
    ruling = game.ruling
    if ruling.reached:
        return "the goal is reached" + (f"; {ruling.why_not}" if ruling.why_not else "")
    return "not the goal"


def ran_report(game: Game, stopped: str) -> dict[str, Any]:
    """The same as plain values; `stopped` says why a step was not possible, "" where all were."""
    judged, ruling, view = judge(game.machine, game.session.now), game.ruling, game.view
    return {
        "level": game.level.id,
        "outcome": judged.outcome.value,
        "reached": ruling.reached,
        "scored": ruling.scored,
        "won": ruling.won,
        "steps": judged.score.steps,
        "preemptions": judged.score.preemptions,
        "digest": digest(game.machine, game.session.now.state),
        "schedule": schedule_text(game),
        "complete": not stopped,
        "stopped": stopped,
        "fault": _fault(game),
        "words": {word.name: word.value for word in view.words} or _all_words(game),
        "nodes": [{"node": node.node, "pages": node.pages, "free": node.free} for node in view.nodes],
        "threads": [
            {"letter": one.letter, "status": one.status, "next": one.next, "why": one.why} for one in view.threads
        ],
        "log": [{"step": line.step, "text": line.text} for line in view.log],
    }


def _all_words(game: Game) -> dict[str, str]:
    """All shared words that can change, for a level that does not say which of them matter."""
    machine, state = game.machine, game.session.now.state
    names = letters(machine)
    return {
        name_of(machine.program, address): word_text(machine.program, address, word, names)
        for address, word in zip(machine.image.addresses, state.memory, strict=True)
    }


def _fault(game: Game) -> dict[str, Any] | None:
    """Where and why the model faulted; None where it did not. What is not known is null."""
    ending = game.session.now.state.ending
    if ending.outcome is not Outcome.FAULT:
        return None
    span = ending.span
    return {
        "thread": letters(game.machine)[ending.thread] if ending.thread >= 0 else None,
        "file": span.file if span.line else None,
        "line": span.line or None,
        "function": _function_at(game.machine.program, span),
        "reason": ending.sentence,
    }


def _function_at(program: Program, span: Span) -> str | None:
    """The function that a place is in; None where it is in none."""
    around = (one for one in program.functions if one.span.file == span.file)
    return next((one.name for one in around if one.span.line <= span.line <= one.end.line), None)


def _place(fault: dict[str, Any]) -> str:
    where = f" at {fault['file']}:{fault['line']}" if fault["line"] else ""
    return (f" in {fault['function']}" if fault["function"] else "") + where
