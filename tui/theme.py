# SPDX-License-Identifier: GPL-2.0-or-later
"""The game's own theme, and the colours of threads in every theme and in line mode.

The colours of threads are told apart by people who do not see all colours (Okabe and Ito).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tui.view.roles import Role

if TYPE_CHECKING:
    from textual.theme import Theme


@frozen
class ThreadColour:
    """The colour of a thread: on the screen, and by name the terminal's own, for line mode and themes of such."""

    rgb: str
    ansi: str


THREADS: Final[Mapping[Role, ThreadColour]] = MappingProxyType(
    {
        Role.ALLOCATOR: ThreadColour("#E69F00", "yellow"),
        Role.REBINDER: ThreadColour("#56B4E9", "cyan"),
        Role.THIRD: ThreadColour("#2BB98A", "green"),
        Role.FOURTH: ThreadColour("#D58BB5", "magenta"),
        Role.FIFTH: ThreadColour("#E2632B", "red"),
    }
)


def thread_variables(*, ansi: bool) -> dict[str, str]:
    """The theme variables with the colours of threads; `ansi` themes have no colours but the terminal's own."""
    return {f"thread-{role.value}": f"ansi_{colour.ansi}" if ansi else colour.rgb for role, colour in THREADS.items()}


def game_theme() -> Theme:
    """The theme with which the game begins."""
    from textual.theme import Theme  # noqa: PLC0415 - line mode has the colours of threads without it

    return Theme(
        name="oomrace",
        primary="#8FB7D9",
        secondary="#B9A7D6",
        accent="#F0D77A",
        foreground="#D8DCE2",
        background="#14171C",
        surface="#1A1E25",
        panel="#242A33",
        success="#4FB38B",
        warning="#E8B04B",
        error="#F0776C",
        dark=True,
        variables={"text-muted": "#98A2AF"},
    )
