# SPDX-License-Identifier: GPL-2.0-or-later
"""NUMA nodes, and what a kernel makes of them at boot: the orders of its zonelists, and watermarks."""

from __future__ import annotations

from sim.numa.topology import Node, Topology, node_of_cpu
from sim.numa.watermark import (
    Watermarks,
    boot_marks,
    min_free_kbytes,
    zone_marks,
)
from sim.numa.zonelist import LATEST, RULES, Orders, Rule, Version, fallback_orders, node_orders, rule_of, version_text

__all__ = [
    "LATEST",
    "RULES",
    "Node",
    "Orders",
    "Rule",
    "Topology",
    "Version",
    "Watermarks",
    "boot_marks",
    "fallback_orders",
    "min_free_kbytes",
    "node_of_cpu",
    "node_orders",
    "rule_of",
    "version_text",
    "zone_marks",
]
