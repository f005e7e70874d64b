# SPDX-License-Identifier: GPL-2.0-or-later
"""The sentence about what just happened."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive

from tui.widgets.panel import Panel


class MessageLine(Panel):
    """The last message, wrapped. `failed` says that it tells of a mistake."""

    shown: reactive[tuple[str, bool]] = reactive(("", False), repaint=False)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The wrapped message; an ellipsis where it is too long."""
        text, failed = self.shown
        style = "bold $text-error" if failed else "bold"
        wrapped = Content.styled(text, style).wrap(max(width - 2, 1))
        kept = wrapped[:height]
        if len(wrapped) > height > 0:
            kept[-1] = Content.assemble(kept[-1].truncate(max(width - 3, 1)), "\u2026")
        return [Content.assemble(" ", line) for line in kept]

    @property
    def failed(self) -> bool:
        """Whether the message tells of a mistake."""
        return self.shown[1]

    def fits(self, text: str) -> bool:
        """Whether a message can be shown whole."""
        return len(Content(text).wrap(max(self.size.width - 2, 1))) <= self.size.height
