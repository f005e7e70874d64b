# SPDX-License-Identifier: GPL-2.0-or-later
"""The prompt at the foot of each screen of a level."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList

from tui.screens.once import Result
from tui.screens.opaque import OpaqueScreen
from tui.widgets import Foot, MessageLine, Prompt
from tui.widgets.prompt import Typing


class PromptScreen(OpaqueScreen[Result]):
    """A screen with a Foot, and in its place a PromptLine while the prompt is open, which it is until esc.

    `typing` is the prompt of the game that is played; where none is, there is no prompt, and `no_prompt` is said.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("colon", "prompt", "type a command", show=False)]
    typing: Typing | None = None
    no_prompt = "there is a prompt once a level is played"

    @property
    def prompting(self) -> bool:
        """Whether what is typed goes to the prompt."""
        return self.typing is not None and self.typing.open

    @property
    def enter_does(self) -> str:
        """What enter does where nothing was typed, if it does more than to close the prompt."""
        return ""

    def on_screen_resume(self) -> None:
        """The prompt is open here if it was open on the screen before."""
        self.arrange_prompt(self.query_one(Prompt).value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the prompt is open, keys that it does not know do nothing."""
        del parameters
        return not self.prompting or action == "scroll_by"

    def action_prompt(self, text: str = "") -> None:
        """Open the prompt."""
        if self.typing is not None:
            self.typing.open = True
            self.arrange_prompt(text)
        else:
            self.query_one(Foot).said = self.no_prompt

    @on(Prompt.Closed)
    def close_prompt(self) -> None:
        """Put the prompt away."""
        if self.typing is not None:
            self.typing.open = False
            self.arrange_prompt("")

    def arrange_prompt(self, text: str) -> None:
        """Show the prompt with a text, or the foot line."""
        self.set_class(self.prompting, "-prompting")
        if self.typing is not None and self.typing.open:
            self.query_one(Prompt).open(self.typing, self.enter_does, text)
        else:
            self.set_focus(self.query(OptionList).first() if self.query(OptionList) else None)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Have done what was typed."""
        event.stop()
        text = event.value.strip()
        if not text:
            self.submit_nothing()
        elif self.typing is not None:
            self.typing.remember(text)
            self.typing.take(text, self.answered)

    def submit_nothing(self) -> None:
        """Do what enter does where nothing was typed."""
        raise NotImplementedError

    def answered(self, done: bool, sentence: str) -> None:
        """Tell what came of a line; what cannot be done stays to be corrected."""
        if self not in self.app.screen_stack:
            return
        if done:
            self.query_one(Prompt).value = ""
        if self.app.screen is self:
            self._tell(sentence, failed=not done)

    def _tell(self, sentence: str, *, failed: bool) -> None:
        answer = self.query_one(MessageLine)
        answer.shown = sentence, failed
        answer.set_class(bool(sentence), "-told")
        if failed:
            self.query_one(Prompt).select_all()
        else:
            self.arrange_prompt("")
