# SPDX-License-Identifier: GPL-2.0-or-later
"""The explorer: every schedule of a machine, searched to the end or to a named bound."""

from sim.explore.advice import Advisor, Doubted, advisor, way_from
from sim.explore.circles import Circle, circles, goals
from sim.explore.distance import UNREACHABLE, best_moves, distances
from sim.explore.faults import ModelFault, doubt, fault_after
from sim.explore.graph import Graph, bounded_graph, state_graph
from sim.explore.limits import Halted, Limits, Progress, ProgressWatch, patient
from sim.explore.odds import Odds, odds
from sim.explore.pareto import Best, pareto
from sim.explore.product import Product
from sim.explore.recipes import Recipes, recipes, with_one_number, with_two_numbers
from sim.explore.search import Search, Verdict, explore
from sim.explore.solve import Solution, improved, reach, solution_of, solve

__all__ = [
    "UNREACHABLE",
    "Advisor",
    "Best",
    "Circle",
    "Doubted",
    "Graph",
    "Halted",
    "Limits",
    "ModelFault",
    "Odds",
    "Product",
    "Progress",
    "ProgressWatch",
    "Recipes",
    "Search",
    "Solution",
    "Verdict",
    "advisor",
    "best_moves",
    "bounded_graph",
    "circles",
    "distances",
    "doubt",
    "explore",
    "fault_after",
    "goals",
    "improved",
    "odds",
    "pareto",
    "patient",
    "reach",
    "recipes",
    "solution_of",
    "solve",
    "state_graph",
    "way_from",
    "with_one_number",
    "with_two_numbers",
]
