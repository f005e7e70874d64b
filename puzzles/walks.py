# SPDX-License-Identifier: GPL-2.0-or-later
"""What the walks over a zonelist are called, as comments of a kernel file or its headers say it.

`walk FUNCTION(): NAME`, or `walk FUNCTION(PARAMETER = VALUE): NAME` for the calls with that argument, or
`walk CALLER calls FUNCTION(): NAME` for those that one function makes. That a thread is in such a call is what the
machine executes; a comment only gives the call its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from sim import Program
from sim.debugger import value_text
from sim.machine.state import FunctionCall

MAX_NAME: Final = 40
"""Characters of a name: it stands beside the operation that comes next."""

_DECLARATION: Final = re.compile(r"\s*\*\s*walk (?:(\w+) calls )?(\w+)\((?:(\w+) = (\w+))?\): (\S.*)")


@frozen
class NamedCall:
    """Calls of one function that are a walk: all, or those by this caller or with this argument, and the walk's name.

    "" stands for any.
    """

    caller: str
    parameter: str
    argument: str
    name: str


def walk_name(program: Program, call: FunctionCall) -> str:
    """The name of the walk that a call is; "" where it is none, or nothing names it."""
    function = program.functions[call.function]
    arguments = dict(call.arguments)
    texts = {
        parameter.name: value_text(program, parameter.type, arguments.get(parameter.slot), ())
        for parameter in function.parameters
    }
    caller = program.functions[call.caller].name if call.caller is not None else ""
    named_calls = (named for named in named_walks(program).get(function.name, ()) if named.caller in ("", caller))
    return next((named.name for named in named_calls if texts.get(named.parameter, "") == named.argument), "")


@lru_cache(maxsize=32)
def named_walks(program: Program) -> Mapping[str, tuple[NamedCall, ...]]:
    """The named calls of each function, in the order of their comments."""
    walks: dict[str, tuple[NamedCall, ...]] = {}
    for function, named in _declared(program):
        walks[function] = (*walks.get(function, ()), named)
    return walks


def _declared(program: Program) -> Iterator[tuple[str, NamedCall]]:
    for file in program.files.values():
        for match in filter(None, map(_DECLARATION.fullmatch, file.lines)):
            caller, function, parameter, argument, name = match.groups("")
            yield function, NamedCall(caller, parameter, argument, name.strip()[:MAX_NAME])
