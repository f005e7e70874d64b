# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines with which the package opens run, and answer what they say."""

from __future__ import annotations

import doctest

import sim


def test_the_first_lines_of_sim_run_as_they_stand() -> None:
    results = doctest.testmod(sim)
    assert results.attempted >= 10
    assert results.failed == 0
