# SPDX-License-Identifier: GPL-2.0-or-later
"""The visible operations: their kinds, and what those on locks and atomic counters do to a word."""
