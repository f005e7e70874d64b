# SPDX-License-Identifier: GPL-2.0-or-later
"""The help that a player had with each level, on disk: it outlives restarts, what-ifs, and the program.

A level has a file of its own in each pack, with a line for each thing that was noted. A line is there before what it
tells of is shown. What of a file cannot be read is passed over, and told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import reduce
from hashlib import sha256
from os.path import realpath
from pathlib import Path
from typing import Final, TypeAlias

from attrs import define, evolve, field, frozen

from puzzles.levels.files import campaign
from puzzles.storage import Missing, StorageError, add_line, make_folder, read_file
from puzzles.wins.files import stem
from puzzles.wins.help import MOST_TIMES, Help, HelpKind

MAX_BYTES: Final = 1 << 20
"""Bytes of a level's file."""

MAX_SHOWN: Final = 200
"""Schedules of a level that are kept as shown; as many of the player's own, misses, and eras."""

MOST_HELP: Final = 200
"""Characters of the help that is told of a win."""

_Age: TypeAlias = tuple[int, int] | None

_KINDS: Final = {kind.value: kind for kind in HelpKind}


@frozen
class OwnRun:
    """A schedule with which the player has won, or that he has saved, or the reasons of a claim with which he has won.

    `help` is what he had had by then, as a replay's header has it.
    """

    schedule: str
    help: str


@frozen
class Page:
    """What the ledger says of a level: the help, the player's own runs, and whether a step of it was ever taken.

    `settled` says that it was won, or its solution shown in full; `lesson_opened` that one was, which may tell what
    a claim lacks; `named` are the statements of which he was told that they bear. `answers` say whether the first
    answer to each of the level's questions was right, by the key of the question.
    """

    help: Help = field(factory=Help)
    runs: tuple[OwnRun, ...] = ()
    tried: bool = False
    settled: bool = False
    lesson_opened: bool = False
    named: tuple[str, ...] = ()
    answers: Mapping[str, bool] = field(factory=dict)


@frozen
class Helped:
    """There was help of a kind; `number` is the rung of a hint."""

    kind: HelpKind
    number: int = 1


@frozen
class WasShown:
    """A schedule was shown."""

    line: str


@frozen
class Missed:
    """A claim was a miss, as it was made."""

    claim: str


@frozen
class ReadOn:
    """What gives the level away was read of an era of the history; `era` is its id."""

    era: str


@frozen
class WasTried:
    """The first step was taken."""


@frozen
class WasSettled:
    """The level was won, or its solution shown in full."""


@frozen
class LessonOpened:
    """A lesson was opened, and what is told with it."""


@frozen
class WasNamed:
    """A statement that bears was named, as the header Because has it."""

    mark: str


@frozen
class Guessed:
    """A question of the level was answered, for the first time; `question` is its key."""

    question: str
    right: bool


@frozen
class WasReset:
    """The player has had the help forgotten, but for what no claim can be at par after: `lesson_opened`, too, stays."""


LedgerEntry: TypeAlias = (
    Helped | WasShown | Missed | ReadOn | WasTried | WasSettled | LessonOpened | WasNamed | Guessed | WasReset | OwnRun
)


def turned(page: Page, entry: LedgerEntry) -> Page:
    """A page with one more entry; the same page where that says nothing new."""
    match entry:
        case Helped():
            return evolve(page, help=page.help.with_more(entry.kind, entry.number))
        case WasShown():
            return evolve(page, help=page.help.with_shown(entry.line)) if len(page.help.shown) < MAX_SHOWN else page
        case Missed():
            return evolve(page, help=page.help.with_miss(entry.claim)) if len(page.help.misses) < MAX_SHOWN else page
        case ReadOn():
            return evolve(page, help=page.help.with_read(entry.era)) if len(page.help.read) < MAX_SHOWN else page
        case WasTried():
            return evolve(page, tried=True)
        case WasSettled():
            return evolve(page, settled=True)
        case LessonOpened():
            return evolve(page, lesson_opened=True)
        case WasNamed():
            return evolve(page, named=tuple(dict.fromkeys((*page.named, entry.mark)))[:MAX_SHOWN])
        case Guessed():
            is_first = entry.question not in page.answers and len(page.answers) < MAX_SHOWN
            return evolve(page, answers={**page.answers, entry.question: entry.right}) if is_first else page
        case WasReset():
            return evolve(page, help=page.help.anew(), settled=False, named=())
        case OwnRun():
            is_kept = any(run.schedule == entry.schedule for run in page.runs)
            return page if is_kept or len(page.runs) >= MAX_SHOWN else evolve(page, runs=(*page.runs, entry))


