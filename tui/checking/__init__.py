# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking packs: which levels, each level, and the lock file."""
