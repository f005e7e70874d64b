# SPDX-License-Identifier: GPL-2.0-or-later
"""Compile: from the text of kernel C to a program that the machine can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from attrs import evolve, field

from sim.classes import define, frozen
from sim.kernelc.lower.builder import MAX_INSTRUCTIONS
from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.lower.functions import array_elements, calls, lower_function
from sim.kernelc.meaning import expressions
from sim.kernelc.meaning.conversions import PLACES, converted, static_address, value_of
from sim.kernelc.meaning.declarators import (
    Parameter,
    Shape,
    base_type,
    declared,
    define_type,
    define_typedef,
    open_array,
    rejected,
)
from sim.kernelc.meaning.initialisers import completed, constants
from sim.kernelc.meaning.intrinsics import LOCK_TYPES
from sim.kernelc.meaning.scope import GlobalObject, Scope, Signature, child, named, text
from sim.kernelc.model.code import Function
from sim.kernelc.model.nodes import Call, Const, Expr, Place
from sim.kernelc.model.source import MAX_DIAGNOSTICS, CompileError, Diagnostic, SourceFile, Span, error
from sim.kernelc.model.types import Array, Type, Void, constant, holds_lock, is_complete, leaves, plain, size
from sim.kernelc.syntax.syntax import EXPRESSION_COLUMN, attributes, mistakes, parse, parse_expression
from sim.kernelc.syntax.tree import SyntaxNode
from sim.kernelc.text.preprocess import Preprocessed, preprocess
from sim.kernelc.text.tokens import token_text

MAX_GLOBAL_WORDS = 20_000


@frozen
class Cell:
    """A word of global memory: its name as C writes it, its type, and whether it never changes after boot."""

    lvalue: str
    type: Type
    const: bool


@frozen
class GlobalVariable:
    """A global object: `address` of its first word."""

    name: str
    type: Type
    address: int
    span: Span


@frozen(eq=False)
class Body:
    """What a function is made of: its parameters, the syntax of its body, and the file in which that stands."""

    function: Function
    parameters: tuple[Parameter, ...]
    node: SyntaxNode
    file: str

    def lower(
        self, function: Function, scope: Scope, problems: list[Diagnostic], cuts: Cuts = MappingProxyType({})
    ) -> None:
        """Make the code of a function from this body but for what is cut. Raises CompileError."""
        lower_function(function, self.parameters, self.node, Scope(self.file, scope), problems, cuts)


@frozen(eq=False)
class Program:
    """Compiled kernel C.

    `cells` maps every address to its word, or None where no object is (address 0, and behind arrays). `initial` are
    the words that static initialisers set; all others start as zero. `arrays` is as in Function, for global arrays.
    `tokens` is the text after preprocessing as `token_text` gives it, for hashing.
    """

    name: str
    files: Mapping[str, SourceFile]
    functions: tuple[Function, ...]
    globals: tuple[GlobalVariable, ...]
    cells: tuple[Cell | None, ...]
    initial: Mapping[int, int]
    arrays: Mapping[tuple[int, str], tuple[int, int]]
    scope: Scope = field(repr=False)
    bodies: tuple[Body, ...] = field(repr=False, default=())
    tokens: str = field(repr=False, default="")

    def place(self, lvalue: str, origin: str = "lvalue", scope: Scope | None = None) -> tuple[int, Type]:
        """Address and type of a global object, or a part of one, by its C lvalue. Raises CompileError."""
        place = self.expression(lvalue, origin, scope)
        address = static_address(place) if isinstance(place, PLACES) else None
        if address is None:
            raise _in_text(lvalue, origin, f"{lvalue} is not a global object or a part of one", "name one")
        return address, place.type

    def constant(self, source: str, kind: Type, origin: str = "value") -> int:
        """The value of a constant expression, converted to a scalar type. Raises CompileError."""
        unconverted = value_of(self.expression(source, origin))
        value = converted(unconverted, kind)
        if isinstance(unconverted, Const) and isinstance(value, Const) and unconverted.value != value.value:
            raise _in_text(source, origin, f"{source} does not fit into {kind}", "give a value of its type")
        if not isinstance(value, Const):
            raise _in_text(source, origin, f"{source} is not constant", "use numbers, enumerators, &objects, NULL")
        return value.value

    def expression(self, source: str, origin: str, scope: Scope | None = None) -> Expr | Place:
        """The typed form of an expression in the program's global scope, or another. Raises CompileError."""
        around = scope or self.scope
        parsed = parse_expression(source, around.names_type)
        if parsed is None:
            raise _in_text(source, origin, f"{source} is not an expression", "write one C expression")
        try:
            return expressions.check(parsed, Scope(origin, around))
        except CompileError as problem:
            raise CompileError(_moved(diagnostic, source) for diagnostic in problem.diagnostics) from None

    def call(self, source: str, origin: str) -> tuple[Function, tuple[int, ...]]:
        """The function and the constant arguments of a call such as `handle_page_fault(&vma)`. Raises CompileError."""
        call = self.expression(source, origin)
        if not isinstance(call, Call):
            raise _in_text(source, origin, f"{source} is not a call", "write a call of a function of the kernel file")
        values = []
        for argument in call.arguments:
            if not isinstance(argument, Const):
                raise _in_text(source, origin, f"{source} has an argument that is not constant", "use &objects")
            values.append(argument.value)
        return self.functions[call.function], tuple(values)

    def function(self, name: str) -> Function | None:
        """A function by name."""
        return next((function for function in self.functions if function.name == name), None)


