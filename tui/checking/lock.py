# SPDX-License-Identifier: GPL-2.0-or-later
"""The lock file of a pack against what was proved just now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from importlib.resources import as_file
from pathlib import Path

from attrs import frozen

from puzzles.levels.files import campaign
from puzzles.proofs import LOCK_NAME, Finding, LockError, Proof, differences, has_lock, read_lock, write_lock
from tui.checking.selection import Selection
from tui.player.command_line import command_line, operand


class LockState(Enum):
    """What became of a lock file."""

    NONE = "none"
    FRESH = "fresh"
    NOT_COMPARED = "not compared"
    STALE = "stale"
    WRITTEN = "written"
    NOT_WRITTEN = "not written"


@frozen
class LockResult:
    """A lock file by its path, what became of it, and what is wrong with it."""

    file: str
    state: LockState
    findings: tuple[Finding, ...] = ()
    advice: str = ""

    def __str__(self) -> str:
        """Give the state in a sentence; where it is stale, its findings say that."""
        return f"{self.file}: {_SENTENCES[self.state]}{self.advice}"


_SENTENCES = {
    LockState.STALE: "does not say what was proved",
    LockState.NONE: "none yet: write it with ",
    LockState.FRESH: "says what was proved",
    LockState.NOT_COMPARED: "not compared: nothing was proved to its end",
    LockState.WRITTEN: "written",
    LockState.NOT_WRITTEN: "not written: there are findings",
}


def checked_lock(selection: Selection, proofs: Mapping[str, Proof | None], *, wrong: bool, write: bool) -> LockResult:
    """Compare what was proved of a selection of a pack with the pack's lock file, or write it if nothing is wrong.

    A selection that is not the whole pack changes its own entries.
    """
    with as_file(campaign().path) as game:
        folder = selection.pack.folder or game
        return _written(folder, selection, proofs, wrong) if write else _compared(folder, selection, proofs)


def _command(selection: Selection) -> str:
    folder = selection.pack.folder
    return command_line("check", *([operand(folder)] if folder else []), "--write")


def _compared(folder: Path, selection: Selection, proofs: Mapping[str, Proof | None]) -> LockResult:
    file, command = str(folder / LOCK_NAME), _command(selection)
    if not has_lock(folder):
        return LockResult(file, LockState.NONE, (), command)
    try:
        lock = read_lock(folder)
    except LockError as problem:
        return LockResult(file, LockState.STALE, (_broken(file, problem, command),))
    wrong = tuple(_stale(file, command, selection, lock, proofs))
    if wrong:
        return LockResult(file, LockState.STALE, wrong)
    compared = any(proof and proof.whole for proof in proofs.values())
    return LockResult(file, LockState.FRESH if compared else LockState.NOT_COMPARED)


def _broken(file: str, problem: LockError, command: str) -> Finding:
    return Finding("", file, problem.message, problem.advice or f"take it away, then write it with {command}")


def _stale(
    file: str, command: str, selection: Selection, lock: Mapping[str, Proof], proofs: Mapping[str, Proof | None]
) -> Iterator[Finding]:
    advice = f"write it again with {command}"
    for id_, message in differences(lock, proofs):
        yield Finding(id_, file, message, advice, key=id_)
    if selection.whole:
        for id_ in lock.keys() - set(selection.ids):
            yield Finding("", file, "is about a level that the pack does not have", advice, key=id_)


def _written(folder: Path, selection: Selection, proofs: Mapping[str, Proof | None], wrong: bool) -> LockResult:
    file = str(folder / LOCK_NAME)
    if wrong:
        return LockResult(file, LockState.NOT_WRITTEN)
    try:
        others = {} if selection.whole else read_lock(folder)
    except LockError as problem:
        return LockResult(file, LockState.NOT_WRITTEN, (_broken(file, problem, _command(selection)),))
    new = {**others, **{id_: proof for id_, proof in proofs.items() if proof is not None}}
    order = [level.id for level in selection.pack.levels]
    try:
        write_lock(folder, {id_: new[id_] for id_ in sorted(new, key=lambda id_: _place(order, id_))})
    except LockError as problem:
        return LockResult(file, LockState.NOT_WRITTEN, (_broken(file, problem, _command(selection)),))
    return LockResult(file, LockState.WRITTEN)


def _place(order: list[str], id_: str) -> int:
    """The place of a level in its pack; those of which the pack knows nothing come last."""
    return order.index(id_) if id_ in order else len(order)
