# SPDX-License-Identifier: GPL-2.0-or-later
"""Sentences about threads, and their letters in the colours that they have on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Self

import click

from sim import Thread
from tui.theme import THREADS
from tui.view.roles import Role, roles


class OfThreads(str):
    """A sentence in which the letters of these threads stand for them; in other sentences A may be an article."""

    __slots__ = ("roles",)
    roles: Mapping[str, Role]

    def __new__(cls, text: str, threads: Sequence[Thread]) -> Self:
        """Keep what the threads do with the text."""
        made = super().__new__(cls, text)
        made.roles = roles(threads)
        return made


def painted(text: str, threads: Mapping[str, Role]) -> str:
    """A text with the letters of threads in the terminal's own colours."""

    def paint(letter: re.Match[str]) -> str:
        return click.style(letter[0], fg=THREADS[threads[letter[0]]].ansi, bold=True)

    return re.sub(rf"\b[{''.join(threads)}]\b", paint, text)
