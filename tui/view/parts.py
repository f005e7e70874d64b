# SPDX-License-Identifier: GPL-2.0-or-later
"""Parts of the pages at the end of a level, which the screen and line mode draw alike."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from tui.view.sections import Paragraph


@frozen
class Headline:
    """What it comes to, in a word and a sentence; `good` says that the player has won or was right."""

    word: str
    text: str
    good: bool = False


@frozen
class LabelledText:
    """A text and what is added to it under a label ("" continues the one above)."""

    label: str
    text: str
    more: str = ""


@frozen
class Note:
    """What became of a win."""

    text: str


@frozen
class Items:
    """Things under a title ("": without one)."""

    title: str
    items: tuple[str, ...]


EndPart: TypeAlias = Headline | LabelledText | Note | Paragraph | Items
EndSection: TypeAlias = tuple[EndPart, ...]
