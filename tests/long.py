# SPDX-License-Identifier: GPL-2.0-or-later
"""Long campaigns: `make test` runs a sample of each, `make test-long` all the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import pytest

Value = TypeVar("Value")

LONG = pytest.mark.long


def sample(values: Iterable[Value], each: int) -> list[pytest.ParameterSet]:
    """Parameters, of which `make test` runs the first of each so many, and `make test-long` the others."""
    return [pytest.param(value, marks=LONG if number % each else ()) for number, value in enumerate(values)]
