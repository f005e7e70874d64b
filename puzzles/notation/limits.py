# SPDX-License-Identifier: GPL-2.0-or-later
"""Bounds on a replay. A replay from a stranger is untrusted input."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 1 << 20
"""Bytes in one file, read or written."""

MAX_DEPTH: Final = 64
"""Variations inside one another. The main line has depth 0."""

MAX_STEPS: Final = 100_000
"""Single steps in one replay, those of all variations included."""

MAX_HEADERS: Final = 64
"""Headers in one file, Format included."""

MAX_HEADER_NAME: Final = 32
"""Characters in a header's name."""

MAX_HEADER_VALUE: Final = 512
"""Characters in a header's value, before escaping."""

MAX_COMMENT: Final = 4_000
"""Characters in a comment, before escaping and with runs of white space counted as one."""
