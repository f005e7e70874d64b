# SPDX-License-Identifier: GPL-2.0-or-later
"""Text to syntax trees, by tree-sitter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import tree_sitter_c
from tree_sitter import Language, Node, Parser

from sim.kernelc.scope import text
from sim.kernelc.source import Diagnostic, Span

MAX_DEPTH = 100
_PARSER = Parser(Language(tree_sitter_c.language()))

# tree-sitter does not know which names are types. A name that is none does not need its parentheses in "(name) - x";
# one that is a type is shown to it as int, and `casts` remembers what stood there.
_LONE_NAME = re.compile(r"\((\s*)([A-Za-z_]\w*)(\s*)\)(?=\s*([-+*&(]))")
_OPERAND_BEFORE = re.compile(r"[\w)\]]\s*$")
_CALL_BEFORE = re.compile(r"\w\s*$")
_RETURN_BEFORE = re.compile(r"\b(return|case)\s*$")
_LOOK_BACK = 40
_WORD = re.compile(r"\w+|[][(){},;]")


def typedef_names(code: str) -> set[str]:
    """The names that typedefs in this code introduce: the last word outside of brackets before a comma or the end."""
    names: set[str] = set()
    reading, depth, last = False, 0, ""
    for word in _WORD.findall(code) if "typedef" in code else ():
        if word == "typedef":
            reading, depth, last = True, 0, ""
        elif word in "([{":
            depth += 1
        elif word in ")]}":
            depth -= 1
        elif reading and depth == 0 and word in ",;":
            names.add(last)
            reading = word == ","
        elif depth == 0:
            last = word
    return names - {""}


def parse(code: str, types: set[str]) -> tuple[Node, dict[tuple[int, int], str]]:
    """The tree of a whole file, whose lines and columns are those of `code`; `types` are known typedef names.

    Also the typedef names in casts, by line and column (both from 0) of the cast.
    """
    casts: dict[tuple[int, int], str] = {}
    lines = [0, *(found.end() for found in re.finditer("\n", code))]
    bare = _LONE_NAME.sub(lambda found: _shown(found, types, lines, casts), code)
    return _PARSER.parse(bare.encode()).root_node, casts


def _shown(found: re.Match[str], types: set[str], lines: list[int], casts: dict[tuple[int, int], str]) -> str:
    inner, name, after, following = found.groups()
    start = found.start()
    before = found.string[max(0, start - _LOOK_BACK) : start]
    called = _CALL_BEFORE if name in types else _OPERAND_BEFORE
    is_operand = _RETURN_BEFORE.search(before) or not called.search(before)
    if not is_operand or name in ("int", "long", "unsigned", "bool"):
        return found[0]
    if name in types:
        if len(name) < len("int"):
            return found[0]
        line = bisect_right(lines, start) - 1
        casts[line, start - lines[line]] = name
        return f"({inner}{'int':{len(name)}}{after})"
    if following == "(":
        return found[0]
    return f" {inner}{name}{after} "


def parse_expression(source: str) -> Node | None:
    """The tree of one expression; None if the text is something else, or nested too deep to read."""
    line = " ".join(source.split())
    tree = _PARSER.parse(f"int _ = {line}\n;".encode()).root_node
    if tree.has_error or tree.named_child_count != 1 or tree.named_children[0].type != "declaration":
        return None
    if _too_deep(tree) is not None:
        return None
    declarators = tree.named_children[0].children_by_field_name("declarator")
    if len(declarators) != 1 or declarators[0].type != "init_declarator":
        return None
    found = declarators[0].child_by_field_name("value")
    return found if found is not None and found.type != "initializer_list" else None


EXPRESSION_COLUMN = len("int _ = ")


def mistakes(root: Node, file: str) -> Iterator[Diagnostic]:
    """A diagnostic for each place where the tree shows that the text is no C, and for nesting too deep to read."""
    deep = _too_deep(root)
    if deep is not None:
        yield Diagnostic(_span(deep, file), f"nested more than {MAX_DEPTH} deep", "split it up")
        return
    stack = [root] if root.has_error else []
    while stack:
        node = stack.pop()
        if node.is_missing:
            yield Diagnostic(_span(node, file), f"{node.type} is missing", f"write {node.type} here")
        elif node.type == "ERROR":
            snippet = " ".join(text(node).split())[:40]
            yield Diagnostic(
                _span(node, file),
                f"cannot read {snippet}",
                "this is no statement or declaration of C; is a ; or ) missing before it?",
            )
        elif node.has_error:
            stack.extend(reversed(node.children))


def _too_deep(root: Node) -> Node | None:
    cursor = root.walk()
    while True:
        if cursor.depth > MAX_DEPTH:
            return cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return None


def _span(node: Node, file: str) -> Span:
    start, end = node.start_point, node.end_point
    return Span(file, start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
