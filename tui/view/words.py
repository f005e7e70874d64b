# SPDX-License-Identifier: GPL-2.0-or-later
"""Sentences about what happened: the same in every mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from puzzles.levels import Level
from puzzles.oomlog import oom_constraint, report
from puzzles.reasons.claim import PART_SENTENCE, Claimed, TriedMark
from puzzles.zones import free_pages, node_of_zone
from sim import OOMS, Machine, Outcome, Program, Span, State
from sim.debugger import Moment, letters, lock_text, name_of, word_text
from sim.debugger.sentences import has_done
from sim.machine.events import Accessed, Blocked, Drained, Ended, Event, Finished, Marked
from sim.operations.marks import MarkKind
from sim.reasons import Bearing, Statement, groups_of
from tui.view.counts import counts
from tui.view.goals import reached_text
from tui.view.model import Reach


def event_text(machine: Machine, state: State, event: Event) -> str:
    """One event in a sentence; `state` is the state after it."""
    names = letters(machine)
    match event:
        case Accessed():
            return f"{names[event.thread]} {_access(machine, event)}"
        case Drained():
            name = name_of(machine.program, event.address)
            old, new = (word_text(machine.program, event.address, word, names) for word in (event.old, event.new))
            return f"{names[event.thread]}'s store reaches memory: {name} {old} -> {new}"
        case Blocked():
            lock = name_of(machine.program, event.address)
            return f"{names[event.thread]} waits for {lock}: {lock_text(machine, state, event.address, event.thread)}"
        case Marked():
            return f"{names[event.thread]}: {_mark(machine, state, event)}"
        case Finished():
            return f"{names[event.thread]} has finished"
        case Ended():
            return ending_text(machine, state)


def _access(machine: Machine, event: Accessed) -> str:
    names = letters(machine)
    old, new = (word_text(machine.program, event.address, word or 0, names) for word in (event.old, event.new))
    name, changed = name_of(machine.program, event.address), event.old != event.new
    return has_done(event.kind, name, old, new, changed=changed, buffered=event.buffered)


def _mark(machine: Machine, state: State, event: Marked) -> str:
    match event.kind:
        case MarkKind.ALLOCATION_BEGIN:
            return "allocation begins"
        case MarkKind.ALLOCATION_FAILED:
            return "allocation failed: NULL"
        case MarkKind.PAGE_ALLOCATED:
            node = node_of_zone(machine, state, event.value or 0)
            return f"page of node {node} allocated" if node is not None else "page allocated"
        case MarkKind.REBIND_BEGIN:
            return "rebind begins"
        case MarkKind.REBIND_END:
            return "rebind ends"
        case _:
            assert_never(event.kind)


def ending_text(machine: Machine, state: State) -> str:
    """How the run ended, in a sentence."""
    ending = state.ending
    if ending.outcome in OOMS:
        free, pages = free_pages(machine, state)
        why = ", its nodes were exhausted" if ending.outcome is Outcome.OOM_GENUINE else ""
        call = f"OOM killer invoked by {letters(machine)[ending.thread]} with {free} of {pages} pages free"
        return f"{call}: {ending.outcome.words}{why}"
    where = f" at {ending.span}" if ending.span.line else ""
    return f"{ending.outcome.words}{where}" + (f": {ending.sentence}" if ending.sentence else "")


def run_sentence(machine: Machine, moment: Moment) -> str:
    """How a run has ended, or round which circle it goes, in a sentence."""
    if moment.outcome is Outcome.OPEN and moment.circle is not None and moment.thread is not None:
        letter = letters(machine)[moment.thread]
        others = "nobody else could move" if moment.circle is Outcome.LIVELOCK else "others could have moved"
        return f"{moment.circle.words}: by its own steps {letter} came back to a state of this run; {others}"
    return ending_text(machine, moment.state)


def oom_report(level: Level, machine: Machine, state: State) -> list[str]:
    """What the kernel log says after an OOM: the report of the level's era, then the game's verdict."""
    lines = report(level, machine, state)
    if not lines:
        return []
    when = "no" if state.outcome is Outcome.OOM_PREMATURE else "some"
    verdict = f"{state.outcome.words}; at {when} instant were all its nodes exhausted"
    return [*lines, f"verdict: {verdict}; the kernel's own reason is {oom_constraint(level, machine, state).value}"]


def either(words: Sequence[str]) -> str:
    """Words to choose from: `a`, `a or r`, `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


BECAUSE = "because of which line? type claim safe LINE [LINE ...], or mark it in the source (Z); nothing is settled"
"""What is asked of a claim that names no reason."""


MARKABLE = "can be marked: statements; no loop, no declaration, no return"
"""What a mark can stand at, in short."""

MARK_RULES = (
    "What can be marked is a statement: an assignment, a call, a goto, break or continue, an if without else. No "
    "loop, no declaration, no return. What belongs to it, such as the unlock to a lock, goes with it."
)
AT_PAR = "A claim is at par if it names, for each thread that executes a line that is a reason, one such line."
"""What the third star of a claim is given for."""

CLAIM_RULES = (
    "A line is a reason if the goal can be reached without it. A line without which it is still safe is a miss, and "
    f"so is a claim of what can be reached. {AT_PAR} {MARK_RULES}"
)


STAYS = "your claim stays as it was"
"""What is said where a line was added to a right claim that is no reason."""


def missing_text(missing: int | None, *, lacking: bool) -> str:
    """For how many threads a right claim names no line; `lacking` says that one can be added, to be at par."""
    if missing is None:
        return "Whether a line is missing for another thread was not found out in the time for that."
    if not missing:
        return "Your claim is complete: no other thread has a line that could be added."
    threads = "one more thread" if missing == 1 else f"{missing} more threads"
    lines = "a line is" if missing == 1 else "lines are"
    if not lacking:
        return f"For {threads} {lines} missing."
    until = "until you open the lesson or the debrief"
    add = f"claim safe LINE adds one to your claim, or a mark in the source (Z) and S, {until}"
    lack = f"For {threads} {lines} missing: {add}. One that is no reason is a miss, and costs the star at par alone."
    return f"{lack} {AT_PAR}"


def place_text(machine: Machine, statement: Statement) -> str:
    """The line of a statement as it is claimed: its number, in a header with the file."""
    head = statement.head
    return f"line {head.line}" if head.file == machine.program.name else f"{head.file}:{head.line}"


def statement_text(statement: Statement) -> str:
    """Where a statement stands, and its text."""
    head = statement.head
    return f"{head.file}:{head.line} in {statement.function}: {statement.text.removesuffix(';')}"


def going_text(program: Program, statement: Statement) -> str:
    """What goes with a statement that is taken away, and what besides if it does not bear alone; "" for nothing."""
    groups, file = groups_of(program), statement.head.file
    along, alike = lines_text(groups.along(statement), file), lines_text(groups.alike(statement), file)
    return "; ".join(
        filter(
            None, (along and f"with it {along}", alike and f"together with {alike} if none of them is a reason alone")
        )
    )


def lines_text(statements: Iterable[Statement], file: str) -> str:
    """The lines of statements, with their file where that is another one; "" for none."""
    heads = (statement.head for statement in statements)
    lines = dict.fromkeys(str(head.line) if head.file == file else f"{head.file}:{head.line}" for head in heads)
    return " and ".join(filter(None, (", ".join(list(lines)[:-1]), *list(lines)[-1:])))


def _going(program: Program, statement: Statement) -> str:
    going = going_text(program, statement)
    return f" ({going})" if going else ""


def marked_text(marks: Sequence[Span], along: Sequence[Span] = ()) -> str:
    """Where what is marked as reasons stands, and what goes along."""
    marked, with_ = (", ".join(dict.fromkeys(f"{span.file}:{span.line}" for span in spans)) for spans in (marks, along))
    return f"marked as reasons: {marked}" + (f"; may go with that: {with_}" if with_ else "")


def claim_text(settled: Settled) -> str:
    """What came of a claim that is not wrong, in a sentence."""
    if settled.right:
        return f"right: safe in this model, {settled.states:,} states exhausted"
    return f"undecided: {settled.bound}"


WRONG = "a miss: at least one schedule reaches it; counterexample shows one, and then it wins nothing"
"""What is said of a claim that a schedule proves wrong, which is not shown unasked: it need not be a best one."""


def hindering_texts(claimed: Claimed) -> Iterator[str]:
    """Why nothing is settled: marks that are parts of the machine, or on which a search came to no end."""
    for mark in claimed.hindering:
        part = mark.bearing is Bearing.PART
        why = f"{PART_SENTENCE} ({mark.trial.why})" if part else f"undecided: {mark.trial.why}"
        yield f"{statement_text(mark.statement)}: {why}"
    yield "nothing is settled, and it is no miss: mark another line"


NOTHING_BEARS = "of no single line: without any one that can be marked it is still safe, or does not work at all"
"""What is said of a level that is safe, and not because of any statement alone."""


def idle_texts(machine: Machine, claimed: Claimed) -> Iterator[str]:
    """That a level is safe, but not because of what was marked."""
    miss = "a miss: " if claimed.missed else ""
    for mark in claimed.idle:
        order = " under sequential consistency" if mark.statement.barrier and not machine.tso else ""
        tried = _tried(machine.program, mark.statement)
        yield f"{miss}still safe without {tried}{order}: {statement_text(mark.statement)}"


def _tried(program: Program, statement: Statement) -> str:
    """Without what it is still safe: an `if` can be safe as always true, with nothing gone along."""
    along = () if statement.text.startswith("if ") else groups_of(program).along(statement)
    return "it" + (f" and {lines_text(along, statement.head.file)}" if along else "")


def bearing_text(machine: Machine, mark: TriedMark) -> str:
    """What a statement that bears prevents."""
    others = "" if mark.statement.head.file == machine.program.name else ", in all its uses"
    counted = f", {counts(mark.best)}" if mark.best else ""
    gone = groups_of(machine.program).gone(mark.trial.race.cuts if mark.trial.race else {}) - {mark.statement}
    with_ = lines_text(sorted(gone, key=lambda each: each.head), mark.statement.head.file)
    without = f"it and {with_}" if with_ else "it"
    return f"{statement_text(mark.statement)}{others}; without {without} a schedule reaches it{counted}"


def drains_text(letter: str, stores: Sequence[str]) -> str:
    """The stores that wait in the buffer of a thread's CPU, the one that a drain takes first."""
    return f"~{letter} drains: {', then '.join(stores)}"


def greeting(letters: Sequence[str], ask: Ask) -> str:
    """What is to be pressed or typed first; `letters` are those of the threads."""
    claim = " S claims that no schedule reaches the goal." if ask is Ask.DECIDE else ""
    steps = f'{either([letter.lower() for letter in letters])}: that thread does what is behind its "next"'
    return f"{steps}.{claim} ? lists all keys."


def what_if_sentence(level: Level, sets: Sequence[str], kernel: str) -> str:
    """That a level is played with changes, which are not scored; "" without any. `kernel` is its name or file."""
    changes = what_if_text(level, sets, kernel)
    back = "" if kernel or level.other_goal else " :set alone goes back to the level as it is."
    return f"What if {changes}: not scored.{back}" if changes else ""


def what_if_text(level: Level, sets: Sequence[str], kernel: str) -> str:
    """The changes with which a level is played; "" without any."""
    goal = [f"the goal were {reached_text(level)}"] if level.other_goal else []
    return ", ".join((*sets, *([f"kernel {kernel}"] if kernel else []), *goal))


def claim_question(level: Level, program: Program, marks: Sequence[Statement]) -> str:
    """What is asked before a claim is put to the explorer."""
    said = f"You say that no schedule at all reaches: {reached_text(level)}"
    because = " and of ".join(statement_text(mark) + _going(program, mark) for mark in marks)
    return f"{said}, because of {because}. If that is wrong, it counts as a miss. Is that your answer?"


def added_question(program: Program, marks: Sequence[Statement]) -> str:
    """What is asked before lines are added to a right claim."""
    added = " and ".join(statement_text(mark) + _going(program, mark) for mark in marks)
    return f"You add to your claim: {added}. If it is safe without that, it counts as a miss. Is that your answer?"


def left_out_sentence(level: Level) -> str:
    """What belongs to each right claim: that the model leaves things out, and what is typed to read which."""
    count = len(level.left_out)
    if count == 1:
        return f"The model leaves out {level.left_out[0]}."
    return f"The model leaves out {count} things: model (M) lists them."


LESSON_SENTENCE = "That was on the kernel without your line, and wins nothing: lesson (Y) goes back to your run."
WHAT_IF_SENTENCE = "That was a what if, and wins nothing: whatif (W) goes back to your run."
SHOWN_SENTENCE = "The goal is reached, but by a way that was shown to you: no win. u steps back, x starts again."


def verdict_text(*, won: bool, scored: bool = True, shown: bool = False) -> str:
    """What a run is worth that is over, in a few words before all else.

    `scored` says that the level was not changed, `shown` that the run reaches the goal as the player was shown.
    """
    if won:
        return "Solved." if scored else "Reached."
    return "Shown to you, no win." if shown else "Not the goal."


def loss_sentence(ending: str, lost: int) -> str:
    """What is said when a run is over and the goal is not reached.

    `lost` is the step that lost it, 0 where that is not known or not to be told. The letters are keys, and short names
    of commands.
    """
    why = f"out of reach since step {lost}: o goes before it" if lost else "why not? l lists who read what"
    return f"{sentence(ending)}. Not the goal; {why}; u steps back, x starts again"


def reach_sentence(reach: Reach | None, letters: Sequence[str], *, stopped: bool) -> str:
    """Whether the goal can still be reached; "" where that is not known.

    `letters` are the threads that can go on, `stopped` says that one of the others has finished.
    """
    if reach is Reach.OUT and letters and stopped:
        go = "goes" if len(letters) == 1 else "go"
        return f"nobody can reach the goal any more; {' and '.join(letters)} {go} on"
    return f"the goal is {reach.value}" if reach else ""


def help_text(help_: str) -> str:
    """The help that was had with a level, as a replay's header has it, in words."""
    return f"help: {help_}" if help_ else "no help"


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]
