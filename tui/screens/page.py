# SPDX-License-Identifier: GPL-2.0-or-later
"""A page of text to read and to put away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key

from tui.lines.keys import Hint
from tui.lines.text import Hanging
from tui.screens.once import Once
from tui.widgets import Foot, RunningText, Title

CLOSE = Hint("esc", "back", "screen.close", 0)
SCROLL = Hint("\u2191 \u2193", "scroll")
_START = re.compile(r"(?:\[ *\d+\]|\S+(?=  ))? *")


class PageScreen(Once[str]):
    """A titled text that scrolls. It is dismissed with the name of what the player chose, "" for going back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,space", "close", "back")]

    def __init__(
        self, title: str, lines: Iterable[Content | Hanging | str], hints: Sequence[Hint] = (CLOSE, SCROLL)
    ) -> None:
        super().__init__()
        self.heading = title
        self.hints = hints
        self.text = [_hanging(one) if isinstance(one, str) else one for one in lines]

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Title(self.heading)
        with VerticalScroll():
            yield RunningText(self.text)
        yield Foot(self.hints)

    def on_mount(self) -> None:
        """Let the keys scroll the text."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss("")

    def action_choose(self, name: str) -> None:
        """Go back with a choice."""
        self.dismiss(name)


class AnswerScreen(PageScreen):
    """What a command answers. Dismissed with the key pressed where that is one of the command's, else with ""."""

    def __init__(self, title: str, lines: Iterable[Content | Hanging | str], keys: Sequence[str]) -> None:
        super().__init__(title, lines)
        self.keys = keys

    def on_key(self, event: Key) -> None:
        """Close the page by the key that opened it."""
        if event.key in self.keys:
            event.stop()
            self.dismiss(event.key)


def _hanging(text: str) -> Hanging:
    """A line that goes on where its text began, behind its indent, the number of a step, or a label."""
    start = _START.match(text)
    return Hanging(Content(text), start.end() if start else 0)
