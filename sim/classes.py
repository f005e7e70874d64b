# SPDX-License-Identifier: GPL-2.0-or-later
"""`frozen` and `define` of attrs, with one `__repr__` for all classes.

attrs writes a `__repr__` for each class, and compiles it at every start: half of all code that it makes, for texts that
only tests and developers read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["define", "frozen"]


def _sharing_repr(make: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(options: Mapping[str, bool], class_: type) -> Any:
        own = "__repr__" in vars(class_)
        made = make(class_, repr=False, **options)
        if not own:
            made.__repr__ = _fields_text
        return made

    def decorator(class_: type | None = None, **options: bool) -> Any:
        return partial(decorate, options) if class_ is None else decorate(options, class_)

    return decorator


@recursive_repr()
def _fields_text(value: attrs.AttrsInstance) -> str:
    """What attrs would say of a value: its class and its fields, as far as they are to be shown."""
    shown = (field for field in attrs.fields(type(value)) if field.repr)
    texts = (f"{field.name}={_text(field, getattr(value, field.name))}" for field in shown)
    return f"{type(value).__qualname__.rpartition('>.')[2]}({', '.join(texts)})"


def _text(field: attrs.Attribute[object], value: object) -> str:
    return field.repr(value) if callable(field.repr) else repr(value)


if TYPE_CHECKING:  # a type checker knows what attrs makes by the names that attrs has for it
    from attrs import define, frozen
else:
    define, frozen = _sharing_repr(attrs.define), _sharing_repr(attrs.frozen)
