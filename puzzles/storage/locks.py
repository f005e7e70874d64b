# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the process that writes a file is still alive: its lock ends with it, however it ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":

    def lock(handle: int) -> bool:
        """Nothing to do: the system itself protects an open file."""
        del handle
        return True

else:
    import fcntl

    def lock(handle: int) -> bool:
        """Lock an open file until it is closed; False where another has it. Raises OSError where locks do not work."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
