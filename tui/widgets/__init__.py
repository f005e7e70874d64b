# SPDX-License-Identifier: GPL-2.0-or-later
"""The panels of the play screen, each with one slice of the view; and what other screens show text with."""

from __future__ import annotations

from tui.widgets.foot import Foot
from tui.widgets.log import LogPanel
from tui.widgets.machine import NodesPanel, ScansPanel, WordsPanel
from tui.widgets.message import MessageLine
from tui.widgets.panel import Panel, Title
from tui.widgets.prompt import Prompt, PromptLine
from tui.widgets.running_text import RunningText
from tui.widgets.sheet import Sheet
from tui.widgets.status import StatusLine
from tui.widgets.thread import ThreadPane
from tui.widgets.timeline import TimelinePanel

__all__ = [
    "Foot",
    "LogPanel",
    "MessageLine",
    "NodesPanel",
    "Panel",
    "Prompt",
    "PromptLine",
    "RunningText",
    "ScansPanel",
    "Sheet",
    "StatusLine",
    "ThreadPane",
    "TimelinePanel",
    "Title",
    "WordsPanel",
]
