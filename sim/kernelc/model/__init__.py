# SPDX-License-Identifier: GPL-2.0-or-later
"""What the passes hand on: places in source, types, typed expressions, instructions."""
