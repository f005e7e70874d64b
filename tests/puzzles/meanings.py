# SPDX-License-Identifier: GPL-2.0-or-later
"""What versions stand for, on levels that never change: python -m tests.puzzles.meanings writes down what it is today.

A replay, a journal or a cached proof says by which version it was made. If the same version meant something else
tomorrow, what players have stored would be wrong and nobody told. So each version is stored with what it means.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from attrs import asdict, frozen

from puzzles.journals import Head, Journal
from puzzles.journals.records import VERSION as JOURNAL_VERSION
from puzzles.levels import Level, Pack, build_machine, level_hash, load_pack
from puzzles.notation import read_replay, write_replay
from puzzles.notation.headers import FORMAT_VERSION
from puzzles.proofs import lock_text
from puzzles.proofs.prove import prove
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.schedules import move_numbers, schedule_line
from sim import Machine, Outcome, State
from sim.debugger import Session, name_of
from sim.explore import explore
from sim.machine.digest import digest, digest_text
from sim.machine.events import Accessed, Drained
from tui.explorer.cache import EXPLORER_VERSION

DATA: Final = Path(__file__).parents[1] / "data"
STORED: Final = DATA / "meanings.json"
WRITE: Final = "python -m tests.puzzles.meanings"

MOST: Final = 40

Meanings: TypeAlias = dict[str, str]
"""What is so, by what it is about."""


@frozen
class Version:
    """A version, where it stands, what else a change of it needs, and what it means now."""

    number: str
    place: str
    advice: str
    meanings: Callable[[], Meanings]


def steps() -> Meanings:
    """What steps do: a few runs step by step, and the sum of all steps of all states."""
    return {about: meaning for level in pack().levels for about, meaning in steps_of(level)}


def steps_of(level: Level) -> Iterator[tuple[str, str]]:
    """What steps do on one level: about what, and the meaning."""
    machine = build_machine(level)
    for name, run in _runs(machine):
        yield f"{level.title}, {name}", " ".join(_told(machine, run))
    yield f"{level.title}, all steps", _all_steps(machine)


def _runs(machine: Machine) -> Iterator[tuple[str, list[int]]]:
    moves = list(machine.moves)
    yield "each thread to its end", _run(machine, lambda _: moves)
    yield "the last thread first", _run(machine, lambda _: moves[::-1])
    yield "in turns", _run(machine, lambda step: moves[step % len(moves) :] + moves)


def _run(machine: Machine, order: Callable[[int], list[int]]) -> list[int]:
    """The moves of a run in which, at each step, the first in order that can move does; no more than MOST."""
    made: list[int] = []
    state = machine.boot()
    while state.outcome is Outcome.OPEN and len(made) < MOST:
        made.append(next(move for move in order(len(made)) if machine.enabled(state, move)))
        state = machine.step(state, made[-1]).state
    return made


def _told(machine: Machine, run: list[int]) -> Iterator[str]:
    """Each move with the word that it was about and the digest of the state that it led to; the outcome at the end."""
    state = machine.boot()
    for move in run:
        step = machine.step(state, move)
        event = step.events[0]
        assert isinstance(event, Accessed | Drained)
        word = name_of(machine.program, event.address) if event.address else "-"
        yield f"{schedule_line(machine, [move])} {word} #{digest(machine, step.state)};"
        state = step.state
    yield state.outcome.value


def _all_steps(machine: Machine) -> str:
    states, left, lines = {machine.boot()}, [machine.boot()], []
    while left:
        state = left.pop()
        for move in machine.moves:
            if machine.enabled(state, move):
                after = machine.step(state, move).state
                lines.append(f"{_shown(machine, state)}{move}\n{_shown(machine, after)}")
                left += [after] if after not in states else []
                states.add(after)
    return f"{len(states)} states, {len(lines)} steps, {sha256(''.join(sorted(lines)).encode()).hexdigest()}"


def _shown(machine: Machine, state: State) -> str:
    return f"{digest_text(machine, state)}{state.outcome.value}\n"


def proofs() -> Meanings:
    """What searches find, and how a lock file says it."""
    told: Meanings = {}
    for level in pack().levels:
        text = json.loads(lock_text({level.id: prove(level)}))[level.id]
        told |= {f"{level.title}, {name}": json.dumps(value) for name, value in text.items() if name != "level_hash"}
        outcomes = explore(build_machine(level), None).outcomes
        told[f"{level.title}, outcomes"] = " ".join(sorted(outcome.value for outcome in outcomes))
    return told


def journals() -> Meanings:
    """The lines of a journal: a run with a branch, undone steps and a note."""
    machine = build_machine(level_of("buffers"))
    session = Session(machine)
    with TemporaryDirectory() as folder:
        head = Head("steps/1", "sha256:0", "0", ("x=1",), "other.c", "sha256:1", "bug")
        journal = Journal(Path(folder), machine, head, session.now)
        for moves, back in (("A4 ~A R2", 3), ("R1 A1", 0), ("~R", 0)):
            for move in move_numbers(machine, moves):
                session.step(move)
            session.back(back)
            journal.keep(session.now, notes={"light": not back})
        journal.close()
        (file,) = Path(folder).glob("*.journal")
        return {f"line {number}": line for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)}


def replays() -> Meanings:
    """A replay with all that there can be in one, as it is written again, and what is read in it."""
    replay = read_replay((DATA / "meanings" / "replay.race").read_bytes())
    return {
        "text": write_replay(replay),
        "headers": str(replay.headers),
        "items": str([asdict(item) for item in replay.line.items]),
    }


def hashes() -> Meanings:
    """The hashes of the levels."""
    return {level.title: level_hash(level) for level in pack().levels}


@lru_cache(maxsize=1)
def pack() -> Pack:
    """The levels that never change."""
    return load_pack(DATA / "meanings")


def level_of(title: str) -> Level:
    """One of them."""
    return next(level for level in pack().levels if level.title == title)


VERSIONS: Final[Mapping[str, Version]] = {
    "steps": Version(
        SEMANTICS_VERSION,
        "SEMANTICS_VERSION in puzzles/replays/semantics.py",
        "say in docs/replay.md what a step means now",
        steps,
    ),
    "proofs": Version(
        EXPLORER_VERSION,
        "EXPLORER_VERSION in tui/explorer/cache.py",
        "prove the game's levels again: oomrace check --write",
        proofs,
    ),
    "journals": Version(
        str(JOURNAL_VERSION),
        "VERSION in puzzles/journals/records.py",
        "say in docs/replay.md what a journal holds now",
        journals,
    ),
    "replays": Version(
        FORMAT_VERSION,
        "FORMAT_VERSION in puzzles/notation/headers.py",
        "say in docs/replay.md how a replay is written now",
        replays,
    ),
    "hashes": Version("", "nothing, but let unchanged levels keep their hashes", "for replays name them", hashes),
}


def objections(stored: Mapping[str, Mapping[str, str]], name: str, version: Version) -> Iterator[str]:
    """What is to be done where a version and its meaning do not go together any more."""
    old = stored[name]
    if old.get("version", "") != version.number:
        yield f"{name}: version {version.number} is new; store what it means: {WRITE}"
        return
    new = version.meanings()
    yield from changes(old, new, name, version)
    for about in sorted(new.keys() - old.keys()):
        yield f"{name}: {about}: is new; store what it means: {WRITE}"


def changes(old: Mapping[str, str], new: Mapping[str, str], name: str, version: Version) -> Iterator[str]:
    """What the stored version meant, and does not mean any more."""
    for about in sorted(old.keys() - {"version"}):
        if old[about] != new.get(about):
            yield (
                f"{name}: {about}: {_difference(old[about], new.get(about, ''))}: raise {version.place}, "
                f"{version.advice}, then: {WRITE}"
            )


def _difference(old: str, new: str) -> str:
    """The first items, divided by semicolons, in which two texts differ."""
    pairs = zip(old.split(";"), new.split(";"), strict=False)
    before, after = next(((one, other) for one, other in pairs if one != other), (old, new))
    return f"was {before.strip()!r}, is {after.strip()!r}"


def written(
    stored: Mapping[str, Mapping[str, str]], versions: Mapping[str, Version] = VERSIONS
) -> tuple[Mapping[str, Meanings], list[str]]:
    """What each version means now, to be stored; and what speaks against it: another meaning of a stored version."""
    refused: list[str] = []
    sections: dict[str, Meanings] = {}
    for name, version in versions.items():
        old, new = stored.get(name, {}), version.meanings()
        sections[name] = {"version": version.number, **new} if version.number else new
        if old.get("version", "") == version.number:
            refused += changes(old, new, name, version)
    return sections, refused


def main() -> int:
    """Write down what each version means; nothing if one that is stored would mean something else. The exit code."""
    sections, refused = written(json.loads(STORED.read_text("utf-8")))
    if refused:
        sys.stderr.write("\n".join(["nothing is written:", *refused, ""]))
        return 1
    STORED.write_text(json.dumps(sections, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
