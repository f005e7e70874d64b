# SPDX-License-Identifier: GPL-2.0-or-later
"""The game's own theme. The colours of threads are told apart by people who do not see all colours (Okabe and Ito)."""

from __future__ import annotations

from textual.theme import Theme

THREADS = {
    "thread-1": "#E69F00",
    "thread-2": "#56B4E9",
    "thread-3": "#2BB98A",
    "thread-4": "#D58BB5",
}

THEME = Theme(
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
