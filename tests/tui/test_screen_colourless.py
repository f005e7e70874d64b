# SPDX-License-Identifier: GPL-2.0-or-later
"""T10: with NO_COLOR there are attributes and the terminal's own background, on every screen."""

from __future__ import annotations

import pytest

from tests.tui.playing import playing
from tests.tui.test_walker import SCREENS, start


@pytest.mark.parametrize("where", SCREENS)
async def test_t10_no_screen_has_a_colour(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with playing(start(where)) as player:
        for key in SCREENS[where][0].split():
            await player.turn_page(key)
        strips = player.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        assert {(style.color, style.bgcolor) for style in styles} == {(None, None)}
        assert any(style.bold or style.reverse or style.underline for style in styles)
