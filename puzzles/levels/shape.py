# SPDX-License-Identifier: GPL-2.0-or-later
"""From the plain values of a TOML file to a Level or another frozen class, with the path of each mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.cols import homogenous_tuple_structure_factory, is_mapping, is_sequence, mapping_structure_factory
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn, override

from puzzles.judging.ask import Ask
from puzzles.levels.errors import LevelError, Problem
from puzzles.levels.limits import LETTERS
from puzzles.levels.model import Level, Question
from sim import Goal, Outcome, Thread

T = TypeVar("T")
_KINDS = {dict: "a table", list: "a list in [ ]", str: "a text in quotes", int: "a whole number"}
_TIMES = (date, time)
_NO_GOALS = (Outcome.OPEN, Outcome.FAULT, Outcome.RULE_BROKEN)
_TOML_NAMES = {
    "threads": "thread", "limits": "limit", "chapters": "chapter", "eras": "era", "terms": "term",
    "what_ifs": "what_if", "sets": "set",
}  # fmt: skip


def structure(data: Mapping[str, Any], kind: type[T], file: str) -> T:
    """The values of a file as a Level or another class of fields. Raises LevelError with every mistake of shape."""
    try:
        return _CONVERTER.structure(data, kind)
    except BaseValidationError as group:
        raise LevelError(Problem(file, key, message) for key, message in _mistakes(group, "")) from None


def _mistakes(problem: Exception, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(problem, ClassValidationError):
        in_keys, others = problem.group_exceptions()
        for mistake, note in in_keys:
            yield from _mistakes(mistake, _join(path, _TOML_NAMES.get(note.name, note.name)))
    elif isinstance(problem, IterableValidationError):
        in_items, others = problem.group_exceptions()
        for item, place in in_items:
            index = place.index
            deeper = f"{path}[{index}]" if isinstance(index, int) else _join(path, f'"{index}"')
            yield from _mistakes(item, deeper)
    elif isinstance(problem, ForbiddenExtraKeysError):
        others = []
        yield from ((_join(path, key), _unknown(key, problem.cl)) for key in sorted(problem.extra_fields))
    else:
        others = []
        yield path, "is missing; add it" if isinstance(problem, KeyError) else str(problem)
    for other in others:
        yield from _mistakes(other, path)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _unknown(key: str, kind: type) -> str:
    left_out = _LEFT_OUT.get(kind, ())
    keys = [_TOML_NAMES.get(name, name) for name in attrs.fields_dict(kind) if name not in left_out]
    close = get_close_matches(key, keys, 1)
    advice = f"did you mean {close[0]}?" if close else f"there are: {', '.join(keys)}"
    return f"no such key; {advice}"


def _check_kind(value: object, kind: type) -> None:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{_brief(value)} stands where {_KINDS[kind]} belongs; write {_KINDS[kind]}")


def _brief(value: object) -> str:
    """A value as TOML writes it, cut where it is long."""
    text = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, _TIMES) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _checked(kind: type, hook: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def structure_checked(value: object, target: Any) -> Any:
        """What the hook makes of a value, once that is known to be of the right kind."""
        _check_kind(value, kind)
        return hook(value, target)

    return structure_checked


def _scalar(value: object, target: type) -> object:
    _check_kind(value, target)
    return value


def _truth(value: object, _: object) -> object:
    if not isinstance(value, bool):
        raise TypeError(f"{_brief(value)} stands where true or false belongs; write one of them, without quotes")
    return value


def _boot_value(value: object, _: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"{_brief(value)} is no boot value; write a whole number or a text in quotes")
    return value


def _letter(value: object, _: object) -> object:
    _check_kind(value, str)
    if value not in LETTERS:
        raise ValueError(f"{_brief(value)} is no thread's letter; use one of {', '.join(LETTERS)}")
    return value


def _outcome(value: object, _: object) -> Outcome:
    goals = [outcome.value for outcome in Outcome if outcome not in _NO_GOALS]
    if value not in goals:
        raise ValueError(f"{_brief(value)} is no outcome to reach; use one of {', '.join(goals)}")
    return Outcome(value)


def _ask(value: object, _: object) -> Ask:
    asks = [ask.value for ask in Ask]
    if value not in asks:
        raise ValueError(f"{_brief(value)} is nothing that a level asks; use one of {', '.join(asks)}")
    return Ask(value)


def _make_converter() -> Converter:
    made = Converter(forbid_extra_keys=True, detailed_validation=True)

    def of_class(kind: Any) -> Callable[[Any, Any], Any]:
        """The hook that makes a class of fields of a table, under the names that the keys have in TOML."""
        names = attrs.fields_dict(kind)
        overrides: dict[str, Any] = {name: override(omit=True) for name in _LEFT_OUT.get(kind, ())}
        overrides |= {name: override(rename=key) for name, key in _TOML_NAMES.items() if name in names}
        if kind is Thread:
            overrides["letter"] = override(struct_hook=_letter)
        return _checked(dict, make_dict_structure_fn(kind, made, **overrides))

    def goal(value: object, target: type[Goal]) -> Goal:
        """A goal from the name of its outcome alone, or from a table."""
        return Goal(_outcome(value, Outcome)) if isinstance(value, str) else goal_table(value, target)

    for scalar in (str, int):
        made.register_structure_hook(scalar, _scalar)
    made.register_structure_hook(bool, _truth)
    made.register_structure_hook(Outcome, _outcome)
    made.register_structure_hook(Ask, _ask)
    made.register_structure_hook_func(lambda kind: kind == int | str, _boot_value)
    made.register_structure_hook_factory(
        lambda kind: is_sequence(kind) and kind is not str,
        lambda kind: _checked(list, homogenous_tuple_structure_factory(kind, made)),
    )
    made.register_structure_hook_factory(is_mapping, lambda kind: _checked(dict, mapping_structure_factory(kind, made)))
    made.register_structure_hook_factory(attrs.has, of_class)
    goal_table = of_class(Goal)
    made.register_structure_hook(Goal, goal)
    return made


# What the loader adds to a level, and what follows from other keys.
_LEFT_OUT: dict[type, tuple[str, ...]] = {
    Level: ("file", "source"),
    Question: ("source",),
    Thread: ("node",),
}
_CONVERTER = _make_converter()
