# SPDX-License-Identifier: GPL-2.0-or-later
"""What a limit of a level does, in words."""

from __future__ import annotations

from sim import Limit


def limit_text(limit: Limit) -> str:
    """What a limit does to its thread."""
    rule = f"is held at {limit.hold_at}" if limit.hold_at else f"starts after {limit.start_after}"
    return f"{limit.thread} {rule}"
