# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a whole screen, from the lines that each widget renders, by the places where they stand."""

from __future__ import annotations

from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget


def screen_text(app: App[None]) -> str:
    """The text of the uppermost screen, a line for each row."""
    width, height = app.size
    cells = [[" "] * width for _ in range(height)]
    for widget in app.screen.walk_children(Widget):
        if widget.visible and not isinstance(widget, Screen) and not list(widget.displayed_children):
            _place(widget, cells, app.size)
    return "\n".join("".join(row).rstrip() for row in cells)


def _place(widget: Widget, cells: list[list[str]], size: Size) -> None:
    region = widget.content_region
    visible = region.intersection(widget.parent.region if isinstance(widget.parent, Widget) else region)
    for y in range(visible.y, min(visible.bottom, size.height)):
        text = widget.render_line(y - region.y).text
        row = text[visible.x - region.x : visible.right - region.x]
        cells[y][visible.x : visible.x + len(row)] = row
