# SPDX-License-Identifier: GPL-2.0-or-later
"""The interleaving as a strip."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from tui.lines.timeline import ruler_line, step_at, timeline_lines
from tui.view.model import TimelineView
from tui.widgets.panel import Panel


class TimelinePanel(Panel):
    """A row for each thread, with room also a ruler. A click goes to a step."""

    shown: reactive[TimelineView | None] = reactive(None, repaint=False)

    class Jumped(Message):
        """This step was clicked."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The rows, then the ruler."""
        return [*timeline_lines(self.shown, width), ruler_line(self.shown, width)][:height] if self.shown else []

    def on_click(self, event: events.Click) -> None:
        """Tell which step was clicked."""
        if self.shown:
            self.post_message(self.Jumped(step_at(self.shown, self.size.width, event.x)))
