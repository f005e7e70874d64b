# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command answers, and how it refuses."""

from __future__ import annotations

from attrs import frozen


@frozen
class Reply:
    """What a command answers: lines of text. `screen` names a page to open, with its argument in `target`.

    `brief` is the same in one sentence, for a place that has room for no more ("": the last line).
    """

    lines: tuple[str, ...] = ()
    screen: str = ""
    target: str = ""
    brief: str = ""

    @property
    def sentence(self) -> str:
        """The answer in one sentence; "" where there is none."""
        return self.brief or (self.lines[-1] if self.lines else "")


class CommandError(Exception):
    """A command that cannot be done; the message says why and what to type instead."""
