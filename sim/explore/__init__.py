# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer: every schedule of a machine, searched to the end or to a named bound."""

from sim.explore.product import Product
from sim.explore.search import Bound, Progress, Search, Verdict, explore

__all__ = ["Bound", "Product", "Progress", "Search", "Verdict", "explore"]
