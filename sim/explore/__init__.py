# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer: every schedule of a machine, searched to the end or to a named bound."""

from sim.explore.advice import Advisor, advisor
from sim.explore.circles import Circle, circles, goals
from sim.explore.distance import UNREACHABLE, best_moves, distances
from sim.explore.graph import Graph, TooLarge, state_graph
from sim.explore.odds import Odds, odds
from sim.explore.pareto import Best, pareto
from sim.explore.product import Product
from sim.explore.search import Bound, Progress, Search, Verdict, explore
from sim.explore.solve import Solution, solve

__all__ = [
    "UNREACHABLE",
    "Advisor",
    "Best",
    "Bound",
    "Circle",
    "Graph",
    "Odds",
    "Product",
    "Progress",
    "Search",
    "Solution",
    "TooLarge",
    "Verdict",
    "advisor",
    "best_moves",
    "circles",
    "distances",
    "explore",
    "goals",
    "odds",
    "pareto",
    "solve",
    "state_graph",
]
