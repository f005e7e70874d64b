# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel C: the subset of C11 in which every kernel model is written (design: the source you see is what runs)."""
