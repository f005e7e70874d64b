# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's wins: stored, and verified once."""
