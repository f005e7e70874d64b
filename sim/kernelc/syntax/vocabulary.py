# SPDX-License-Identifier: GPL-2.0-or-later
"""The words and signs of C by what they do, as far as telling types from other names needs it."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BASIC = _words("void char short int long float double signed unsigned bool _Bool _Complex")
TAGGED = _words("struct union enum")
QUALIFIERS = _words("const volatile restrict _Atomic __restrict")
STORAGE = _words("typedef extern static register auto inline _Thread_local _Noreturn __inline")
ATTRIBUTES = _words("__attribute__ __attribute _Alignas __declspec")
DECLARING = BASIC | TAGGED | QUALIFIERS | STORAGE
STATEMENTS = _words("if else while do for switch case default break continue goto return")
CLOSING = frozenset((")", "]", "}", ""))  # the end of the text closes everything

_SIZES = _words("sizeof _Alignof __alignof__ offsetof _Generic")
_KEYWORDS = DECLARING | STATEMENTS | ATTRIBUTES | _SIZES | _words("true false NULL asm __asm__")
_PREFIXES = _words("( { - + * & ~ ! ++ --")

# Plain names for C11, but words of their own for tree-sitter.
GRAMMAR_WORDS = _words(
    "size_t ssize_t ptrdiff_t intptr_t uintptr_t charptr_t nullptr_t max_align_t nullptr constexpr noreturn alignas "
    "alignof thread_local defined typeof"
) | {f"{kind}{bits}_t" for kind in ("int", "uint", "char") for bits in (8, 16, 32, 64)}


def is_name(word: str) -> bool:
    """Whether a token is an identifier."""
    return (word[:1].isalpha() or word[:1] == "_") and word not in _KEYWORDS


def is_operand(word: str) -> bool:
    """Whether a token is an operand by itself, or starts one as sizeof does."""
    return word[:1].isalnum() or word[:1] in ("_", "'", '"') or (word[:1] == "." and word[1:2].isdigit())


def starts_operand(word: str) -> bool:
    """Whether the operand of a cast can start with a token."""
    return word in _PREFIXES or is_operand(word)
