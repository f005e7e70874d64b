# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of levels: all of them open from the start."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from puzzles.levels.listing import Listed
from tui.lines.hints import Hint
from tui.lines.listing import broken_detail, broken_line, chapter_line, level_detail, level_line, tally
from tui.player.services import Services
from tui.screens.opaque import OpaqueScreen
from tui.view.stars import NO_STANDING, UNSETTLED, Standings
from tui.widgets import CursorList, Foot, RunningText, Title

if TYPE_CHECKING:
    from sim.explore import ProgressWatch
    from tui.explorer.searching import BackgroundSearch

HINTS = (
    Hint("enter", "play", "screen.select", 0),
    Hint("\u2191 \u2193", "choose", "", 2),
    Hint("F", "debrief", "screen.debrief", 1),
    Hint("H", "history", "screen.history", 1),
    Hint("?", "help", "app.help", 0),
    Hint("q", "quit", "screen.leave", 0),
)
OF_VARIANTS = Hint("\u2514", "a variant: no star", "", 1)


class LevelsScreen(OpaqueScreen[None]):
    """Chapters in order of time, their levels, and what is new in the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "debrief", "debrief"),
        Binding("H", "history", "history"),
        Binding("q", "leave", "quit"),
    ]

    class Chosen(Message):
        """A level is to be played."""

        def __init__(self, level_id: str) -> None:
            super().__init__()
            self.level_id = level_id

    class DebriefWanted(Message):
        """The story behind a level that is settled is to be told."""

        def __init__(self, level_id: str) -> None:
            super().__init__()
            self.level_id = level_id

    class HistoryWanted(Message):
        """The time line is to be shown."""

    class LeaveWanted(Message):
        """The program is to be left."""

    class Read(Message):
        """What is proved of the levels has been read."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.pack = services.pack
        self.services = services
        self.standings: Standings = {}
        self.free = Event()
        self.free.set()
        self.reading: BackgroundSearch | None = None

    def compose(self) -> ComposeResult:
        """The list, and what is known of the level under the cursor."""
        yield Title("")
        yield CursorList(compact=True)
        yield RunningText([], "detail")
        variants = any(level.variant_of for level in self.pack.listed)
        yield Foot((*HINTS, OF_VARIANTS) if variants else HINTS)

    def on_mount(self) -> None:
        """Fill the list; begin at the first level that is not solved, else at the first one."""
        self.fill()
        self.query_one(OptionList).focus()
        following = self.services.next_level()
        for id_ in [following.id] if following else self.pack.ids[:1]:
            self.point_at(id_)

    def look_up(self) -> None:
        """Look up what is proved of each level, where the list does not say it: that compiles all kernels."""
        if self.pack.proved:
            return
        from tui.explorer.searching import BackgroundSearch

        self.reading = BackgroundSearch("What is proved of the levels?", self._read)
        self.reading.start(lambda: self.post_message(self.Read()))

    def _read(self, watch: ProgressWatch) -> None:
        del watch
        proofs = self.services.proofs
        for id_ in self.pack.ids:
            self.free.wait()
            proofs.known(self.pack.level(id_))
        proofs.keep_list()

    @property
    def busy(self) -> bool:
        """Whether not all is read yet."""
        return not self.pack.proved and not (self.reading and self.reading.over)

    @property
    def pointed(self) -> Listed | None:
        """The level under the cursor; None where that is none, or a broken one."""
        option = self.query_one(OptionList).highlighted_option
        return self.pack.find(option.id or "") if option else None

    def point_at(self, level_id: str) -> None:
        """Put the cursor on a level."""
        listed = self.query_one(OptionList)
        ids = [option.id for option in listed.options]
        if level_id in ids:
            listed.highlighted = ids.index(level_id)

    def on_screen_resume(self) -> None:
        """Show what was solved meanwhile."""
        if self.standings != self.services.standings()[0]:
            self.fill()

    def fill(self) -> None:
        """Make the list anew; the cursor stays."""
        listed = self.query_one(OptionList)
        place = listed.highlighted
        self.standings, _ = self.services.standings()
        self.query_one(Title).title = f"oomrace  {self.pack.title}   {tally(self.pack, self._won())}"
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = place

    def _won(self) -> list[str]:
        return [id_ for id_, standing in self.standings.items() if standing.rating]

    def _options(self) -> Iterator[Option | None]:
        for number, chapter in enumerate(self.pack.chapters):
            if number:
                yield Option("", disabled=True)
            yield Option(chapter_line(chapter), disabled=True)
            for level in self.pack.in_chapter(chapter.id):
                yield Option(level_line(level, self.standings.get(level.id, NO_STANDING)), id=level.id)
            for id_ in self.pack.broken_in(chapter.id):
                yield Option(broken_line(id_), id=id_)

    @on(OptionList.OptionHighlighted)
    def describe(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the level under the cursor is about."""
        self.detail(event.option.id or "")

    @on(Read)
    def describe_again(self) -> None:
        """Show the par of the level under the cursor, now that it is known, and the stars that follow from it."""
        if self.standings != self.services.standings()[0]:
            self.fill()
        option = self.query_one(OptionList).highlighted_option
        self.detail(option.id or "" if option else "")

    def detail(self, id_: str) -> None:
        """Show what a level is about, with its par once it is settled, where that is known."""
        level = self.pack.find(id_)
        if level and not self.pack.proved:
            level = self.services.proofs.with_par(self.pack, level)
        level = level and level.telling(self.services.settled())
        lines = level_detail(level, self.standings.get(id_, NO_STANDING)) if level else broken_detail(self.pack, id_)
        self.query_one(RunningText).shown = tuple(lines)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Play the level under the cursor."""
        self.post_message(self.Chosen(event.option.id or ""))

    def action_select(self) -> None:
        """Play the level under the cursor."""
        self.query_one(OptionList).action_select()

    def action_debrief(self) -> None:
        """Tell the story behind the level under the cursor, once it is settled."""
        if self.pointed and self.pointed.id in self.services.settled():
            self.post_message(self.DebriefWanted(self.pointed.id))
        else:
            self.query_one(Foot).said = UNSETTLED

    def action_history(self) -> None:
        """Show the time line of the schemes."""
        self.post_message(self.HistoryWanted())

    def action_leave(self) -> None:
        """Leave the game."""
        self.post_message(self.LeaveWanted())
