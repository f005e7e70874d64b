# SPDX-License-Identifier: GPL-2.0-or-later
"""Pure functions from slices of the view to lines of styled text. Colours are names of theme variables."""
