# SPDX-License-Identifier: GPL-2.0-or-later
"""NO_COLOR: attributes, and the terminal's own two colours."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class Colourless(LineFilter):
    """Takes all colours away. Textual's own filter leaves greys (Textualize/textual#2829)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text with nothing but bold, reverse, underline and dim."""
        del background
        return [Segment(text, style and _attributes(style), control) for text, style, control in segments]


@lru_cache(1024)
def _attributes(style: Style) -> Style:
    return style.without_color
