# SPDX-License-Identifier: GPL-2.0-or-later
"""The one error that reading a replay can raise."""

from __future__ import annotations

from typing import Self


class ReplayError(ValueError):
    """A text that is no replay: what is wrong, where, and what to do.

    `line` and `column` count from 1, the column in characters; `problem` is the message without them.
    The caller, who knows the file's name, puts it in front.
    """

    def __init__(self, line: int, column: int, problem: str) -> None:
        """Keep the place and the message."""
        super().__init__(line, column, problem)
        self.line = line
        self.column = column
        self.problem = problem

    def __str__(self) -> str:
        """Give the message as `line 3, column 7: what is wrong`."""
        return f"line {self.line}, column {self.column}: {self.problem}"

    @classmethod
    def at(cls, text: str, offset: int, problem: str) -> Self:
        """Make the error for the character at `offset` of `text`."""
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        return cls(line, column, problem)
