# SPDX-License-Identifier: GPL-2.0-or-later
"""A program of other bytes, as far as what is kept for the next start can tell."""

from __future__ import annotations

import pytest

from puzzles.storage import sealed


def be_another_program(monkeypatch: pytest.MonkeyPatch, made_of: str) -> None:
    """From now on all files of the game have this hash."""
    for name in ("_made_of", "_hash_now"):
        monkeypatch.setattr(sealed, name, lambda: made_of)
