# SPDX-License-Identifier: GPL-2.0-or-later
"""Which words of a text name types: what C's grammar cannot tell, since it depends on what is declared where.

tree-sitter guesses it by looks. So the declarations of a text are read here first, scope by scope, and it is shown
`int` where a typedef name stands as a type, and a number where another name could be taken for one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from attrs import field

from sim.classes import define
from sim.kernelc.syntax.vocabulary import (
    BASIC,
    CLOSING,
    DECLARING,
    QUALIFIERS,
    STATEMENTS,
    TAGGED,
    is_name,
    is_operand,
    starts_operand,
)
from sim.kernelc.syntax.walk import Substitutes, TooDeepError, Walk


def shown_words(code: str, names: dict[str, bool]) -> Substitutes:
    """What a parser is to be shown in place of words of a file: by place, (the word, what is shown).

    `names` are those declared before, and whether each names a type; what the file declares is added.
    """
    reader = _NameReader(code, [names], lambda _: None)
    return reader.read(reader.file)


def shown_words_of_expression(code: str, names_type: Callable[[str], bool | None]) -> Substitutes:
    """The same for the text of one expression; `names_type` says of a word whether it names a type, None if unknown."""
    reader = _NameReader(code, [{}], names_type)
    return reader.read(reader.expression)


@define
class _NameReader(Walk):
    """Reads declarations, statements and expressions. What is no C is passed over: the parser tells what is wrong."""

    parameters: dict[str, bool] = field(factory=dict)  # of the declarator that was read last

    def read(self, what: Callable[[], None]) -> Substitutes:
        with suppress(TooDeepError):
            what()
        return self.shown

    # Declarations

    def file(self) -> None:
        self.each(self.declaration, frozenset())

    def starts_declaration(self) -> bool:
        word, following = self.word, self.next()
        if word in DECLARING:
            return True
        is_type = self.names_type(word)
        if is_type is None:
            # A type that nobody declared, as it looks: the compiler will say so.
            star = following == "*" and is_name(self.next(2)) and self.next(3) in (";", "=", ",", "[")
            return star or (is_name(following) and self.next(2) != ":")
        return is_type

    def declaration(self, *, of_members: bool = False) -> None:
        is_type = self.specifiers()
        while self.word not in ("", ";", "}"):
            before = self.at
            name = self.declarator()
            if not of_members:
                self.declare(name, is_type=is_type)
                if self.word == "{":
                    self.body(self.parameters)
                    return
            self.rest_of_declarator()
            self.advance(int(self.at == before))
        self.skip(";")

    def rest_of_declarator(self) -> None:
        while self.word not in ("", ",", ";", "{", "}"):
            if self.skip(":"):
                self.expression((",", ";"))
            elif self.skip("="):
                self.initialiser()
            else:
                return
        self.skip(",")

    def specifiers(self) -> bool:
        """Read what stands before the declarators; whether they become type names."""
        is_type, typed = False, False
        while True:
            if self.word in TAGGED:
                self.tagged()
                typed = True
                continue
            if self.word in BASIC:
                typed = True
                if self.word == "_Bool":  # a name like any other for the parser
                    self.show("bool", self.at)
            elif not typed and is_name(self.word):
                typed = True
                if self.names_type(self.word):
                    self.show("int", self.at)
            elif self.word not in DECLARING:
                return is_type
            is_type = is_type or self.word == "typedef"
            self.advance()

    def tagged(self) -> None:
        is_enum = self.word == "enum"
        self.advance()
        self.advance(int(is_name(self.word)))
        if self.skip("{"):
            self.nested(self.enumerators if is_enum else self.members)
            self.skip("}")

    def members(self) -> None:
        self.each(lambda: self.declaration(of_members=True), CLOSING)

    def enumerators(self) -> None:
        while self.word not in CLOSING:
            name = self.word if is_name(self.word) else ""
            self.advance()
            if self.skip("="):
                self.expression((",",))
            self.declare(name, is_type=False)
            self.skip(",")

    def declarator(self, *, of_parameter: bool = False) -> str:
        """Read a declarator; the name that it declares, "" for none. Leaves its parameters in `parameters`."""
        name = ""
        self.parameters = {}
        while self.word == "*" or self.word in QUALIFIERS:
            self.advance()
        if self.word == "(" and not (of_parameter and self.starts_parameters()):
            name = self.declarator_in_parentheses(of_parameter=of_parameter)
        elif is_name(self.word):
            name = self.word
            self.advance()
        own = self.parameters
        while self.word in ("(", "["):
            parameters: dict[str, bool] = {}
            self.nested(self.parameter_list if self.word == "(" else self.brackets, parameters)
            own = own or parameters
        self.parameters = own
        return name

    def declarator_in_parentheses(self, *, of_parameter: bool) -> str:
        names: list[str] = []
        opening = self.at
        self.advance()
        self.nested(lambda: names.append(self.declarator(of_parameter=of_parameter)))
        if names[0] and self.word == ")" and self.tokens[opening + 1][0] != "*":
            self.show(" ", opening)  # they change nothing, and the parser may take them for those of a function
            self.show(" ", self.at)
        self.skip(")")
        return names[0]

    def starts_parameters(self) -> bool:
        word = self.next()
        return word == ")" or word in DECLARING or bool(self.names_type(word))

    def parameter_list(self) -> None:
        """Parameters in parentheses; they are declared in a scope that is there."""
        self.advance()
        self.each(self.parameter, CLOSING)
        self.skip(")")

    def parameter(self) -> None:
        self.specifiers()
        self.declare(self.declarator(of_parameter=True), is_type=False)
        self.skip(",")

    def brackets(self) -> None:
        self.advance()
        self.expression()
        self.skip("]")

    def initialiser(self) -> None:
        if self.word == "{":
            self.list_in_braces()
        else:
            self.expression((",", ";"))

    def list_in_braces(self) -> None:
        self.advance()
        self.nested(self.expression)
        self.skip("}")

    # Statements

    def body(self, names: dict[str, bool]) -> None:
        """A block whose scope has these names to begin with."""
        self.skip("{")
        self.nested(self.statements, dict(names))
        self.skip("}")

    def statements(self) -> None:
        self.each(self.statement, frozenset("}"))

    def statement(self) -> None:
        self.labels()
        match self.word:
            case "{":
                self.body({})
            case "if" | "while" | "switch":
                self.advance()
                self.condition()
                self.nested(self.statement)
                if self.skip("else"):
                    self.nested(self.statement)
            case "do":
                self.advance()
                self.nested(self.statement)
                self.skip("while")
                self.condition()
                self.skip(";")
            case "for":
                self.advance()
                self.nested(self.for_loop, {})
            case "goto":
                self.advance(2)
            case "}":
                return
            case _ if self.starts_declaration():
                self.declaration()
            case _:
                self.advance(int(self.word in STATEMENTS))
                self.show_operand()
                self.expression((";",))
                self.skip(";")

    def labels(self) -> None:
        while True:
            if self.word == "case":
                self.advance()
                self.expression((":",))
                self.skip(":")
            elif self.next() == ":" and (self.word == "default" or is_name(self.word)):
                self.advance(2)
            else:
                return

    def condition(self) -> None:
        if self.skip("("):
            self.nested(self.expression)
            self.skip(")")

    def for_loop(self) -> None:
        self.skip("(")
        if self.starts_declaration():
            self.declaration()
        else:
            self.show_operand()
            self.expression((";",))
            self.skip(";")
        self.expression((";",))
        self.skip(";")
        self.expression()
        self.skip(")")
        self.nested(self.statement)

    # Expressions

    def expression(self, ends: tuple[str, ...] = ()) -> None:
        """Read on to one of these tokens, a semicolon, or a bracket that was not opened here."""
        operand = True  # whether an operand is due, and not an operator
        questions = 0
        while self.word not in CLOSING and self.word != ";":
            if self.word in ends and not (questions and self.word == ":"):
                return
            questions += (self.word == "?") - (self.word == ":")
            if self.word == "(":
                operand = self.parentheses(operand=operand)
                continue
            if self.word == "[":
                self.nested(self.brackets)
                operand = False
                continue
            if self.word == "{":
                self.list_in_braces()
                operand = False
                continue
            if self.word in ("++", "--"):
                pass
            elif self.word in (".", "->"):
                self.advance(int(is_name(self.next())))
                operand = False
            else:
                operand = not is_operand(self.word)
            self.advance()

    def parentheses(self, *, operand: bool) -> bool:
        """What stands in parentheses; whether an operand is due after it: it is a cast."""
        if operand and self.next() == "{":
            self.advance()
            self.body({})
            self.skip(")")
            return False
        if operand and self.starts_type_in_parentheses():
            self.advance()
            self.nested(self.type_name)
            self.skip(")")
            return self.word != "{"
        self.advance()
        if operand:
            self.show_operand()
        self.nested(self.expression)
        self.skip(")")
        return False

    def starts_type_in_parentheses(self) -> bool:
        word, following = self.next(), self.next(2)
        if word in BASIC | TAGGED | QUALIFIERS:
            return True
        if not self.names_type(word):
            return False
        if following == ")":
            return starts_operand(self.next(3))
        behind = self.next(3)
        return following in QUALIFIERS or (following == "*" and (behind in QUALIFIERS or not is_operand(behind)))

    def type_name(self) -> None:
        self.specifiers()
        self.declarator(of_parameter=True)

    def show_operand(self) -> None:
        """Show a number for a name which, at the start of a statement or of parentheses, could be taken for a type."""
        word = self.word
        if not is_name(word) or self.names_type(word) or self.next() not in ("(", ")", "*", "["):
            return
        if (
            self.names_type(word) is None
            and self.next() == ")"
            and (is_operand(self.next(2)) or self.next(2) in ("~", "!"))
        ):
            return  # a cast to a type that nobody declared: the compiler will say so
        self.show("1", self.at)
