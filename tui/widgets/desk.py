# SPDX-License-Identifier: GPL-2.0-or-later
"""All panels of the play screen, and which slice of the view each of them gets."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.reactive import reactive
from textual.widgets import Static

from tui.game.game import Game
from tui.lines.keys import play_hints
from tui.lines.machine import ShownNodes, ShownScans, ShownWords, machine_title, scan_height, word_height
from tui.lines.source import Listing
from tui.lines.status import TopLine
from tui.lines.thread import Pane
from tui.view.model import View
from tui.view.scan import scanners
from tui.widgets.foot import Foot
from tui.widgets.log import LogPanel
from tui.widgets.machine import NodesPanel, ScansPanel, WordsPanel
from tui.widgets.message import MessageLine
from tui.widgets.panel import Title
from tui.widgets.prompt import PromptLine
from tui.widgets.status import StatusLine
from tui.widgets.thread import ThreadPane
from tui.widgets.timeline import TimelinePanel

WIDE = 120
TALL = 34
TOO_SMALL = "oomrace needs 50x14"


class Desk(Container):
    """The panels. They are arranged by the size of the screen, and the arrangement does not change while playing."""

    view: reactive[View | None] = reactive(None, init=False, repaint=False)

    def __init__(self, game: Game, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.era = game.level.era
        self.threads = game.machine.threads
        self.listing = Listing.of(game.machine.program, game.lesson.taken if game.lesson else ())
        self.scanners = scanners(game.machine)
        letters = [thread.letter for thread in self.threads]
        aside = "lesson" if game.lesson else "whatif" if game.what_if else ""
        self.hints = play_hints(letters, keymap, game.level.ask, tso=game.machine.tso, aside=aside)

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield StatusLine()
        with Container(id="threads", classes=f"-threads-{min(len(self.threads), 3)}"):
            for index in range(len(self.threads)):
                yield ThreadPane(self.listing, index)
        with Container(id="below"):
            with Vertical(id="machine"):
                yield Title(machine_title(self.era))
                yield NodesPanel()
                yield ScansPanel()
                yield WordsPanel()
            with Vertical(id="kernel-log"):
                yield Title("kernel log")
                yield LogPanel()
        yield TimelinePanel()
        yield MessageLine()
        yield Foot(self.hints)
        yield PromptLine()
        yield Static(TOO_SMALL, id="too-small")

    def refresh_view(self, view: View) -> None:
        """Show a view of which more is known than before; a message about a mistake stays."""
        self.view = view
        message = self.query_one(MessageLine)
        if not message.failed:
            message.shown = view.message, False

    def show(self, view: View, problem: str = "") -> None:
        """Show a view; `problem` takes the place of its message."""
        self.view = view
        self.query_one(MessageLine).shown = (problem, True) if problem else (view.message, False)

    def watch_view(self, view: View) -> None:
        """Give each panel its slice."""
        self.query_one(StatusLine).shown = TopLine.of(view)
        self._show_threads(view)
        self.query_one(NodesPanel).shown = ShownNodes(view.nodes)
        self.query_one(ScansPanel).shown = ShownScans.of(view, self.scanners)
        self.query_one(WordsPanel).shown = ShownWords(view.words)
        self.query_one(LogPanel).shown = view.log
        self.query_one(TimelinePanel).shown = view.timeline
        self._fold(view)

    def _show_threads(self, view: View) -> None:
        """Panes that stand side by side keep as many lines for what comes next: so all their lines are level."""
        panes = [Pane.of(view, index) for index in range(len(view.threads))]
        widgets = list(self.query(ThreadPane))
        needed = [pane.needs(widget.size.width) for pane, widget in zip(panes, widgets, strict=True)]
        rows = [widget.region.y for widget in widgets]
        for pane, widget, row in zip(panes, widgets, rows, strict=True):
            beside = [lines for lines, other in zip(needed, rows, strict=True) if other == row]
            widget.shown = evolve(pane, next_rows=max(beside) if len(beside) > 1 else 1)

    def _fold(self, view: View) -> None:
        """Of more than two threads, leave the active one and one other open where room is short."""
        active = next(index for index, thread in enumerate(view.threads) if thread.active)
        opened = {active, 1 if active == 0 else 0}
        for index, pane in enumerate(self.query(ThreadPane)):
            pane.set_class(index not in opened, "-spare")
            pane.set_class(index != active, "-idle")

    def on_resize(self, event: events.Resize) -> None:
        """Give the machine's panels the lines that they need at this size, whatever happens later."""
        if self.view is not None:
            self.allot(self.view, event.size.width, event.size.height)
            self.call_after_refresh(self._show_threads, self.view)

    def allot(self, view: View, width: int, height: int) -> None:
        """Set the heights that depend on the level and on the size of the screen."""
        roomy = height >= TALL
        machine = width * 3 // 5 if width >= WIDE else width
        scans, words = self.query_one(ScansPanel), self.query_one(WordsPanel)
        scans.roomy = words.roomy = roomy
        self.query_one(NodesPanel).styles.height = len(view.nodes)
        scans_shown = len(self.scanners) if roomy or len(view.threads) < 3 else 1
        scans.styles.height = scan_height(scans_shown, len(view.nodes), roomy=roomy)
        words.styles.height = word_height(view.words, machine, roomy=roomy)
        self.query_one(TimelinePanel).styles.height = len(view.threads) + roomy
