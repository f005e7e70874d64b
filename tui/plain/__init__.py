# SPDX-License-Identifier: GPL-2.0-or-later
"""The line mode: every level can be played with lines of text, by a screen reader, through a pipe, from a script."""
