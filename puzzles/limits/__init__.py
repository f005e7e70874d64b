# SPDX-License-Identifier: GPL-2.0-or-later
"""How far searches may go, in states, memory and time."""
