# SPDX-License-Identifier: GPL-2.0-or-later
"""The end of a run, or of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.levels import Level
from tui.lines.endings import Text
from tui.lines.hints import Hint
from tui.screens.choices import Next, TypedLine
from tui.screens.once import Result
from tui.screens.page import BACK as BACK_KEYS
from tui.screens.page import SCROLL, PageScreen
from tui.screens.terms import EXPLAIN, ExplainedScreen
from tui.widgets import RunningText

BACK = "screen.do('back')"
LOOK = Hint("esc", "look around", "screen.close", 0)
AFTER = (
    Hint("u", "step back", BACK, 1),
    Hint("x", "again", "screen.do('restart')", 1),
    Hint("o", "rescue", "screen.do('rescue')", 1),
    Hint("m", "ways", "screen.ways", 1),
    Hint("l", "why", "screen.do('ladder')", 1),
    Hint("T", "kernels", "screen.do('transfer')", 1),
    Hint("Y", "the race", "screen.do('lesson')", 1),
    Hint("W", "what if", "screen.do('whatif')", 1),
    Hint("F", "debrief", "screen.tell('debrief')", 2),
    Hint("O", "sources", "screen.tell('sources')", 2),
    Hint("N", "notes", "screen.tell('notes')", 2),
    Hint("M", "left out", "screen.tell('model')", 2),
    Hint("L", "log", "screen.tell('log')", 2),
)
TOLD = tuple(hint for hint in AFTER if hint.keys in "ONM")


class StoryScreen(ExplainedScreen[Result]):
    """A page about a level that is settled: commands of the game tell more, above it."""

    def action_tell(self, command: str) -> None:
        """Tell what a command of the game answers."""
        if self.typing is not None:
            self.typing.take(command, self.answered)


class DebriefScreen(StoryScreen[TypedLine]):
    """The whole story behind a level. The key that opened it closes it, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "close", "back", show=False),
        *(Binding(hint.keys, hint.action.removeprefix("screen."), hint.does) for hint in TOLD),
    ]

    def __init__(self, level: Level, lines: Iterable[Text]) -> None:
        super().__init__(f"{level.id}  {level.title}", lines, (BACK_KEYS, *TOLD, EXPLAIN, SCROLL))


class OutcomeScreen(StoryScreen[TypedLine | Next]):
    """What it came to. Dismissed with what the player wants next: a command, Next, or None to look around.

    `won` decides what enter does; `keys` are those that act, and are named at the foot.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "next level"),
        *(Binding(hint.keys, hint.action.removeprefix("screen."), hint.does) for hint in AFTER),
    ]

    def __init__(self, level: Level, lines: Iterable[Text], keys: str, *, won: bool, following: str) -> None:
        onward = [Hint("enter", following, "screen.onward", 0)] if won else [Hint("enter u", "step back", BACK, 0)]
        onward += [hint for hint in AFTER if hint.keys in keys.split() and (won or hint.action != BACK)]
        super().__init__(f"{level.id}  {level.title}", lines, (*onward, EXPLAIN, LOOK))
        self.won = won
        self.ways: Callable[[], Sequence[str]] = tuple

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that the foot does not name does nothing."""
        called = f"screen.{action}" + (f"({parameters[0]!r})" if parameters else "")
        unnamed = {hint.action for hint in AFTER} - {hint.action for hint in self.hints}
        return called not in unnamed and super().check_action(action, parameters)

    @property
    def enter_does(self) -> str:
        """Nothing but to close the prompt."""
        return ""

    def submit_nothing(self) -> None:
        """Nobody goes on by an enter too many: read first."""
        self.close_prompt()

    def say(self, lines: Iterable[Text]) -> None:
        """Change what the page says: more is known by now. The page may be about to come, or to go."""
        self.text = list(lines)
        for text in self.query(RunningText):
            text.shown = tuple(self.text)

    def action_do(self, line: str) -> None:
        """Go back to the game and do a command there."""
        self.dismiss(TypedLine(line))

    def action_onward(self) -> None:
        """Go to the next level after a win, one step back after a loss."""
        self.dismiss(Next() if self.won else TypedLine("back"))

    def action_ways(self) -> None:
        """Show the best schedules, where they are known."""
        if ways := self.ways():
            page: PageScreen[None] = PageScreen("the best ways to win", ways)
            page.typing = self.typing
            self.app.push_screen(page)
