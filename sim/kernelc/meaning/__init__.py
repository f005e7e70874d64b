# SPDX-License-Identifier: GPL-2.0-or-later
"""The third pass: names, types and the rules of C, from trees to typed expressions."""
