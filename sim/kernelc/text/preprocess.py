# SPDX-License-Identifier: GPL-2.0-or-later
"""The preprocessor: includes, named constants and conditionals. Directives become blanks, so places stay true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import field

from sim.classes import define, frozen
from sim.kernelc.model.source import MAX_DIAGNOSTICS, CompileError, Diagnostic, SourceFile, Span
from sim.kernelc.text.condition import holds

BUILT_IN_HEADER = "oomrace.h"
MAX_CHARACTERS = 1 << 20
MAX_INCLUDE_DEPTH = 20
MAX_INCLUDES = 200

_DIRECTIVE = re.compile(r"\s*#\s*(\w*)\s*(.*)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_BINARY = re.compile(r"\0|\\(?=\r?\n)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")  # outside of comments nowhere in C
_NAME = re.compile(r"[A-Za-z_]\w*")


@frozen
class Chunk:
    """Code of one file between two includes, padded so that lines and columns are those of the file."""

    file: SourceFile
    code: str


@frozen
class Macro:
    """A named constant: its text and the place of that text."""

    text: str
    span: Span


@frozen
class Preprocessed:
    """What is left for the parser: chunks in order of translation, and the named constants."""

    chunks: tuple[Chunk, ...]
    macros: dict[str, Macro]
    files: dict[str, SourceFile]


def preprocess(text: str, headers: Mapping[str, str], name: str) -> Preprocessed:
    """Expand includes from `headers` and drop what conditionals exclude.

    Raises CompileError for an unknown directive, a missing header, or a condition that cannot be read.
    """
    work = _Preprocessor(headers)
    work.include(SourceFile(name, text), Span(name, 1, 1, 1, 1), depth=0)
    if work.problems:
        raise CompileError(work.problems[:MAX_DIAGNOSTICS])
    return Preprocessed(tuple(work.chunks), work.macros, work.files)


def blank_comments(text: str) -> str:
    """The text with every comment that ends as blanks; line breaks stay."""
    return _COMMENT.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    comment = match[0]
    if comment.startswith("/*") and not (comment.endswith("*/") and len(comment) >= len("/**/")):
        return comment
    return re.sub(r"[^\n]", " ", comment)


def _column(text: str, place: int) -> int:
    return place - text.rfind("\n", 0, place)


@define
class _Preprocessor:
    headers: Mapping[str, str]
    chunks: list[Chunk] = field(factory=list)
    macros: dict[str, Macro] = field(factory=dict)
    texts: dict[str, str] = field(factory=dict)
    files: dict[str, SourceFile] = field(factory=dict)
    includes: int = 0
    characters: int = 0
    problems: list[Diagnostic] = field(factory=list)

    def include(self, file: SourceFile, place: Span, depth: int) -> None:
        if depth > MAX_INCLUDE_DEPTH:
            self.report(place, f"includes are nested more than {MAX_INCLUDE_DEPTH} deep", "break the circle")
            return
        self.includes += 1
        self.characters += len(file.text)
        if self.characters > MAX_CHARACTERS or self.includes > MAX_INCLUDES:
            limits = f"{MAX_INCLUDES} includes, or {MAX_CHARACTERS} characters in all"
            self.report(place, f"with {file.name} there are more than {limits}", "leave out what is not needed")
            raise CompileError(self.problems[:MAX_DIAGNOSTICS])
        self.files[file.name] = file
        if binary := _BINARY.search(file.text):
            line, column = file.text.count("\n", 0, binary.start()) + 1, _column(file.text, binary.start())
            span = Span(file.name, line, column, line, column + 1)
            self.report(span, "a NUL character or a continued line", "write plain lines of text")
            return
        _File(self, file, depth).read()

    def report(self, span: Span, message: str, advice: str) -> None:
        lines = self.files[span.file].lines if span.file in self.files else ()
        excerpt = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
        self.problems.append(Diagnostic(span, message, advice, excerpt))


@define
class _File:
    """One file on its way through: which conditionals are open, and the lines of the current chunk."""

    whole: _Preprocessor
    file: SourceFile
    depth: int
    open: list[tuple[bool, bool, Span]] = field(factory=list)  # (this branch is read, some branch was, its #if)
    lines: list[str] = field(factory=list)

    def read(self) -> None:
        for number, line in enumerate(self.code_lines(), 1):
            directive = _DIRECTIVE.match(_NOT_ASCII.sub("@", line))
            if directive:
                self.lines.append("")
                self.directive(directive[1], directive[2].rstrip(), self.span(number, line))
            else:
                self.lines.append(self.plain(number, line) if self.active else "")
        self.flush()
        if self.open:
            self.whole.report(self.open[-1][2], "this #if has no #endif", "add #endif")

    def code_lines(self) -> Iterator[str]:
        text = blank_comments(self.file.text.expandtabs(1).replace("\r", " "))
        start = text.find("/*")
        if start >= 0:
            line, column = text.count("\n", 0, start) + 1, _column(text, start)
            span = Span(self.file.name, line, column, line, column + len("/*"))
            self.whole.report(span, "this comment has no end", "write */")
            text = text[:start]
        return iter(text.split("\n"))

    def plain(self, number: int, line: str) -> str:
        """A line of code; a character that has no place in it is reported."""
        other = _NOT_ASCII.search(line)
        if other:
            span = Span(self.file.name, number, other.start() + 1, number, other.end() + 1)
            self.whole.report(span, f"{other[0]!r} outside of a comment", "write code in plain ASCII")
        return _NOT_ASCII.sub("@", line)

    @property
    def active(self) -> bool:
        return not self.open or self.open[-1][0]

    def span(self, number: int, line: str) -> Span:
        start = len(line) - len(line.lstrip())
        return Span(self.file.name, number, start + 1, number, len(line.rstrip()) + 1)

    def flush(self) -> None:
        if any(line.strip() for line in self.lines):
            self.whole.chunks.append(Chunk(self.file, "\n".join(self.lines)))
        self.lines = [""] * len(self.lines)

    def directive(self, word: str, rest: str, span: Span) -> None:
        if word in ("if", "ifdef", "ifndef", "elif", "else", "endif"):
            self.conditional(word, rest, span)
        elif not self.active:
            return
        elif word == "include":
            self.include(rest, span)
        elif word == "define":
            self.define(rest, span)
        else:
            self.whole.report(span, f"#{word} is not part of kernel C", "use #include, #define, #if, #ifdef, #endif")

    def conditional(self, word: str, rest: str, span: Span) -> None:
        if word in ("if", "ifdef", "ifndef"):
            true = self.active and self.truth(word, rest, span)
            self.open.append((true, true, span))
        elif not self.open:
            self.whole.report(span, f"#{word} without #if", "remove it, or open it with #if")
        elif word == "endif":
            self.open.pop()
        else:
            _, taken, start = self.open.pop()
            true = not taken and self.active and (word == "else" or self.truth("if", rest, span))
            self.open.append((true, taken or true, start))

    def truth(self, word: str, rest: str, span: Span) -> bool:
        if word != "if":
            return (rest in self.whole.macros) == (word == "ifdef")
        try:
            return holds(rest, self.whole.texts)
        except ValueError as problem:
            self.whole.report(span, f"cannot read this condition: {problem}", "use #defined names and integers")
            return False

    def include(self, rest: str, span: Span) -> None:
        name = rest[1:-1]
        if len(rest) < 2 or rest[0] + rest[-1] != '""':
            self.whole.report(span, f"cannot include {rest}", 'write #include "name.h"')
        elif name == BUILT_IN_HEADER:
            return
        elif name not in self.whole.headers or not re.fullmatch(r"[\w-]+\.h", name):
            names = ", ".join(sorted({*self.whole.headers, BUILT_IN_HEADER}))
            self.whole.report(span, f'no header "{name}" in the include folders', f"there are: {names}")
        else:
            self.flush()
            self.whole.include(SourceFile(name, self.whole.headers[name]), span, self.depth + 1)

    def define(self, rest: str, span: Span) -> None:
        named = _NAME.match(rest)
        if not named or rest[named.end() :][:1] == "(":
            self.whole.report(span, "only named constants can be defined", "write #define NAME value, or a function")
            return
        name, text = named[0], rest[named.end() :].strip()
        earlier = self.whole.macros.get(name)
        if earlier and earlier.text != text:
            self.whole.report(span, f"{name} is already defined as {earlier.text}", f"first defined at {earlier.span}")
            return
        self.whole.macros[name] = Macro(text, span)
        self.whole.texts[name] = text
