# SPDX-License-Identifier: GPL-2.0-or-later
"""The terminal under the screen: what it sends, what it is asked for, and how it is given back."""
