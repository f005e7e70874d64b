# SPDX-License-Identifier: GPL-2.0-or-later
"""What holds for every test."""

from __future__ import annotations

import signal

# A shell that runs the tests in the background has them ignore ctrl+c, and so every program that a test starts and
# then interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
