# SPDX-License-Identifier: GPL-2.0-or-later
"""The debugger on screen, the plain line mode, and the command line."""
