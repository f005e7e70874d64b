# SPDX-License-Identifier: GPL-2.0-or-later
"""A page of text to read and to put away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from tui.lines.hints import Hint
from tui.lines.text import Hanging
from tui.screens.once import Result
from tui.screens.prompting import PromptScreen
from tui.widgets import Foot, MessageLine, PromptLine, RunningText, Title

CLOSE = Hint("esc", "back", "screen.close", 0)
BACK = Hint("enter esc", "back", "screen.close", 0)
SCROLL = Hint("\u2191 \u2193", "scroll")
TYPE = (Hint("s", "save", "screen.prompt('save ')", 2), Hint(":", "prompt", "screen.prompt", 2))
_START = re.compile(r"(?:\[ *\d+\]|\S+(?=  ))? *")


class PageScreen(PromptScreen[Result]):
    """A titled text that scrolls. A subclass says what it is dismissed with; None for going back.

    No key does anything but those that the foot names: who goes on typing must not set off what is not meant.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "back"),
        Binding("s", "prompt('save ')", "save", show=False),
        *(
            Binding(key, f"scroll_by('{key}')", show=False)
            for key in ("up", "down", "pageup", "pagedown", "home", "end")
        ),
    ]

    def __init__(
        self, title: str, lines: Iterable[Content | Hanging | str], hints: Sequence[Hint] = (BACK, SCROLL)
    ) -> None:
        super().__init__()
        self.heading = title
        self.hints = hints
        self.text = [_hanging(line) if isinstance(line, str) else line for line in lines]

    def compose(self) -> ComposeResult:
        """Title, text, an answer, keys."""
        yield Title(self.heading)
        with VerticalScroll(can_focus=False):
            yield RunningText(self.text)
        yield MessageLine(classes="answer")
        yield Foot(tuple(self._named()), whole=True)
        yield PromptLine()

    def _named(self) -> Iterator[Hint]:
        yield from self.hints
        if self.typing is not None:
            yield from TYPE

    @property
    def enter_does(self) -> str:
        """Go back."""
        return "back"

    def submit_nothing(self) -> None:
        """Go back."""
        self.action_close()

    def action_scroll_by(self, key: str) -> None:
        """Scroll the text."""
        text = self.query_one(VerticalScroll)
        scroll = {
            "up": text.scroll_up,
            "down": text.scroll_down,
            "pageup": text.scroll_page_up,
            "pagedown": text.scroll_page_down,
            "home": text.scroll_home,
            "end": text.scroll_end,
        }[key]
        scroll(animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def _hanging(text: str) -> Hanging:
    """A line that goes on where its text began, behind its indent, the number of a step, or a label."""
    start = _START.match(text)
    return Hanging(Content(text), start.end() if start else 0)
