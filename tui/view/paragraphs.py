# SPDX-License-Identifier: GPL-2.0-or-later
"""The texts of a level as paragraphs."""

from __future__ import annotations


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line, so that they wrap to any width."""
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
