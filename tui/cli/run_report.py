# SPDX-License-Identifier: GPL-2.0-or-later
"""What is told of a schedule that was played without a screen: in lines, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from puzzles.judging.faults import fault_report, fault_text
from puzzles.judging.judge import judge
from puzzles.replays.showing import moves_to
from sim import Outcome
from sim.debugger import letters, name_of, word_text
from sim.explore import ModelFault
from sim.explore.faults import fault_after
from sim.machine.digest import digest
from tui.actions.look import state_lines
from tui.game.game import Game
from tui.player.replays import schedule_text
from tui.view.kills import kill_texts, kill_word


def run_lines(game: Game) -> Iterator[str]:
    """The outcome, where and why the model faulted, the schedule, the last state, what decided a kill, the log."""
    judged = judge(game.machine, game.session.now)
    yield f"outcome: {judged.outcome.words}, {_meaning(game)}"
    if fault := _fault(game):
        yield f"fault: {fault_text(game.machine, fault)}"
    yield f"schedule: {schedule_text(game) or 'empty'}"
    yield from state_lines(game)
    if not game.view.words:
        yield from (f"{name} {value}" for name, value in _all_words(game).items())
    yield from (f"{kill_word(game.session.now)}: {text}" for text in kill_texts(game.machine, game.session.now))
    if log := game.view.log:
        yield "kernel log:"
        yield from (f"  [{line.step:4}] {line.text}" for line in log)


def _meaning(game: Game) -> str:
    ruling = game.ruling
    if ruling.reached:
        return "the goal is reached" + (f"; {ruling.why_not}" if ruling.why_not else "")
    return "not the goal"


def run_report(game: Game, stopped: str) -> dict[str, Any]:
    """The same as plain values; `stopped` says why a step was not possible, "" where all were."""
    judged, ruling, view = judge(game.machine, game.session.now), game.ruling, game.view
    fault = _fault(game)
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
        "fault": fault_report(game.machine, fault) if fault else None,
        "words": {word.name: word.value for word in view.words} or _all_words(game),
        "nodes": [{"node": node.node, "pages": node.pages, "free": node.free} for node in view.nodes],
        "threads": [
            {
                "letter": thread.letter,
                "status": thread.status,
                "next": thread.next,
                "walk": thread.walk,
                "why": thread.why,
            }
            for thread in view.threads
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


def _fault(game: Game) -> ModelFault | None:
    """Where and why the model faulted; None where it did not."""
    now = game.session.now
    return fault_after(game.machine, moves_to(now)) if now.outcome is Outcome.FAULT else None
