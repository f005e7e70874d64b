# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine as a Promela model, for SPIN to search in its own way."""
