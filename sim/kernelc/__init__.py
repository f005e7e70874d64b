# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel C: the subset of C11 in which every kernel model is written (design: the source you see is what runs).

`program.compile_program` drives the passes; none knows of a later one, and what they hand on stands in `model`. `text`
includes headers, drops what conditionals exclude and sets named constants aside; what is left are chunks of code in
which each word still has the line and column that it has in its file. `syntax` parses each chunk with tree-sitter.
Whether a word names a type is known only from what was declared before it, so the declarations are read first, and the
parser is shown `int` where a typedef name stands; the tree is one over the author's words again. `meaning` takes
declaration by declaration: types, what each name means in its scope, and expressions as typed nodes with every
conversion that C makes unasked; initialisers become values of words. Global objects get their addresses, one word for
each scalar. `lower` comes once all declarations are read: statement by statement it makes the instructions of each
function. Each access to memory is an instruction of its own, in a fixed order of evaluation; what lies between is
computation on the frame. Last it finds for each instruction which slots can still be read. The `Program` that comes of
it is data, which `sim.machine` executes. What is wrong is gathered and raised together, as one CompileError.
"""
