# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of a win."""

from __future__ import annotations

from attrs import frozen


@frozen
class Saved:
    """What became of a win, in a sentence; `replay` is its text where it could not be stored, else ""."""

    sentence: str = ""
    replay: str = ""