def _in_text(source: str, origin: str, message: str, advice: str) -> CompileError:
    return CompileError([Diagnostic(Span(origin, 1, 1, 1, len(source) + 1), message, advice, source)])


def _moved(diagnostic: Diagnostic, source: str) -> Diagnostic:
    if diagnostic.span.line != 1 or diagnostic.excerpt:
        return diagnostic
    start, end = diagnostic.span.column - EXPRESSION_COLUMN, diagnostic.span.end_column - EXPRESSION_COLUMN
    span = evolve(diagnostic.span, column=max(start, 1), end_column=max(end, 2))
    return evolve(diagnostic, span=span, excerpt=source)


def compile_program(text_: str, headers: Mapping[str, str] | None = None, name: str = "kernel.c") -> Program:
    """Compile kernel C; `headers` are the texts of the headers that it may include, by name.

    Raises CompileError with every mistake found, each with file, line, column, excerpt and advice.
    """
    source = preprocess(text_, headers or {}, name)
    problems: list[Diagnostic] = []
    work = _Translation(source, Scope(name, problems=problems), problems)
    try:
        work.read()
    except CompileError as problem:
        problems += problem.diagnostics
    if problems:
        raise CompileError(_with_excerpts(list(dict.fromkeys(problems)), source.files)[:MAX_DIAGNOSTICS])
    return work.program(name)


def _with_excerpts(problems: Sequence[Diagnostic], files: Mapping[str, SourceFile]) -> list[Diagnostic]:
    excerpted = []
    for problem in problems:
        lines = files[problem.span.file].lines if problem.span.file in files else ()
        excerpt = lines[problem.span.line - 1] if 0 < problem.span.line <= len(lines) else ""
        excerpted.append(evolve(problem, excerpt=problem.excerpt or excerpt))
    return excerpted


