# SPDX-License-Identifier: GPL-2.0-or-later
"""The README's picture shows what the program draws today."""

from __future__ import annotations

import re
import runpy
from html import unescape
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def words(svg: str) -> list[str]:
    """The texts of a drawing, without colours and places."""
    return [unescape(text).replace("\xa0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


async def test_the_picture_is_regenerated_from_the_program() -> None:
    draw = runpy.run_path(str(DOCS / "picture.py"))["draw"]
    fresh = words(await draw())
    assert any("next:" in text for text in fresh)
    assert words((DOCS / "play.svg").read_text(encoding="utf-8")) == fresh, "run make picture"
