# SPDX-License-Identifier: GPL-2.0-or-later
"""One thing that is wrong in a pack: where, how bad it is, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from attrs import field, frozen

from puzzles.levels import Level, LevelError, Problem
from puzzles.levels.errors import place_text


class Kind(Enum):
    """How bad a finding is: an error is something false or broken, a warning something that does not look right."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Finding:
    """What is wrong and what to do, in the level of this id ("" for what belongs to none).

    `key` is the path of a key in a TOML file, "" for none. `line` and `column` count from 1 and are 0 where they are
    not known. `excerpt` is the offending line, underlined.
    """

    level: str
    file: str
    message: str
    advice: str = ""
    kind: Kind = Kind.ERROR
    key: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Give the finding as compilers do: `file:line:column: error: what is wrong; what to do`."""
        parts = (place_text(self.file, self.line, self.column), self.kind.value, self.key)
        text = ": ".join(part for part in (*parts, self.message) if part)
        if not self.excerpt:
            return f"{text}; {self.advice}" if self.advice else text
        return "\n".join(part for part in (text, self.excerpt, f"    {self.advice}" if self.advice else "") if part)


def in_level(level: Level, message: str, advice: str = "", key: str = "", kind: Kind = Kind.ERROR) -> Finding:
    """A finding about the level.toml of a level."""
    return Finding(level.id, level.file, message, advice, kind, key)


def of_error(level: Level | None, id_: str, error: LevelError) -> Iterator[Finding]:
    """What keeps a level from being loaded (`level` is None then) or built."""
    return of_problems(id_, error.problems, level)


def of_problems(id_: str, problems: Iterable[Problem], level: Level | None = None) -> Iterator[Finding]:
    """Problems as findings; what the compiler says points into the kernel file of the level."""
    for problem in problems:
        if problem.diagnostic is not None and level is not None:
            diagnostic = problem.diagnostic
            excerpt = "\n".join(str(diagnostic).splitlines()[1:3]) if diagnostic.excerpt else ""
            file = level.source.file(diagnostic.span.file)
            place = diagnostic.span.line, diagnostic.span.column
            yield Finding(id_, file, diagnostic.message, diagnostic.advice, Kind.ERROR, "", *place, excerpt)
        else:
            message, _, advice = problem.message.partition("; ")
            yield Finding(id_, problem.file, message, advice, Kind.ERROR, problem.key, problem.line, problem.column)
