# SPDX-License-Identifier: GPL-2.0-or-later
"""A statement because of which a level is safe, in plain values."""

from __future__ import annotations

from attrs import frozen


@frozen
class BearingLine:
    """A statement that bears: its file, line and text, and the best schedule that it prevents."""

    file: str
    line: int
    text: str
    schedule: str
    preemptions: int
    steps: int
