# SPDX-License-Identifier: GPL-2.0-or-later
"""The panels about the machine. `roomy` gives each entry a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from tui.lines.machine import ShownNodes, ShownScans, ShownWords, node_lines, scan_lines, word_lines
from tui.widgets.panel import Panel


class NodesPanel(Panel):
    """Free pages and watermarks."""

    shown: reactive[ShownNodes] = reactive(ShownNodes(()), repaint=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """A line for each node."""
        return node_lines(self.shown.nodes, width)[:height]


class ScansPanel(Panel):
    """The zonelists that threads walk."""

    shown: reactive[ShownScans] = reactive(ShownScans((), ()), repaint=False)
    roomy: reactive[bool] = reactive(default=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """A line for each scan, or for each entry."""
        return scan_lines(self.shown, width, height, roomy=self.roomy)[:height]


class WordsPanel(Panel):
    """Masks, counters and locks."""

    shown: reactive[ShownWords] = reactive(ShownWords(()), repaint=False)
    roomy: reactive[bool] = reactive(default=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """Some words a line, or one."""
        return word_lines(self.shown.words, width, roomy=self.roomy)[:height]
