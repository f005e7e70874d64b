# SPDX-License-Identifier: GPL-2.0-or-later
"""The last pass: typed expressions and statements to instructions."""
