# SPDX-License-Identifier: GPL-2.0-or-later
"""The help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.lines.help import help_lines
from tui.screens.page import PageScreen


class HelpScreen(PageScreen[None]):
    """All keys and commands."""

    def __init__(self, letters: Sequence[str], keymap: Mapping[str, str]) -> None:
        super().__init__("help", help_lines(letters, keymap))
