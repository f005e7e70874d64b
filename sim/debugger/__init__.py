# SPDX-License-Identifier: GPL-2.0-or-later
"""A debugger without a screen: step, run, go back, look."""

from sim.debugger.evaluation import EvaluationError, evaluate
from sim.debugger.frames import FrameView, LocalView, backtrace, frame_locals, object_text, word_at
from sim.debugger.memory import UNLOCK_WAITS, change_texts, lock_text, shared_text, store_buffer
from sim.debugger.moment import Moment, extend, first_moment, obstacle, over, reached
from sim.debugger.naming import mask_text, name_of, value_text, word_text
from sim.debugger.pending import Pending, pending, source_text, why_not
from sim.debugger.points import Breakpoint, PointError, Watchpoint, breakpoint_at, parse_breakpoint, parse_watchpoint
from sim.debugger.serial import SerialRun, serial_runs, serial_wins
from sim.debugger.session import WATCHPOINT, Session
from sim.debugger.stops import Stop, StopReason
from sim.machine.letters import letters

__all__ = [
    "UNLOCK_WAITS",
    "WATCHPOINT",
    "Breakpoint",
    "EvaluationError",
    "FrameView",
    "LocalView",
    "Moment",
    "Pending",
    "PointError",
    "SerialRun",
    "Session",
    "Stop",
    "StopReason",
    "Watchpoint",
    "backtrace",
    "breakpoint_at",
    "change_texts",
    "evaluate",
    "extend",
    "first_moment",
    "frame_locals",
    "letters",
    "lock_text",
    "mask_text",
    "name_of",
    "object_text",
    "obstacle",
    "over",
    "parse_breakpoint",
    "parse_watchpoint",
    "pending",
    "reached",
    "serial_runs",
    "serial_wins",
    "shared_text",
    "source_text",
    "store_buffer",
    "value_text",
    "why_not",
    "won",
    "word_at",
    "word_text",
]
