# SPDX-License-Identifier: GPL-2.0-or-later
"""The top line of the play screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from tui.lines.status import TopLine, status_line
from tui.widgets.panel import Panel


class StatusLine(Panel):
    """Level, goal and counts."""

    shown: reactive[TopLine | None] = reactive(None, repaint=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """One line."""
        return [status_line(self.shown, width)][:height] if self.shown else []
