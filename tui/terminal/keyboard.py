# SPDX-License-Identifier: GPL-2.0-or-later
"""What the player types, in one queue: a key waits until all that the one before has set off is done.

Textual looks at a key as soon as it comes, while the screen or the prompt that the key before has asked for is still
being opened: keys that come in one burst would go to the wrong place, or nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

from textual.app import App
from textual.events import Event
from textual.message_pump import MessagePump
from textual.screen import Screen

Deliver: TypeAlias = Callable[[Event], Awaitable[None]]
_LOOK = 0.1
"""Seconds after which to look again whether somebody waited for is still there."""


class Keyboard:
    """The queue of an app. `deliver` does with an event what textual would do at once; `pending` are not done yet."""

    def __init__(self, app: App[None], deliver: Deliver) -> None:
        self.app = app
        self.deliver = deliver
        self.typed: asyncio.Queue[Event] = asyncio.Queue()
        self.pending = 0
        self.awaited: Screen[object] | None = None
        self.drawn = 0.0

    def put(self, event: Event) -> None:
        """Take what was typed, unless that was before the screen was drawn for which the player has waited."""
        if event.time < self.drawn or (self.awaited is not None and self.app.screen is self.awaited):
            return
        self.pending += 1
        self.typed.put_nowait(event)

    def drop_until_drawn(self) -> None:
        """Forget what was typed while the player waited for the present screen, and what is until it can be seen."""
        while not self.typed.empty():
            self.typed.get_nowait()
            self.pending -= 1
        self.awaited = self.app.screen

    def displayed(self) -> None:
        """Something was drawn: from now on what is typed is meant for it."""
        if self.awaited is not None:
            self.awaited, self.drawn = None, Event().time

    async def feed(self) -> None:
        """Deliver what is typed, one after the other, for as long as the app runs."""
        while True:
            event = await self.typed.get()
            before = self.app.screen
            self.app.call_later(self.deliver, event)
            await self._settle(before)
            self.pending -= 1

    async def _settle(self, before: Screen[object]) -> None:
        """Wait until no message is under way and a screen that came up is drawn."""
        while True:
            for pump in self._pumps():
                await self._passed(pump, pump.call_later)
            if not any(pump.message_queue_size for pump in self._everybody()):
                if self.app.screen is before:
                    return
                before = self.app.screen
                await self._passed(before, before.call_after_refresh)

    async def _passed(self, pump: MessagePump, call: Callable[[Callable[[], None]], bool]) -> None:
        """Wait until a pump comes to what it is called for now, or is gone."""
        come = asyncio.Event()
        if call(come.set):
            while not come.is_set() and pump in self._pumps():
                with suppress(TimeoutError):
                    await asyncio.wait_for(come.wait(), _LOOK)

    def _pumps(self) -> list[MessagePump]:
        """Who handles keys and what they set off: from the widget that has the focus to the app."""
        focused = [self.app.focused] if self.app.focused else []
        return [*focused, *reversed(self.app.screen_stack), self.app]

    def _everybody(self) -> Iterator[MessagePump]:
        yield self.app
        for screen in self.app.screen_stack:
            yield screen
            yield from screen.walk_children()
