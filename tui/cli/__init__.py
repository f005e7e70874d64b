# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line. `arguments` says what can be typed; each command's work is in the module of its name."""