@define
class _Translation:
    source: Preprocessed
    scope: Scope
    problems: list[Diagnostic]
    functions: list[Function] = field(factory=list)
    globals: list[GlobalVariable] = field(factory=list)
    cells: list[Cell | None] = field(factory=lambda: [None])
    initial: dict[int, int] = field(factory=dict)
    initialised: set[int] = field(factory=set)
    arrays: dict[tuple[int, str], tuple[int, int]] = field(factory=dict)
    bodies: dict[int, Body] = field(factory=dict)
    declared_at: dict[int, Span] = field(factory=dict)

    def read(self) -> None:
        self.scope.names.update(self.source.macros)
        names = dict.fromkeys(LOCK_TYPES, True)
        texts = [(chunk.file.name, parse(chunk.code, names)) for chunk in self.source.chunks]
        for file, text_ in texts:
            self.problems += mistakes(text_, file)
        if self.problems:
            return
        for file, text_ in texts:
            self.problems += attributes(text_, file)
            self.scope.file = file
            for node in named(text_.root):
                self.attempt(node)
        self.lower_bodies()
        if not self.problems:
            self.check_calls()

    def attempt(self, node: SyntaxNode) -> None:
        try:
            self.external(node)
        except CompileError as problem:
            self.problems += problem.diagnostics

    def external(self, node: SyntaxNode) -> None:
        if node.type == "function_definition":
            self.function(node)
        elif node.type == "declaration":
            self.declaration(node)
        elif node.type == "type_definition":
            define_typedef(node, self.scope)
        elif node.type in ("struct_specifier", "enum_specifier"):
            define_type(node, self.scope)
        elif text(node) != ";":
            raise expressions.unsupported(node, self.scope)

    def storage(self, node: SyntaxNode) -> None:
        words = {text(part) for part in named(node) if part.type == "storage_class_specifier"}
        for word in sorted(words - {"static", "extern", "inline"}):
            self.scope.report(self.scope.error(node, f"{word} is not part of kernel C", "leave it out"))

    def declaration(self, node: SyntaxNode) -> None:
        self.storage(node)
        kind = base_type(node, self.scope)
        for part in node.children_by_field_name("declarator"):
            try:
                self.declare(part, kind)
            except CompileError as problem:
                rejected(part, self.scope, problem)

    def declare(self, node: SyntaxNode, kind: Type) -> None:
        shape = declared(node, kind, self.scope)
        if shape.parameters is not None:
            self.signature(shape)
        else:
            self.variable(shape, node)

    def variable(self, shape: Shape, node: SyntaxNode) -> None:
        given = node.child_by_field_name("value") if node.type == "init_declarator" else None
        kind = completed(shape.type, given, self.scope) if given is not None else shape.type
        declared_before = self.scope.names.get(shape.name)
        if isinstance(declared_before, GlobalObject) and declared_before.type == kind:
            address = declared_before.address
        else:
            if not is_complete(kind) or open_array(kind):
                raise self.scope.error(node, f"{shape.name} of incomplete type {kind}", "define its type first")
            address = self.allocate(shape, kind)
            self.scope.define(shape.node, shape.name, GlobalObject(kind, address))
        if given is not None:
            if address in self.initialised:
                raise self.scope.error(shape.node, f"{shape.name} is already defined", "choose another name")
            self.initialised.add(address)
            for offset, value in constants(given, plain(kind), self.scope):
                self.initial[address + offset] = value

    def allocate(self, shape: Shape, kind: Type) -> int:
        address = len(self.cells)
        if address + size(kind) > MAX_GLOBAL_WORDS:
            raise self.scope.error(shape.node, f"globals take more than {MAX_GLOBAL_WORDS} words", "make them smaller")
        self.globals.append(GlobalVariable(shape.name, kind, address, self.scope.span(shape.node)))
        self.cells += [None] * (size(kind) + 1)
        whole = constant(kind) if kind.const else kind
        for offset, path, leaf in leaves(whole):
            self.cells[address + offset] = Cell(shape.name + path, plain(leaf), leaf.const)
        for place, element, first, past in array_elements(address, kind):
            self.arrays[place, element] = (first, past)
        return address

    def signature(self, shape: Shape) -> Function:
        assert shape.parameters is not None
        whole = is_complete(shape.type) and not isinstance(shape.type, Array) and not holds_lock(shape.type)
        if not (whole or isinstance(shape.type, Void)):
            raise self.scope.error(shape.node, f"a function returning {shape.type}", "return a word or a plain struct")
        types = tuple(plain(parameter.type) for parameter in shape.parameters)
        entry = self.scope.names.get(shape.name)
        span = self.scope.span(shape.node)
        if entry is None:
            function = Function(len(self.functions), shape.name, plain(shape.type), span, span)
            self.functions.append(function)
            self.scope.names[shape.name] = Signature(function.index, shape.name, plain(shape.type), types)
            self.declared_at[function.index] = span
            return function
        if not isinstance(entry, Signature) or (entry.parameters, entry.returns) != (
            types,
            plain(shape.type),
        ):
            self.scope.reject(shape.name)
            raise self.scope.error(shape.node, f"{shape.name} is declared differently before", "make both alike")
        return self.functions[entry.index]

    def function(self, node: SyntaxNode) -> None:
        self.storage(node)
        declarator = child(node, "declarator")
        if declarator.type == "parenthesized_declarator":
            self.scope.reject(text(child(node, "type")))
            raise self.scope.error(
                child(node, "type"), f"{text(child(node, 'type'))} has no type", "write void before it"
            )
        try:
            self.define_function(node, declared(declarator, base_type(node, self.scope), self.scope))
        except CompileError as problem:
            rejected(declarator, self.scope, problem)

    def define_function(self, node: SyntaxNode, shape: Shape) -> None:
        if shape.parameters is None:
            raise self.scope.error(node, f"{shape.name} has no parameters", "write (void)")
        for parameter in shape.parameters:
            if not is_complete(parameter.type):
                self.scope.reject(shape.name)
                what = f"a parameter of incomplete type {parameter.type}"
                raise self.scope.error(parameter.node, what, "define its type first")
        function = self.signature(shape)
        if function.index in self.bodies:
            raise self.scope.error(shape.node, f"{shape.name} is already defined", "choose another name")
        function.span = self.scope.span(node)
        self.bodies[function.index] = Body(function, shape.parameters, child(node, "body"), self.scope.file)

    def lower_bodies(self) -> None:
        room = MAX_INSTRUCTIONS
        for body in self.bodies.values():
            try:
                body.lower(body.function, self.scope, self.problems)
            except CompileError as problem:
                self.problems += problem.diagnostics
            room -= len(body.function.code)
            if room < 0:
                what = f"the program takes more than {MAX_INSTRUCTIONS} instructions"
                self.problems += error(body.function.span, what, "leave out what is not needed").diagnostics
            if room < 0 or len(self.problems) >= MAX_DIAGNOSTICS:
                return

    def check_calls(self) -> None:
        for function in self.functions:
            for callee, span in calls(function):
                if callee not in self.bodies:
                    name = self.functions[callee].name
                    self.problems += error(span, f"{name} is declared but not defined", "define it").diagnostics
        cycle = _cycle(self.functions)
        if cycle:
            span, names = cycle
            self.problems += error(span, f"recursion: {' calls '.join(names)}", "write a loop").diagnostics

    def program(self, name: str) -> Program:
        self.scope.problems = None
        return Program(
            name=name,
            files=self.source.files,
            functions=tuple(self.functions),
            globals=tuple(self.globals),
            cells=tuple(self.cells),
            initial=self.initial,
            arrays=self.arrays,
            scope=self.scope,
            bodies=tuple(self.bodies.values()),
            tokens=token_text(self.source),
        )


def _cycle(functions: Sequence[Function]) -> tuple[Span, list[str]] | None:
    """A call that closes a circle, and the functions on it; None where calls form no circle."""
    graph = {function.index: dict(calls(function)) for function in functions}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as problem:
        circle = list(reversed(problem.args[1]))
        return graph[circle[-2]][circle[-1]], [functions[index].name for index in circle]
    return None
