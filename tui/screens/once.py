# SPDX-License-Identifier: GPL-2.0-or-later
"""Screens that are left once."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, OptionList

Result = TypeVar("Result")


class Once(Screen[Result]):
    """A screen that is gone with its first dismissal. What comes later, as the same key again, would leave another."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, if the screen is still there to be left."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()


class Palette(CommandPalette, Once[None]):
    """The command palette. Textual's own fails, or does a command twice, when keys come faster than it goes."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, and hear nothing any more."""
        self.disable_messages(Input.Changed, Input.Submitted, OptionList.OptionSelected)
        return super().dismiss(result)

    def _gather_commands(self, *arguments: Any, **options: Any) -> Any:
        """Look for commands, if somebody is still there to see them."""
        return super()._gather_commands(*arguments, **options) if self.app.screen is self else None
