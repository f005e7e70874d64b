# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log. Kernels write long lines: they are wrapped, and the rest stands below the text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui.lines.text import MUTED, Hanging, line, wrap
from tui.view.model import LogLine


def log_lines(log: Sequence[LogLine], width: int) -> list[Content]:
    """Each line with the step that wrote it, on as many lines of the screen as it needs."""
    if not log:
        return [line((" nothing yet", MUTED))]
    return wrap((_hanging(entry) for entry in log), width)


def _hanging(entry: LogLine) -> Hanging:
    stamp = f"[{entry.step:4}] "
    return Hanging(line((stamp, MUTED), (entry.text, "bold" if entry.final else "")), len(stamp))
