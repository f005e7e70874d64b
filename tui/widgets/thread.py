# SPDX-License-Identifier: GPL-2.0-or-later
"""A thread's pane."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from tui.lines.source import Listing
from tui.lines.thread import Pane, thread_lines
from tui.widgets.panel import Panel


class ThreadPane(Panel):
    """Source, next operation, and with room stack and locals of a thread. A click makes the thread the active one."""

    shown: reactive[Pane | None] = reactive(None, repaint=False)

    class Clicked(Message):
        """The pane of this thread was clicked."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, listing: Listing, index: int) -> None:
        super().__init__(id=f"thread-{index}")
        self.listing = listing

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """As much of the thread as there is room for."""
        return thread_lines(self.shown, self.listing, width, height) if self.shown else []

    def on_click(self) -> None:
        """Tell which thread was chosen."""
        if self.shown:
            self.post_message(self.Clicked(self.shown.thread.letter))
