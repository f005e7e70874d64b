# SPDX-License-Identifier: GPL-2.0-or-later
"""The one error that loading or building a level can raise."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen


@frozen
class Problem:
    """What is wrong in a level: the file, the path of the key in it ("" for the whole file), a sentence."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        """Give the problem as `level.toml: thread[1].cpu: what is wrong; what to do`."""
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class LevelError(Exception):
    """A level that cannot be played; `problems` holds everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message is all of them, one on a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
