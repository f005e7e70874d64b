# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's: settings, files, wins, runs, and what was typed to open them."""
