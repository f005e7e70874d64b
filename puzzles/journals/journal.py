# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing a run down while it is played."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from puzzles.journals.kept import KeptRun, make_room
from puzzles.journals.places import new_journal_path
from puzzles.journals.records import MAX_BYTES, Head, JournalRecord, Noted, Went, line
from puzzles.journals.snapshot import grown, snapshot
from puzzles.storage import StorageError, append, make_folder, take, write_open
from sim import Machine
from sim.debugger import Moment

LEAST_BOUND: Final = 64 << 10
"""Bytes of a journal before it is written anew with fewer records."""


@define(eq=False)
class Journal:
    """The journal of one run on a machine, in a folder. The file is there from the first new step on.

    It is locked while it is open, so that no other process takes the run for one that was left. `_numbers` has the
    moments that the file tells of, or, before there is one, those that were there already; `_at` is where the file
    says that the player is.
    """

    folder: Path
    machine: Machine = field(repr=False)
    head: Head
    _at: Moment = field(repr=False)
    _numbers: dict[Moment, int] = field(factory=dict, repr=False)
    _notes: Mapping[str, Any] = field(factory=dict)
    _path: Path | None = None
    _handle: int | None = None
    _size: int = 0
    _bound: int = 0

    def __attrs_post_init__(self) -> None:
        """What is there already needs no journal."""
        _, self._numbers = snapshot(self.machine, self._at)

    @property
    def open(self) -> bool:
        """Whether there is a file."""
        return self._handle is not None

    def go_on(self, run: KeptRun) -> bool:
        """Go on in the file of a run that was left; False where another process has it now."""
        self._handle = take(run.path)
        self._path = run.path if self.open else None
        self._bound = 0  # the first change writes the file anew: it may end in the middle of a line
        return self.open

    def keep(
        self,
        now: Moment,
        others: tuple[Moment, ...] = (),
        notes: Mapping[str, Any] | None = None,
        *,
        worth: bool = False,
    ) -> bool:
        """Write down what is new: steps to where the player is now and to other moments, and notes.

        Of notes alone there is a file only where `worth` says so. Whether anything was written. Raises StorageError;
        then the file is as it was, and the next call tries to make up for it.
        """
        new = [branch for branch in map(self._numbered, (*others, now)) if branch]
        notes = notes or {}
        if self.open and len(self._numbers) == 1 and not worth:
            self.drop()
            return False
        try:
            return bool(self.open or new or worth) and self._write(self._records(new, now, notes), now, notes)
        except StorageError:
            for moment in chain.from_iterable(new):
                del self._numbers[moment]
            raise

    def drop(self) -> None:
        """Take the file away: the run is won, or not wanted any more. The next new step begins another file."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()
        self.close()
        self._path = None
        _, self._numbers = snapshot(self.machine, self._at)

    def close(self) -> None:
        """Leave the run to whoever goes on with it."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle = None

    def _numbered(self, moment: Moment) -> list[Moment]:
        """Number the moments up to this one that the file does not tell of; these."""
        branch: list[Moment] = []
        at: Moment | None = moment
        while at is not None and at not in self._numbers:
            branch.append(at)
            at = at.parent
        branch.reverse()
        for new in branch:
            self._numbers[new] = len(self._numbers)
        return branch

    def _records(self, new: list[list[Moment]], now: Moment, notes: Mapping[str, Any]) -> list[JournalRecord]:
        records: list[JournalRecord] = [grown(self.machine, branch, self._numbers) for branch in new]
        there = new[-1][-1] if new else self._at
        if there is not now:
            records.append(Went(self._numbers[now]))
        return records if notes == self._notes else [*records, Noted(notes)]

    def _write(self, records: list[JournalRecord], now: Moment, notes: Mapping[str, Any]) -> bool:
        data = b"".join(map(line, records))
        if not data:
            return False
        if self._size + len(data) > self._bound or self._is_gone():
            self._write_anew(now, notes)
        else:
            assert self._handle is not None
            append(self._handle, data, self._size)
            self._size += len(data)
        self._at, self._notes = now, notes
        return True

    def _write_anew(self, now: Moment, notes: Mapping[str, Any]) -> None:
        """Write the whole file, with the fewest records that tell of the tree."""
        records, numbers = snapshot(self.machine, now)
        data = b"".join(map(line, (self.head, *records, *([Noted(notes)] if notes else []))))
        if len(data) > MAX_BYTES:
            raise StorageError(f"would have more than {MAX_BYTES:,} bytes")
        make_folder(self.folder)
        if self._path is None:
            make_room(self.folder, self.head.level)
        path = self._path or new_journal_path(self.folder, self.head.level)
        handle = write_open(path, data, over=True)
        self.close()
        self._path, self._handle, self._numbers = path, handle, numbers
        self._size, self._bound = len(data), min(max(LEAST_BOUND, 2 * len(data)), MAX_BYTES)

    def _is_gone(self) -> bool:
        """Whether somebody has taken the file away."""
        return self._handle is None or not os.fstat(self._handle).st_nlink
