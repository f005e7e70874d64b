# SPDX-License-Identifier: GPL-2.0-or-later
"""What is shown of a game, as values and sentences: the same in every mode."""
