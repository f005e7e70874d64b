# SPDX-License-Identifier: GPL-2.0-or-later
"""The one error that loading or building a level can raise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from sim import Diagnostic


@frozen
class Problem:
    """What is wrong in a level: the file, the path of the key in it ("" for the whole file), a sentence.

    `line` and `column` count from 1 and are 0 where they are not known. `diagnostic` is what the compiler says of the
    kernel file, where that is the problem.
    """

    file: str
    key: str
    message: str
    line: int = 0
    column: int = 0
    diagnostic: Diagnostic | None = field(default=None, eq=False, repr=False)

    def __str__(self) -> str:
        """Give the problem as `level.toml:3:1: thread[1].cpu: what is wrong; what to do`."""
        place = place_text(self.file, self.line, self.column)
        return ": ".join(part for part in (place, self.key, self.message) if part)


def place_text(file: str, line: int, column: int) -> str:
    """A place in a file as `file:line:column`, as far as it is known."""
    return ":".join((file, *(str(number) for number in (line, column) if number)))


class LevelError(Exception):
    """A level that cannot be played; `problems` holds everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message is all of them, one on a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
