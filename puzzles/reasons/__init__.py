# SPDX-License-Identifier: GPL-2.0-or-later
"""Because of which statements a level is safe."""
