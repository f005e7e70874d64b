# SPDX-License-Identifier: GPL-2.0-or-later
"""One file for each screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from tui.screens.briefing import BriefingScreen as BriefingScreen
    from tui.screens.confirm import ConfirmScreen as ConfirmScreen
    from tui.screens.confirm import LeaveScreen as LeaveScreen
    from tui.screens.help import HelpScreen as HelpScreen
    from tui.screens.history import HistoryScreen as HistoryScreen
    from tui.screens.levels import LevelsScreen as LevelsScreen
    from tui.screens.once import Palette as Palette
    from tui.screens.page import PageScreen as PageScreen
    from tui.screens.play import PlayScreen as PlayScreen
    from tui.screens.prompting import PromptScreen as PromptScreen
    from tui.screens.resume import ResumeScreen as ResumeScreen
    from tui.screens.search import LoadScreen as LoadScreen
else:
    __getattr__ = loading(
        __name__,
        {
            "briefing": "BriefingScreen",
            "confirm": "ConfirmScreen LeaveScreen",
            "help": "HelpScreen",
            "history": "HistoryScreen",
            "levels": "LevelsScreen",
            "once": "Palette",
            "page": "PageScreen",
            "play": "PlayScreen",
            "prompting": "PromptScreen",
            "resume": "ResumeScreen",
            "search": "LoadScreen",
        },
    )
