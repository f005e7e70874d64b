# SPDX-License-Identifier: GPL-2.0-or-later
"""The simulated machine: threads that take one visible operation at a time on shared words."""
