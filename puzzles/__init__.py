# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels as data, their loader, the judge, and replay files."""
