# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder: every access of a run to the words that several threads touch."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sim import Machine
from sim.debugger import Moment, letters, name_of, word_text
from sim.debugger.sentences import on_word
from sim.machine.events import Accessed, Drained
from sim.operations.kinds import OperationKind
from tui.view.model import LadderRung
from tui.view.standing import walk_text


def ladder_rungs(machine: Machine, now: Moment) -> Iterator[LadderRung]:
    """Each access to a word that several threads have touched up to a moment, word by word."""
    rungs: dict[int, list[LadderRung]] = {}
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for moment in now.line():
        for event in moment.events:
            if isinstance(event, Drained):
                rungs.setdefault(event.address, []).append(_drained_rung(machine, moment.steps, event))
            elif isinstance(event, Accessed) and event.address and event.old is not None and event.new is not None:
                place = event.thread, event.address
                rung = _rung(machine, moment.steps, event, last.get(place))
                walk = walk_text(machine, moment.parent or moment, event.thread)
                rungs.setdefault(event.address, []).append(evolve(rung, walk=walk))
                last[place] = moment.steps, event.new
    for of_word in rungs.values():
        if len({rung.letter for rung in of_word}) > 1:
            yield from of_word


def _rung(machine: Machine, step: int, event: Accessed, last: tuple[int, int] | None) -> LadderRung:
    """`last` is the step and the value of this thread's last access to the word."""
    names = letters(machine)
    old, new = (word_text(machine.program, event.address, word or 0, names) for word in (event.old, event.new))
    text = on_word(event.kind, old, new, changed=event.old != event.new)
    note = "to the store buffer" if event.buffered else ""
    if last is not None and event.kind is OperationKind.READ and last[1] != event.old:
        note = f"was {word_text(machine.program, event.address, last[1], names)} at step {last[0]}"
    return LadderRung(step, names[event.thread], text, name_of(machine.program, event.address), note)


def _drained_rung(machine: Machine, step: int, event: Drained) -> LadderRung:
    names = letters(machine)
    old, new = (word_text(machine.program, event.address, word, names) for word in (event.old, event.new))
    return LadderRung(
        step, names[event.thread], f"drain {old} -> {new}", name_of(machine.program, event.address), "reaches memory"
    )
