# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from tui.lines.log import log_lines
from tui.view.model import LogLine
from tui.widgets.panel import Panel


class LogPanel(Panel):
    """The last lines of the kernel log."""

    shown: reactive[tuple[LogLine, ...]] = reactive((), repaint=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """As many as fit, the newest last."""
        return log_lines(self.shown[-height:], width)[-height:] if height else []
