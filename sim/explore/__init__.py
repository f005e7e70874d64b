# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer: every schedule of a machine, searched to the end or to a named bound."""

from sim.explore.advice import Advisor, advisor
from sim.explore.circles import Circle, circles, goals
from sim.explore.distance import UNREACHABLE, best_moves, distances
from sim.explore.graph import Graph, state_graph
from sim.explore.limits import Halted, Limits, Progress, Watch, patient
from sim.explore.odds import Odds, odds
from sim.explore.pareto import Best, pareto
from sim.explore.product import Product
from sim.explore.search import Search, Verdict, explore
from sim.explore.solve import Solution, solve

__all__ = [
    "UNREACHABLE",
    "Advisor",
    "Best",
    "Circle",
    "Graph",
    "Halted",
    "Limits",
    "Odds",
    "Product",
    "Progress",
    "Search",
    "Solution",
    "Verdict",
    "Watch",
    "advisor",
    "best_moves",
    "circles",
    "distances",
    "explore",
    "goals",
    "odds",
    "pareto",
    "patient",
    "solve",
    "state_graph",
]
