# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of a schedule on another kernel: whether it lives, and else where and why it dies, in a sentence."""

from __future__ import annotations

from typing import TypeGuard, assert_never

from puzzles.replays.transfer import Death, Landmark, Transferred
from sim import Machine, Outcome
from sim.debugger import Moment, letters, obstacle, over, pending
from sim.debugger.naming import names
from sim.machine.events import Accessed, Drained, Event, Marked
from sim.operations.marks import MarkKind
from sim.ordinal import ordinal
from tui.view.standing import standing, step_texts
from tui.view.words import event_text, run_sentence

_RESULTS = (MarkKind.PAGE_ALLOCATED, MarkKind.ALLOCATION_FAILED)


def transferred_text(machine: Machine, transferred: Transferred, release: str = "") -> str:
    """Whether a schedule lives on this machine, and else where it dies: function, word and value.

    `release` is what the kernel is called, "" for the name of its file.
    """
    judgement, died = transferred.judgement, transferred.died
    end = f"{judgement.outcome.words} with {judgement.score}"
    if died is not None and transferred.death is not None:
        drain = "~" if died.operation.kind is None else ""
        entry = f"its {ordinal(transferred.run)} entry, {drain}{died.operation.thread}{died.steps}"
        why = _why(machine, transferred, died, transferred.death, release or machine.program.name)
        return f"the schedule dies at step {transferred.last.steps}, in {entry}: {why}"
    if transferred.lives and judgement.outcome is Outcome.OPEN:
        return f"the schedule lives so far: {judgement.score}"
    if transferred.lives:
        return f"the schedule lives: {end}"
    changed, last = _changed(machine, transferred), _last_thread(machine, transferred.last)
    claimed = transferred.claimed.outcome.words
    return f"the schedule dies at its end: {changed}it comes to {end}, not to {claimed}{last}"


def _last_thread(machine: Machine, now: Moment) -> str:
    """Where the thread that moved last stands, or else another one, while the run goes on; "" where it is over."""
    threads = sorted(range(len(machine.threads)), key=lambda thread: thread != now.turn)
    going = [(thread, operation) for thread in threads if (operation := pending(machine, now.state, thread))]
    if not going or over(machine, now):
        return ""
    thread, operation = going[0]
    stuck, where = obstacle(machine, now, thread), standing(machine, now, thread)
    return f"; {stuck} ({where})" if stuck else f"; {letters(machine)[thread]} next: {operation.sentence} {where}"


def _why(machine: Machine, transferred: Transferred, died: Landmark, death: Death, kernel: str) -> str:
    """What keeps a thread from its landmark, and which that is."""
    letter, now = died.operation.thread, transferred.last
    if death is Death.NO_THREAD:
        return f"there is no thread {letter} in this level"
    thread, absent = letters(machine).index(letter), _absent(machine, died)
    stopped = now.state.threads[thread].finished or over(machine, now)
    changed = _changed(machine, transferred) if stopped and not absent and died.operation.kind else ""
    why = f": there is no {absent} in {kernel}" if absent else ""
    drains = died.operation.kind is None and death is Death.STUCK
    stop = obstacle(machine, now, ~thread) if drains else _stopped(machine, now, thread, death)
    return f"{changed}{stop}, and never comes to {died}{why}"


def _stopped(machine: Machine, now: Moment, thread: int, death: Death) -> str:
    """Where a thread is that does not come any further, in words that go on with `and`."""
    letter, operation = letters(machine)[thread], pending(machine, now.state, thread)
    where = standing(machine, now, thread)
    match death:
        case Death.CIRCLE:
            return f"{letter} goes round in circles, in which it {_in_circle(machine, now, thread)}"
        case Death.LIMIT:
            return f"{letter} goes on and on, its next operation: {operation.sentence if operation else ''} {where}"
        case Death.STUCK | Death.NO_THREAD:
            if now.state.threads[thread].finished:
                return f"{letter} has finished{_result(machine, now, thread)}"
            if over(machine, now):
                return f"{letter} is stopped, for the run is over ({run_sentence(machine, now)})"
            return f"{obstacle(machine, now, thread)} ({where})"
        case _:
            assert_never(death)


def _result(machine: Machine, now: Moment, thread: int) -> str:
    """What the last allocation of a thread came to; "" where it made none."""
    for moment in reversed([*now.line()]):
        for event in moment.events:
            if isinstance(event, Marked) and event.thread == thread and event.kind in _RESULTS:
                return f" ({event_text(machine, moment.state, event).partition(': ')[2]})"
    return ""


def _changed(machine: Machine, transferred: Transferred) -> str:
    """The read that did not go as where the schedule was played, and a semicolon; "" for none."""
    changed = transferred.changed
    if changed is None:
        return ""
    read = _access_text(machine, changed.moment)
    if changed.value:
        return f"{read}, not {changed.value} as where the schedule was played; "
    return f"{read}, a read not made where the schedule was played; "


def _in_circle(machine: Machine, now: Moment, thread: int) -> str:
    """The access on a thread's circle to the word that another one was the last to write; of none, the last access."""
    line = list(now.line())
    written = {event.address: moment.steps for moment in line for event in moment.events if _wrote(event, thread)}
    turn = [moment for moment in line if now.same is None or moment.steps > now.same.steps]
    waited = max(turn, key=lambda moment: (written.get(_accessed(moment), 0), moment.steps))
    return _access_text(machine, waited).partition(" ")[2]


def _wrote(event: Event, thread: int) -> TypeGuard[Accessed | Drained]:
    """Whether an event is that another thread changed a word."""
    return isinstance(event, Accessed | Drained) and event.thread != thread and event.old != event.new


def _accessed(moment: Moment) -> int:
    """The address of the word that a step accessed; 0 for none."""
    return next((event.address for event in moment.events if isinstance(event, Accessed)), 0)


def _access_text(machine: Machine, moment: Moment) -> str:
    """What a step did to its word, and where."""
    texts = zip(step_texts(machine, moment), moment.events, strict=True)
    return next(text for text, event in texts if isinstance(event, Accessed))


def _absent(machine: Machine, landmark: Landmark) -> str:
    """The function or the word of a landmark that a machine does not have; "" where it has both."""
    operation, program = landmark.operation, machine.program
    if operation.function and program.function(operation.function) is None:
        return operation.function
    words = {name.text for name in names(program).values()}
    return operation.name if operation.name and operation.name not in words else ""
