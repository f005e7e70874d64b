# SPDX-License-Identifier: GPL-2.0-or-later
"""What every level keeps to, beyond the shape of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from attrs import evolve

from puzzles.judging.ask import Ask
from puzzles.levels.era import versions
from puzzles.levels.limits import (
    MAX_BOOT,
    MAX_BRIEFING_COLUMNS,
    MAX_BRIEFING_LINES,
    MAX_DEBRIEF_COLUMNS,
    MAX_DEBRIEF_LINES,
    MAX_DECIDES,
    MAX_HINT,
    MAX_ITEMS,
    MAX_LINE,
    MAX_PREEMPTIONS,
    MAX_SHORT,
    MAX_SHORT_SENTENCES,
    MAX_WHAT_IFS,
)
from puzzles.levels.model import Level, PackFile, Question
from sim import OOMS, Limit, Rules, Thread
from sim.numa import Topology, Version, node_of_cpu

MAX_THREADS = 4
MEMORY_MODELS = ("sc", "tso")
LEVEL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}/[1-9][0-9]{0,2}")
KERNEL_NAME = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}\.c")
COMMIT = re.compile(r"[0-9a-f]{7,40}")
NOTE = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")
"""The number of a section of the notes."""

_SENTENCE_END = re.compile(r"[.!?][)\"']*(?=\s|$)")
_NOT_EMPTY = ("title", "idea", "briefing", "hint", "debrief")

WrongKey = tuple[str, str]
"""A key path, and what is wrong there."""


def findings(level: Level, expected_id: str) -> Iterator[WrongKey]:
    """What is wrong with a level that stands where a level of `expected_id` belongs."""
    if level.id != expected_id:
        yield "id", f"{level.id!r} does not fit its folder; write {expected_id!r}"
    if not KERNEL_NAME.fullmatch(level.kernel):
        yield "kernel", f"{level.kernel!r} is no file name; write a name like linux-2.6.31.c, without folders"
    if level.era.strip():
        yield from _era(versions(level.era))
    if level.memory not in MEMORY_MODELS:
        yield "memory", f'{level.memory!r} cannot be simulated; write "tso", or "sc", or leave it out'
    if level.goal.outcome in OOMS and not any(thread.exhausted for thread in level.threads):
        yield "goal", "an OOM is judged by a thread's `exhausted` call, and no thread has one; add it"
    if level.variant_of:
        yield from _variant(level)
    if level.goal.safe and level.ask is Ask.FORCE:
        yield "ask", 'a goal that is safe cannot be forced; write "decide", or drop `safe` of the goal'
    yield from _texts(level)
    yield from _lists(level)
    yield from _threads(level.threads, level.machine)
    letters = [thread.letter for thread in level.threads]
    for index, limit in enumerate(level.limits):
        yield from _limit(limit, f"limit[{index}]", letters)
    if len(level.what_ifs) > MAX_WHAT_IFS:
        yield "what_if", f"there are {len(level.what_ifs)} questions; at most {MAX_WHAT_IFS}"
    for index, question in enumerate(level.what_ifs):
        yield from _question(level, question, f"what_if[{index}]")
    yield from _rules(level, letters)


def _question(level: Level, question: Question, path: str) -> Iterator[WrongKey]:
    """What is wrong with a question and its change, without the rest of the pack."""
    if not question.question.strip():
        yield f"{path}.question", "is empty; write what is changed, like `And without the limit?`"
    yield from _one_line(f"{path}.question", question.question)
    if evolve(question, question="") == Question(""):
        yield path, "changes nothing; give it set, kernel, memory, machine, cpu, run, limit or rules"
    if question.kernel and not KERNEL_NAME.fullmatch(question.kernel):
        yield (
            f"{path}.kernel",
            f"{question.kernel!r} is no file name; write a name like linux-2.6.31.c, without folders",
        )
    if question.memory and question.memory not in MEMORY_MODELS:
        yield f"{path}.memory", f'{question.memory!r} cannot be simulated; write "tso", or "sc", or leave it out'
    if len(question.sets) > MAX_ITEMS:
        yield f"{path}.set", f"has {len(question.sets)} entries; at most {MAX_ITEMS}"
    for lvalue, value in question.sets.items():
        yield from _one_line(f'{path}.set."{lvalue}"', f"{lvalue} = {value}")
    letters = [thread.letter for thread in level.threads]
    for key in ("cpu", "run"):
        for letter in getattr(question, key).keys() - set(letters):
            yield f"{path}.{key}", f"there is no thread {letter[:20]!r}; there are: {', '.join(letters)}"
    for run in question.run.values():
        yield from _one_line(f"{path}.run", run)
    yield from _moved(level, question, path)
    asked = evolve(level, rules=question.rules or Rules(), memory=question.memory or level.memory)
    yield from ((f"{path}.{key}", message) for key, message in _rules(asked, letters))
    if question.limits and len(question.limits) > MAX_ITEMS:
        yield f"{path}.limit", f"has {len(question.limits)} entries; at most {MAX_ITEMS}"
    for index, limit in enumerate(question.limits or ()):
        yield from _limit(limit, f"{path}.limit[{index}]", letters)


def _moved(level: Level, question: Question, path: str) -> Iterator[WrongKey]:
    """What is wrong with the CPUs of the threads after a change."""
    key = f"{path}.cpu" if question.cpu else f"{path}.machine"
    if not question.cpu and question.machine is None:
        return
    cpus = [question.cpu.get(thread.letter, thread.cpu) for thread in level.threads]
    for thread, cpu in zip(level.threads, cpus, strict=True):
        if cpus.count(cpu) > 1:
            yield key, f"{thread.letter} is on CPU {cpu} with another thread; give each its own"
        yield from ((key, message) for message in _cpu(cpu, question.machine or level.machine))


def _variant(level: Level) -> Iterator[WrongKey]:
    """What can be said of the sibling of a variant without the rest of the pack."""
    if not LEVEL_ID.fullmatch(level.variant_of):
        yield "variant_of", f"{level.variant_of[:50]!r} is no id of a level; write one like in-place/1"
    elif level.variant_of == level.id:
        yield "variant_of", "names this level itself; name the one that it is a variant of, or leave it out"


def _era(named: tuple[Version, ...]) -> Iterator[WrongKey]:
    if not named:
        yield "era", "names no kernel version; write it like 2.6.31 - 2.6.34"
    elif named[-1] < named[0]:
        yield "era", "ends before it begins; write the older version first"


def pack_findings(pack: PackFile) -> Iterator[WrongKey]:
    """What is wrong with a pack file."""
    yield from _one_line("title", pack.title)
    for index, chapter in enumerate(pack.chapters):
        for key in ("id", "title", "versions", "about"):
            yield from _one_line(f"chapter[{index}].{key}", getattr(chapter, key))
        if chapter.id in [other.id for other in pack.chapters[:index]]:
            yield f"chapter[{index}].id", f"{chapter.id!r} stands twice; keep one of them"
        for place, number in enumerate(chapter.levels):
            if number in chapter.levels[:place]:
                yield f"chapter[{index}].levels[{place}]", f"{number} stands twice; keep one of them"


def _texts(level: Level) -> Iterator[WrongKey]:
    for key in _NOT_EMPTY:
        if not getattr(level, key).strip():
            yield key, "is empty; write what a player needs to read there"
    for key in ("title", "idea", "era", "other_zonelists", "allowed"):
        yield from _one_line(key, getattr(level, key))
    yield from _one_line("goal.condition", level.goal.condition)
    if len(level.hint) > MAX_HINT:
        yield "hint", f"has {len(level.hint)} characters; at most {MAX_HINT}, it is a hint"
    yield from _short(level.short)
    yield from _block("briefing", level.briefing, MAX_BRIEFING_LINES, MAX_BRIEFING_COLUMNS)
    yield from _block("debrief", level.debrief, MAX_DEBRIEF_LINES, MAX_DEBRIEF_COLUMNS)


def _short(text: str) -> Iterator[WrongKey]:
    length, sentences = len(" ".join(text.split())), len(_SENTENCE_END.findall(text))
    if length > MAX_SHORT:
        yield "short", f"has {length} characters; at most {MAX_SHORT}, so that it fits beside what a run came to"
    if sentences > MAX_SHORT_SENTENCES:
        yield "short", f"has {sentences} sentences; at most {MAX_SHORT_SENTENCES}: what happened, why, what closed it"


def _one_line(key: str, text: str) -> Iterator[WrongKey]:
    if "\n" in text:
        yield key, "has a line break; write it in one line"
    elif len(text) > MAX_LINE:
        yield key, f"is longer than a line of {MAX_LINE} characters; shorten it"


def _block(key: str, text: str, most: int, wide: int) -> Iterator[WrongKey]:
    lines = text.rstrip("\n").split("\n")
    if len(lines) > most:
        yield key, f"has {len(lines)} lines; at most {most} fit on the screen"
    for number, line in enumerate(lines, 1):
        if columns(line) > wide:
            yield key, f"line {number} has {columns(line)} columns; at most {wide}, break it"


def columns(line: str) -> int:
    """Columns that a line of text takes on a terminal; a tab counts as eight."""
    return sum(8 if c == "\t" else 0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in line)


def _lists(level: Level) -> Iterator[WrongKey]:
    show = level.show
    lists = {"commits": level.commits, "sources": level.sources, "leaves_out": level.leaves_out}
    lists |= {"notes": level.notes, "decides": level.decides}
    lists |= {"rules.never_waits": level.rules.never_waits, "rules.never_enters": level.rules.never_enters}
    lists |= {"show.masks": show.masks, "show.counters": show.counters, "show.locks": show.locks}
    for key, texts in lists.items():
        if len(texts) > MAX_ITEMS:
            yield key, f"has {len(texts)} entries; at most {MAX_ITEMS}"
        for index, text in enumerate(texts):
            yield from _one_line(f"{key}[{index}]", text)
    for index, commit in enumerate(level.commits):
        if not COMMIT.fullmatch(commit):
            yield f"commits[{index}]", f"{commit[:50]!r} is no commit id; write 7 to 40 hex digits, better 12"
    for index, note in enumerate(level.notes):
        if not NOTE.fullmatch(note):
            yield f"notes[{index}]", f"{note[:50]!r} is no section of the notes; write its number, like 4.5"
    if len(level.decides) > MAX_DECIDES:
        yield "decides", f"names {len(level.decides)} places; at most {MAX_DECIDES}"
    if len(level.limits) > MAX_ITEMS:
        yield "limit", f"has {len(level.limits)} entries; at most {MAX_ITEMS}"
    if len(level.boot) > MAX_BOOT:
        yield "boot", f"has {len(level.boot)} entries; at most {MAX_BOOT}"
    for lvalue, value in level.boot.items():
        yield from _one_line(f'boot."{lvalue}"', f"{lvalue} = {value}")


def _threads(threads: tuple[Thread, ...], machine: Topology) -> Iterator[WrongKey]:
    if not 1 <= len(threads) <= MAX_THREADS:
        yield "thread", f"there are {len(threads)} threads; a level has 1 to {MAX_THREADS}"
    for index, thread in enumerate(threads):
        path = f"thread[{index}]"
        for key in ("name", "run", "current", "exhausted"):
            yield from _one_line(f"{path}.{key}", getattr(thread, key))
        if not thread.name.strip():
            yield f"{path}.name", "is empty; write a word like allocator"
        for key in ("letter", "name", "cpu"):
            earlier = [getattr(other, key) for other in threads[:index]]
            if getattr(thread, key) in earlier:
                first = earlier.index(getattr(thread, key))
                message = f"{getattr(thread, key)!r} is that of thread[{first}] too; give each its own"
                yield f"{path}.{key}", message
        yield from ((f"{path}.cpu", message) for message in _cpu(thread.cpu, machine))


def _cpu(cpu: int, machine: Topology) -> Iterator[str]:
    try:
        node_of_cpu(machine, cpu)
    except ValueError:
        cpus = ", ".join(str(number) for node in machine.nodes for number in node.cpus) or "none"
        yield f"CPU {cpu} belongs to no node; give it to one in machine.nodes (there are: {cpus})"


def _limit(limit: Limit, path: str, letters: list[str]) -> Iterator[WrongKey]:
    choice = ", ".join(letters)
    if limit.thread not in letters:
        yield f"{path}.thread", f"there is no thread {limit.thread!r}; there are: {choice}"
    if bool(limit.hold_at) == bool(limit.start_after):
        yield path, "a limit has either hold_at or start_after; give one of them"
    if limit.start_after:
        by, _, place = limit.start_after.strip().partition(" ")
        if by not in letters or not place.strip():
            yield f"{path}.start_after", f"write a thread and a place, like {letters[0]} function:label"
        elif by == limit.thread:
            yield f"{path}.start_after", f"{by} would wait for itself; name another thread"


def _rules(level: Level, letters: list[str]) -> Iterator[WrongKey]:
    """What is wrong with the rules for runs, as far as that needs no kernel."""
    rules, choice = level.rules, ", ".join(letters)
    if rules.preemptions is not None and not 0 <= rules.preemptions <= MAX_PREEMPTIONS:
        yield "rules.preemptions", f"is {rules.preemptions}; write 0 to {MAX_PREEMPTIONS}, or leave it out"
    if rules.preemptions is not None and level.memory == "tso":
        yield (
            "rules.preemptions",
            'cannot be bounded with memory = "tso", where drains preempt nobody; drop one',
        )
    for index, letter in enumerate(rules.never_waits):
        if letter not in letters:
            yield f"rules.never_waits[{index}]", f"there is no thread {letter[:50]!r}; there are: {choice}"
    for index, rule in enumerate(rules.never_enters):
        letter, _, place = rule.strip().partition(" ")
        if letter not in letters or not place.strip():
            yield f"rules.never_enters[{index}]", f"write a thread and a place, like {letters[0]} function:label"
