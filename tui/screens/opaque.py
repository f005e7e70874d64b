# SPDX-License-Identifier: GPL-2.0-or-later
"""Screens that nobody sees are not painted."""

from __future__ import annotations

from textual.screen import ModalScreen

from tui.screens.once import Once, Result


class OpaqueScreen(Once[Result]):
    """A screen that knows when it is covered. Textual goes on painting what lies below, and the one on top with it."""

    @property
    def is_current(self) -> bool:
        """Whether anything of it can be seen: nothing lies above it but questions."""
        stack = self.app.screen_stack
        return self in stack and all(isinstance(above, ModalScreen) for above in stack[stack.index(self) + 1 :])
