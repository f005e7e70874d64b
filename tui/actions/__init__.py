# SPDX-License-Identifier: GPL-2.0-or-later
"""What the commands do: functions from a game and the rest of a typed line to a reply."""
