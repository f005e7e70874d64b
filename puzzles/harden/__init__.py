# SPDX-License-Identifier: GPL-2.0-or-later
"""Other settings of a level's own machine: the same kernel and outcome, but not to be won by trying numbers."""
