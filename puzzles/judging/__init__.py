# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs and claims come to, and what they are worth."""
