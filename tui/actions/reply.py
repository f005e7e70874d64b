# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command answers, and how it refuses."""

from __future__ import annotations

from attrs import frozen

from tui.actions.requests import CommandRequest
from tui.explorer.searching import Find, Topic, Unknown


@frozen
class Reply:
    """What a command answers: lines of text, and what it asks for.

    `brief` is the same in one sentence, for a place that has room for no more ("": the last line). `more` says that
    the command tells more where it is given again at once.
    """

    lines: tuple[str, ...] = ()
    request: CommandRequest | None = None
    brief: str = ""
    more: bool = False

    @property
    def sentence(self) -> str:
        """The answer in one sentence; "" where there is none."""
        return self.brief or (self.lines[-1] if self.lines else "")


class CommandError(Exception):
    """A command that cannot be done; the message says why and what to type instead."""


class Unconfirmed(Unknown):
    """What only a search can tell that takes something from the player: `question` is put first.

    `meant` says that the command was typed in full, which line mode takes for a yes: a script cannot be asked.
    """

    def __init__(self, topic: Topic, find: Find, question: str, *, meant: bool) -> None:
        """Say what is unknown, and what to ask."""
        super().__init__(topic, find)
        self.question = question
        self.meant = meant
