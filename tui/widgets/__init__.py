# SPDX-License-Identifier: GPL-2.0-or-later
"""The panels of the play screen, each with one slice of the view; and what other screens show text with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from tui.widgets.cursor_list import CursorList as CursorList
    from tui.widgets.foot import Foot as Foot
    from tui.widgets.log import LogPanel as LogPanel
    from tui.widgets.machine import NodesPanel as NodesPanel
    from tui.widgets.machine import ScansPanel as ScansPanel
    from tui.widgets.machine import WordsPanel as WordsPanel
    from tui.widgets.message import MessageLine as MessageLine
    from tui.widgets.panel import Panel as Panel
    from tui.widgets.panel import Title as Title
    from tui.widgets.prompt import Prompt as Prompt
    from tui.widgets.prompt import PromptLine as PromptLine
    from tui.widgets.running_text import RunningText as RunningText
    from tui.widgets.sheet import Sheet as Sheet
    from tui.widgets.status import StatusLine as StatusLine
    from tui.widgets.thread import ThreadPane as ThreadPane
    from tui.widgets.timeline import TimelinePanel as TimelinePanel
else:
    __getattr__ = loading(
        __name__,
        {
            "cursor_list": "CursorList",
            "foot": "Foot",
            "log": "LogPanel",
            "machine": "NodesPanel ScansPanel WordsPanel",
            "message": "MessageLine",
            "panel": "Panel Title",
            "prompt": "Prompt PromptLine",
            "running_text": "RunningText",
            "sheet": "Sheet",
            "status": "StatusLine",
            "thread": "ThreadPane",
            "timeline": "TimelinePanel",
        },
    )
