# SPDX-License-Identifier: GPL-2.0-or-later
"""Reasons: because of which statements no schedule of a machine reaches its goal."""

from sim.reasons.groups import groups_of
from sim.reasons.judge import Judge, Reason
from sim.reasons.refusal import refusal
from sim.reasons.statements import Statement, statement_at, statements
from sim.reasons.trial import Bearing, Trial

__all__ = ["Bearing", "Judge", "Reason", "Statement", "Trial", "groups_of", "refusal", "statement_at", "statements"]