@define(eq=False)
class Ledger:
    """The pages of a pack's levels. `pack` is its folder, None for the game's own; with no `folder` nothing is kept.

    `trouble` is what the player is to be told of files that cannot be read or written, once. `_unwritten` has what is
    in no file, `_read` how old the file of each page was when it was read.
    """

    folder: Path | None = None
    pack: Path | None = None
    trouble: str = ""
    _pages: dict[str, Page] = field(factory=dict)
    _read: dict[str, _Age] = field(factory=dict)
    _unwritten: dict[str, list[LedgerEntry]] = field(factory=dict)

    def page(self, level_id: str) -> Page:
        """What is noted of a level by now, by whichever process."""
        age = self._age(level_id)
        if level_id not in self._pages or age != self._read.get(level_id):
            entries = [*(self._entries(level_id) if age else ()), *self._unwritten.get(level_id, ())]
            self._pages[level_id], self._read[level_id] = reduce(turned, entries, Page()), age
        return self._pages[level_id]

    def note(self, level_id: str, entry: LedgerEntry) -> None:
        """Note an entry of a level, if it says anything new; it is on disk then, or the player will be told."""
        if turned(self.page(level_id), entry) == self.page(level_id):
            return
        if self.folder is None or not self._write(self._path(level_id), entry):
            self._unwritten.setdefault(level_id, []).append(entry)
        self._pages.pop(level_id)

    def settled(self, level_ids: Iterable[str]) -> frozenset[str]:
        """Those of some levels that were won, or whose solution was shown in full."""
        return frozenset(id_ for id_ in level_ids if self.page(id_).settled)

    def take_trouble(self) -> str:
        """What the player is to be told now, once; "" for nothing."""
        trouble, self.trouble = self.trouble, ""
        return trouble

    def _path(self, level_id: str) -> Path:
        pack = realpath(self.pack) if self.pack else ""
        pack = "" if pack == realpath(str(campaign().path)) else pack
        name = sha256(f"{pack}\0{level_id}".encode(errors="surrogateescape")).hexdigest()[:16]
        return (self.folder or Path()) / f"{stem(level_id)}.{name}.ledger"

    def _age(self, level_id: str) -> _Age:
        if self.folder is None:
            return None
        try:
            status = self._path(level_id).stat()
        except (OSError, ValueError):
            return None
        return status.st_mtime_ns, status.st_size

    def _entries(self, level_id: str) -> list[LedgerEntry]:
        """The entries in the file of a level, as far as they can be read."""
        path = self._path(level_id)
        try:
            lines = read_file(path, MAX_BYTES).splitlines()
        except Missing:
            return []
        except StorageError as problem:
            self.trouble = f"what helped you with {level_id} is not known: {path} {problem}"
            return []
        entries = [_entry(line) for line in lines if line.strip()]
        if None in entries:
            number = entries.index(None) + 1
            self.trouble = f"{path}: line {number} cannot be read; the help that it noted is forgotten"
        return [entry for entry in entries if entry is not None]

    def _write(self, path: Path, entry: LedgerEntry) -> bool:
        try:
            make_folder(path.parent)
            add_line(path, _text(entry), MAX_BYTES)
        except StorageError as problem:
            self.trouble = f"what helps you is known only until you leave: {path} {problem}"
            return False
        return True


def _text(entry: LedgerEntry) -> str:
    """An entry as a line."""
    match entry:
        case Helped():
            values: dict[str, object] = {"help": entry.kind.value, "number": entry.number}
        case WasShown():
            values = {"shown": entry.line}
        case Missed():
            values = {"miss": entry.claim}
        case ReadOn():
            values = {"read": entry.era}
        case WasTried():
            values = {"tried": True}
        case WasSettled():
            values = {"settled": True}
        case LessonOpened():
            values = {"lesson": True}
        case WasNamed():
            values = {"named": entry.mark}
        case Guessed():
            values = {"what_if": entry.question, "right": entry.right}
        case WasReset():
            values = {"reset": True}
        case OwnRun():
            values = {"won": entry.schedule, "helped": entry.help}
    return json.dumps(values)


def _entry(line: bytes) -> LedgerEntry | None:
    """The entry that a line holds; None for a line that is none of ours."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match values:
        case {"help": str(kind), "number": int(number)} if kind in _KINDS and 1 <= number <= MOST_TIMES:
            return Helped(_KINDS[kind], number)
        case {"shown": str(text)}:
            return WasShown(text)
        case {"miss": str(claim)}:
            return Missed(claim)
        case {"read": str(era)}:
            return ReadOn(era)
        case {"tried": True}:
            return WasTried()
        case {"settled": True}:
            return WasSettled()
        case {"lesson": True}:
            return LessonOpened()
        case {"named": str(mark)}:
            return WasNamed(mark)
        case {"what_if": str(question), "right": bool(right)}:
            return Guessed(question, right)
        case {"reset": True}:
            return WasReset()
        case {"won": str(schedule), "helped": str(helped)} if helped.isprintable() and len(helped) <= MOST_HELP:
            return OwnRun(schedule, helped)
        case _:
            return None
