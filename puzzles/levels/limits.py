# SPDX-License-Identifier: GPL-2.0-or-later
"""Bounds on levels. A pack from a stranger is untrusted input."""

from __future__ import annotations

from typing import Final

LETTERS: Final = ("A", "B", "C", "D", "R")
"""What the threads of a level may be called."""

MAX_LEVEL_BYTES: Final = 64 << 10
"""Bytes in a level.toml or pack.toml."""

MAX_SOURCE_BYTES: Final = 256 << 10
"""Bytes in a kernel file or a header."""

MAX_HEADERS: Final = 100
"""Headers in one include folder."""

MAX_LEVELS: Final = 500
"""Levels in a pack."""

MAX_FOLDER: Final = 2_000
"""Entries of a folder that are looked at."""

MAX_BRIEFING_LINES: Final = 12
MAX_BRIEFING_COLUMNS: Final = 76
"""What a screen of 80 columns and 24 lines shows without scrolling."""

MAX_DEBRIEF_LINES: Final = 60
MAX_DEBRIEF_COLUMNS: Final = 100
"""Bounds on what is read once the level is over, and may scroll."""

MAX_SHORT: Final = 280
MAX_SHORT_SENTENCES: Final = 3
"""Characters and sentences of a debrief in short: it stands on one page with all that a run came to."""

MAX_DECIDES: Final = 2
"""Places of which an author says that they decide a level."""

MAX_LINE: Final = 200
"""Characters in a text of one line: title, idea, a source, a call."""

MAX_HINT: Final = 400
"""Characters in a hint, which the screen wraps."""

MAX_ITEMS: Final = 40
"""Entries of a list: sources, commits, what is left out, shown lvalues, limits."""

MAX_BOOT: Final = 400
"""Boot values of a level."""

MAX_WHAT_IFS: Final = 3
"""Questions that a level asks once it is settled."""

MAX_PREEMPTIONS: Final = 20
"""The largest bound on preemptions that a level can ask for: each one more adds to the states that are searched."""
