# SPDX-License-Identifier: GPL-2.0-or-later
"""Text to syntax trees, by tree-sitter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

import tree_sitter
import tree_sitter_c

from sim.classes import frozen
from sim.kernelc.model.source import Diagnostic, Span
from sim.kernelc.syntax.tree import ShownText, SyntaxNode
from sim.kernelc.syntax.typenames import shown_words, shown_words_of_expression
from sim.kernelc.syntax.vocabulary import ATTRIBUTES, STATEMENTS
from sim.kernelc.syntax.walk import MAX_DEPTH
from sim.kernelc.text.preprocess import blank_comments

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c.language()))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@frozen(eq=False, slots=False)
class Parsed:
    """A text as the parser reads it: `tree` has the places of what it was shown, `source` those of the text."""

    source: ShownText
    tree: tree_sitter.Tree

    @cached_property
    def root(self) -> SyntaxNode:
        """The tree over the author's text. Only for trees without `mistakes`."""
        return _node(self.tree.walk(), self.tree.root_node, self.source)


def parse(code: str, names: dict[str, bool]) -> Parsed:
    """Parse a whole file, in which `names` are declared at first; those of its file scope are added to them."""
    parsed, declared = _parsed_file(code, frozenset(names.items()))
    names.update(declared)
    return parsed


@lru_cache(maxsize=64)  # headers, which one kernel file after the other includes
def _parsed_file(code: str, names_before: frozenset[tuple[str, bool]]) -> tuple[Parsed, dict[str, bool]]:
    names = dict(names_before)
    return _parsed(ShownText(code, shown_words(code, names))), names


def _parsed(source: ShownText) -> Parsed:
    return Parsed(source, _PARSER.parse(source.shown.encode()))


_BEFORE = "int _ = "
EXPRESSION_COLUMN = len(_BEFORE)


def parse_expression(text: str, names_type: Callable[[str], bool | None]) -> SyntaxNode | None:
    """The tree of one expression; None if the text is something else, or nested too deep to read.

    `names_type` tells whether a word names a type where the expression stands.
    """
    line = _NOT_ASCII.sub("@", blank_comments(" ".join(text.split())))
    words = {EXPRESSION_COLUMN + place: word for place, word in shown_words_of_expression(line, names_type).items()}
    parsed = _parsed(ShownText(f"{_BEFORE}{line}\n;", words))
    refused = any(word in ATTRIBUTES for word, _ in words.values())
    if refused or parsed.tree.root_node.has_error or _too_deep(parsed.tree) is not None:
        return None
    children = parsed.root.children
    if len(children) != 1 or children[0].type != "declaration":
        return None
    declarators = children[0].children_by_field_name("declarator")
    if len(declarators) != 1 or declarators[0].type != "init_declarator":
        return None
    initialiser = declarators[0].child_by_field_name("value")
    return initialiser if initialiser is not None and initialiser.type != "initializer_list" else None


# What tree-sitter takes for a type by its name alone is a typedef name like any other; the rest are words of C.
_BASIC_TYPES = frozenset(("bool", "char", "int", "float", "double", "void"))


def _node(cursor: tree_sitter.TreeCursor, seen: tree_sitter.Node, source: ShownText) -> SyntaxNode:
    """The node at the cursor, named for what the author wrote there, without punctuation."""
    role, kind, children = cursor.field_name, seen.type, []
    more = cursor.goto_first_child()
    if more:
        while more:
            inner = cursor.node
            if inner is not None and (inner.is_named or cursor.field_name or kind == "sized_type_specifier"):
                children.append(_node(cursor, inner, source))
            more = cursor.goto_next_sibling()
        cursor.goto_parent()
    start, end = source.place(seen.start_byte), source.place(seen.end_byte)
    if kind == "number_literal" and source.code[start] not in _NUMBER:
        kind = "identifier"
    elif kind == "primitive_type" and source.code[start:end] not in _BASIC_TYPES:
        kind = "type_identifier"
    elif kind.endswith("identifier") and source.code[start:end] in STATEMENTS:
        kind = "reserved_word"
    return SyntaxNode(kind, role, seen.is_named, start, end, source, tuple(children))


_NUMBER = frozenset("0123456789.+-")


def mistakes(parsed: Parsed, file: str) -> Iterator[Diagnostic]:
    """A diagnostic for each place where the tree shows that the text is no C, and for nesting too deep to read."""
    source = parsed.source
    deep = _too_deep(parsed.tree)
    if deep is not None:
        yield Diagnostic(_span(deep, source, file), f"nested more than {MAX_DEPTH} deep", "split it up")
        return
    stack = [parsed.tree.root_node] if parsed.tree.root_node.has_error else []
    while stack:
        node = stack.pop()
        if node.is_missing:
            what = _NAMELESS.get(node.type, node.type)
            yield Diagnostic(_span(node, source, file), f"{what} is missing", f"write {what} here")
        elif node.type == "ERROR":
            text = source.code[source.place(node.start_byte) : source.place(node.end_byte)]
            yield Diagnostic(
                _span(node, source, file),
                f"cannot read {' '.join(text.split())[:40]}",
                "this is no statement or declaration of C; is a ; or ) missing before it?",
            )
        elif node.has_error:
            stack.extend(reversed(node.children))


# What the grammar calls things, in other words.
_NAMELESS = {"identifier": "a name or an expression"} | dict.fromkeys(
    ("field_identifier", "statement_identifier", "type_identifier"), "a name"
)


def attributes(parsed: Parsed, file: str) -> Iterator[Diagnostic]:
    """A diagnostic for each attribute; the parser is shown blanks in their place."""
    for start, (word, _) in sorted(parsed.source.words.items()):
        if word in ATTRIBUTES:
            line, column = parsed.source.point(start)
            span = Span(file, line + 1, column + 1, line + 1, column + 1 + len(word))
            yield Diagnostic(span, f"{word} is not part of kernel C", "leave the attribute out")


def _too_deep(tree: tree_sitter.Tree) -> tree_sitter.Node | None:
    cursor = tree.walk()
    while True:
        if cursor.depth > MAX_DEPTH:
            return cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return None


def _span(node: tree_sitter.Node, source: ShownText, file: str) -> Span:
    start, end = (source.point(source.place(place)) for place in (node.start_byte, node.end_byte))
    return Span(file, start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
