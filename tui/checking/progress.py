# SPDX-License-Identifier: GPL-2.0-or-later
"""How far a check has come, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Self

import click
from attrs import define, field

from sim.explore import Progress

PATIENCE = 0.2
"""Seconds between two lines."""


@define(eq=False)
class ProgressLine:
    """A line on the error stream, where that is a terminal, about the levels of these ids.

    `begun` counts those that were told of with `next`.
    """

    ids: Sequence[str]
    begun: int = 0
    _shown: bool = False
    _since: float = field(factory=time.monotonic)
    _last: float = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def next(self) -> None:
        """Make room for what is told of the next level."""
        self.begun += 1
        self._clear()

    def done(self, count: int) -> None:
        """Tell how many levels are done."""
        self._show(f"{count} of {len(self.ids)} levels")

    def searched(self, progress: Progress) -> str:
        """Tell how far the search of the level in work is; always go on."""
        self._show(f"{self.begun} of {len(self.ids)} levels, {self.ids[self.begun]}: {progress.states:,} states")
        return ""

    def _show(self, text: str) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self._last >= PATIENCE:
            self._last = now
            self._shown = True
            click.echo(f"\r\x1b[Kchecked {text}, {now - self._since:.0f} s", nl=False, err=True)

    def _clear(self) -> None:
        if self._shown:
            self._shown = False
            click.echo("\r\x1b[K", nl=False, err=True)
