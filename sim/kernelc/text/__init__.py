# SPDX-License-Identifier: GPL-2.0-or-later
"""The first pass: the preprocessor, tokens and literals."""
