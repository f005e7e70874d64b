# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer is asked behind a game, in a thread of its own, and what it has answered."""
