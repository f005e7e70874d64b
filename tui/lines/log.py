# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui.lines.text import MUTED, fit, line
from tui.view import LogLine


def log_lines(log: Sequence[LogLine], width: int) -> list[Content]:
    """Each line with the step that wrote it."""
    if not log:
        return [line((" nothing yet", MUTED))]
    return [fit(line((f"[{one.step:4}] ", MUTED), (one.text, "bold" if one.final else "")), width) for one in log]
