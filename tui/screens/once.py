# SPDX-License-Identifier: GPL-2.0-or-later
"""Screens that are left once."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, OptionList

Result = TypeVar("Result")


class Once(Screen[Result]):
    """A screen that is left while it is there: not before it is made, and not again by the same key that came twice."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, if the screen is there to be left; Textual would leave the one below, or fail."""
        return super().dismiss(result) if self.app.screen is self and self.is_mounted else AwaitComplete()


class Palette(CommandPalette, Once[None]):
    """The command palette. Textual's own fails, or does a command twice, when keys come faster than it goes."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, and hear nothing any more."""
        self.disable_messages(Input.Changed, Input.Submitted, OptionList.OptionSelected)
        return super().dismiss(result)

    def _action_command_list(self, action: str) -> None:
        """Move in the list; one that is being filled has no places yet."""
        with suppress(KeyError):
            super()._action_command_list(action)

    def _gather_commands(self, *arguments: Any, **options: Any) -> Any:
        """Look for commands, if somebody is still there to see them."""
        return super()._gather_commands(*arguments, **options) if self.app.screen is self else None
