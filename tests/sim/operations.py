# SPDX-License-Identifier: GPL-2.0-or-later
"""The visible operations that each kind of expression and statement makes, in order, written by hand.

Each: globals and functions, the body of run(), its operations.
"""

from __future__ import annotations

PAIR = "struct pair { int a; int b; }; struct pair u = { 1, 2 }, v = { 3, 4 }, w;"
CHAIN = "struct c { int r; }; struct b { struct c *q; }; struct c deep = { 7 }; struct b mid = { &deep };"
POINTERS = "int n = 5, m; int *p = &n, *q = &m;"

EXPRESSIONS = {
    "assignment": ("int x, y = 2;", "x = y;", "read y, write x = 2"),
    "constant": ("int x;", "x = 1 + 2 * 3;", "write x = 7"),
    "compound assignment": ("int x = 5, y = 2;", "x += y;", "read y, read x, write x = 7"),
    "compound with constant": ("int x = 5;", "x <<= 1;", "read x, write x = 10"),
    "compound with two reads": ("int x = 5, y = 2, z = 3;", "x -= y + z;", "read y, read z, read x, write x = 0"),
    "postfix": ("int x = 5, y;", "y = x++;", "read x, write x = 6, write y = 5"),
    "prefix": ("int x = 5, y;", "y = --x;", "read x, write x = 4, write y = 4"),
    "statement increment": ("int x;", "x++;", "read x, write x = 1"),
    "same word twice": ("int x = 3, y;", "y = x * x;", "read x, read x, write y = 9"),
    "operands": ("int x = 1, y = 2, z = 3;", "z = z - x - y;", "read z, read x, read y, write z = 0"),
    "brackets do not reorder": ("int x = 1, y = 2, z = 3;", "z = z - (x - y);", "read z, read x, read y, write z = 4"),
    "comparison": ("int x = 1, y = 2; bool z;", "z = x < y;", "read x, read y, write z = 1"),
    "unary": ("int x = 1, y;", "y = -x + !x;", "read x, read x, write y = -1"),
    "and, left false": ("int x, y = 1, z = 9;", "z = x && y;", "read x, write z = 0"),
    "and, left true": ("int x = 2, y = 3, z;", "z = x && y;", "read x, read y, write z = 1"),
    "or, left true": ("int x = 2, y, z;", "z = x || y;", "read x, write z = 1"),
    "or, left false": ("int x, y = 4, z;", "z = x || y;", "read x, read y, write z = 1"),
    "and within or": ("int x, y = 1, z = 1, r;", "r = (x && y) || z;", "read x, read z, write r = 1"),
    "and of pointers": (
        "struct s { int a; int b; }; struct s t = { 1, 1 }; struct s *f = &t, *g; int r;",
        "r = f->a && g->b;",
        "read f, read t.a, read g, wild",
    ),
    "arrow and arrow, first false": (
        "struct s { int a; int b; }; struct s t, z = { 1, 1 }; int r = 9;",
        "struct s *f = &t, *g = &z; r = f->a && g->b;",
        "read t.a, write r = 0",
    ),
    "arrow and arrow, first true": (
        "struct s { int a; int b; }; struct s t = { 1, 0 }, z = { 1, 1 }; int r = 9;",
        "struct s *f = &t, *g = &z; r = f->a && g->b;",
        "read t.a, read z.b, write r = 1",
    ),
    "condition, true": ("int x = 1, y = 2, z = 3, r;", "r = x ? y : z;", "read x, read y, write r = 2"),
    "condition, false": ("int x, y = 2, z = 3, r;", "r = x ? y : z;", "read x, read z, write r = 3"),
    "shared pointer": (
        CHAIN + "struct b *p = &mid; int r;", "r = p->q->r;",
        "read p, read mid.q, read deep.r, write r = 7",
    ),
    "local pointer": (CHAIN + "int r;", "struct b *l = &mid; r = l->q->r;", "read mid.q, read deep.r, write r = 7"),
    "through a pointer": (POINTERS, "*q = *p;", "read q, read p, read n, write m = 5"),
    "compound through a pointer": (POINTERS, "*p += m;", "read p, read m, read n, write n = 5"),
    "increment through a pointer": (POINTERS, "++*p;", "read p, read n, write n = 6"),
    "address of a member": (
        CHAIN + "struct b *p = &mid; struct c **r;", "r = &p->q;", "read p, write r = &mid.q",
    ),
    "address of an object": (POINTERS, "q = &n;", "write q = &n"),
    "comparison of pointers": (POINTERS + "bool r;", "r = p == q;", "read p, read q, write r = 0"),
    "pointer arithmetic": ("int a[3]; int *p = &a[0]; int i = 2;", "p = p + i;", "read p, read i, write p = &a[2]"),
    "pointer increment": ("int a[3]; int *p = &a[0];", "*p++ = 4;", "read p, write p = &a[1], write a[0] = 4"),
    "pointer difference": ("int a[3]; int *p = &a[2]; long r;", "r = p - a;", "read p, write r = 2"),
    "index": ("int a[3] = { 4, 5, 6 }; int i = 2, r;", "r = a[i];", "read i, read a[2], write r = 6"),
    "indexed store": ("int a[3]; int i = 1, x = 8;", "a[i] = x;", "read i, read x, write a[1] = 8"),
    "index on both sides": (
        "int a[3] = { 4, 5, 6 }; int i = 1, j = 2;", "a[i] = a[j];", "read i, read j, read a[2], write a[1] = 6",
    ),
    "index that moves": ("int a[3]; int i;", "a[i++] = i;", "read i, write i = 1, read i, write a[0] = 1"),
    "index of an index": (
        "int a[3] = { 2, 0, 1 }; int i;", "i = a[a[i]];",
        "read i, read a[0], read a[2], write i = 1",
    ),
    "two indices": ("int a[2][2]; int i = 1, j;", "a[i][j] = 3;", "read i, read j, write a[1][0] = 3"),
    "chained assignment": ("int x, y, z = 3;", "x = y = z;", "read z, write y = 3, write x = 3"),
    "chain with addresses": (
        POINTERS, "*p = *q = n;", "read p, read q, read n, write m = 5, write n = 5",
    ),
    "assignment in an operand": (
        "int x = 1, y = 2, r;", "r = x + (x = y) + x;",
        "read x, read y, write x = 2, read x, write r = 5",
    ),
    "local assigned in an operand": ("int x = 3, r;", "int l = 1; r = l + (l = x) + l;", "read x, write r = 7"),
    "pointer moved by the right side": ("int x = 1, y = 2;", "int *l = &x; *l = *(l = &y);", "read y, write x = 2"),
    "index moved by the right side": ("int a[3], x = 2;", "int l = 1; a[l] = (l = x);", "read x, write a[1] = 2"),
    "pointer moved by the step": ("int x = 1, y = 2;", "int *l = &x; *l += *(l = &y);", "read y, read x, write x = 3"),
    "value thrown away": ("int x;", "x; (void)x;", "read x, read x"),
    "conversion": ("int x = -1; unsigned long y;", "y = (unsigned int)x;", "read x, write y = 4294967295"),
    "read once": ("int x = 3, y;", "y = READ_ONCE(x);", "read x, write y = 3"),
    "write once": ("int x, y = 3;", "WRITE_ONCE(x, y);", "read y, write x = 3"),
    "write once through a pointer": (POINTERS, "WRITE_ONCE(*q, *p);", "read q, read p, read n, write m = 5"),
    "read once through a pointer": (
        CHAIN + "struct b *p = &mid; int r;", "r = READ_ONCE(p->q->r);",
        "read p, read mid.q, read deep.r, write r = 7",
    ),
}  # fmt: skip

STRUCTS = {
    "copy": (PAIR, "u = v;", "read v.a, write u.a = 3, read v.b, write u.b = 4"),
    "copy to a local": (PAIR, "struct pair l; l = v; w.b = l.b;", "read v.a, read v.b, write w.b = 4"),
    "copy from a local": (PAIR, "struct pair l = { 8, 9 }; u = l;", "write u.a = 8, write u.b = 9"),
    "copy of locals": (PAIR, "struct pair l = { 8, 9 }, k; k = l; u.a = k.b;", "write u.a = 9"),
    "initialised from shared": (PAIR, "struct pair l = v; u.a = l.b;", "read v.a, read v.b, write u.a = 4"),
    "copy through pointers": (
        PAIR + "struct pair *p = &u, *q = &v;",
        "*p = *q;",
        "read p, read q, read v.a, write u.a = 3, read v.b, write u.b = 4",
    ),
    "copy of an element": (
        PAIR + "struct pair t[2]; int i = 1;",
        "t[i] = v;",
        "read i, read v.a, write t[1].a = 3, read v.b, write t[1].b = 4",
    ),
    "chained copy": (
        PAIR,
        "w = u = v;",
        "read v.a, write u.a = 3, read v.b, write u.b = 4, write w.a = 3, write w.b = 4",
    ),
    "chained copy of a moving element": (
        PAIR + "struct pair t[3]; int i;",
        "w = t[i++] = v;",
        "read i, write i = 1, read v.a, write t[0].a = 3, read v.b, write t[0].b = 4, write w.a = 3, write w.b = 4",
    ),
    "chosen copy": (
        PAIR + "bool c;",
        "w = c ? u : v;",
        "read c, read v.a, read v.b, write w.a = 3, write w.b = 4",
    ),
    "array in a struct": (
        "struct mask { unsigned long bits[3]; }; struct mask x = { { 1, 2, 3 } }, y;",
        "y = x;",
        "read x.bits[0], write y.bits[0] = 1, read x.bits[1], write y.bits[1] = 2, read x.bits[2], write y.bits[2] = 3",
    ),
    "struct in a struct": (
        PAIR + "struct both { struct pair one; int two; }; struct both x = { { 5, 6 }, 7 }, y;",
        "y = x;",
        "read x.one.a, write y.one.a = 5, read x.one.b, write y.one.b = 6, read x.two, write y.two = 7",
    ),
    "const source": (
        PAIR + "const struct pair fixed = { 5, 6 };",
        "u = fixed;",
        "write u.a = 5, write u.b = 6",
    ),
}


CALLS = {
    "arguments": (
        "int x = 1, y = 2, z = 3, r; static int f(int a, int b, int c) { return a + b + c; }",
        "r = f(x, y, z);",
        "read x, read y, read z, write r = 6",
    ),
    "arguments before the body": (
        "int x = 1, y = 2; static void f(int a, int b) { x = b; y = a; }",
        "f(x, y);",
        "read x, read y, write x = 2, write y = 1",
    ),
    "calls as arguments": (
        "int x = 1, y = 2, r; int f(void) { return x; } int g(void) { return y; } int h(int a, int b) { return a; }",
        "r = h(f(), g());",
        "read x, read y, write r = 1",
    ),
    "calls as operands": (
        "int x = 1, r; static int f(void) { x++; return x; }",
        "r = x * 100 + f() * 10 + x;",
        "read x, read x, write x = 2, read x, read x, write r = 122",
    ),
    "argument changed by a later one": (
        "int r; static int f(int a, int b) { return a * 10 + b; }",
        "int l = 3; r = f(l, l++);",
        "write r = 33",
    ),
    "struct argument": (
        PAIR + "static int f(struct pair l) { return l.a + l.b; }",
        "w.a = f(v);",
        "read v.a, read v.b, write w.a = 7",
    ),
    "struct argument changed by a later one": (
        PAIR + "static int f(struct pair l, int b) { return l.a + b; }",
        "struct pair l = { 8, 9 }; w.a = f(l, l.a++);",
        "write w.a = 16",
    ),
    "struct returned": (
        PAIR + "static struct pair f(void) { return v; }",
        "w = f();",
        "read v.a, read v.b, write w.a = 3, write w.b = 4",
    ),
    "member of a struct returned": (
        PAIR + "static struct pair f(void) { return v; }",
        "w.a = f().b;",
        "read v.a, read v.b, write w.a = 4",
    ),
    "address first, then the call": (
        "int a[3]; int i = 1; static int f(void) { i = 2; return 7; }",
        "a[i] = f();",
        "read i, write i = 2, write a[1] = 7",
    ),
    "initialisers": (
        "int x = 1, y = 2, r;",
        "int l = x, k[2] = { y, x }; r = l + k[0] + k[1];",
        "read x, read y, read x, write r = 4",
    ),
    "designated initialisers in order of the text": (
        PAIR + "int x = 1, y = 2;",
        "struct pair l = { .b = x, .a = y }; u = l;",
        "read x, read y, write u.a = 2, write u.b = 1",
    ),
}


STATEMENTS = {
    "if": ("int x, y = 3, r;", "if (x) r = 1; else r = y;", "read x, read y, write r = 3"),
    "if with and": ("int x = 1, y, r;", "if (x && y) r = 1; else r = 2;", "read x, read y, write r = 2"),
    "if with not": ("int x = 1, r;", "if (!x) r = 1;", "read x"),
    "while": (
        "int n = 2;",
        "while (n) n--;",
        "read n, read n, write n = 1, read n, read n, write n = 0, read n",
    ),
    "do": ("int n = 2;", "do n--; while (n);", "read n, write n = 1, read n, read n, write n = 0, read n"),
    "for": (
        "int n = 2, s;",
        "for (int i = 0; i < n; i++) s = i;",
        "read n, write s = 0, read n, write s = 1, read n",
    ),
    "for, all shared": (
        "int i, n = 1, s;",
        "for (i = 0; i < n; i++) s = 5;",
        "write i = 0, read i, read n, write s = 5, read i, write i = 1, read i, read n",
    ),
    "continue": (
        "int n = 2, s;",
        "for (int i = 0; i < n; i++) { if (!i) continue; s = i; }",
        "read n, read n, write s = 1, read n",
    ),
    "break": ("int n = 2;", "while (n) break;", "read n"),
    "switch": (
        "int x = 2, r;",
        "switch (x) { case 1: r = 1; break; case 2: r = 2; break; default: r = 3; }",
        "read x, write r = 2",
    ),
    "switch falls through": (
        "int x = 1, r;",
        "switch (x) { case 1: r = 1; case 2: r = 2; }",
        "read x, write r = 1, write r = 2",
    ),
    "switch without a case": ("int x = 9, r;", "switch (x) { case 1: r = 1; }", "read x"),
    "goto": (
        "int n = 1;",
        "again: if (n) { n = 0; goto again; }",
        "read n, write n = 0, read n",
    ),
    "return": (
        "int x = 1, y = 2, r; static int f(void) { if (x) return y; r = 9; return 0; }",
        "r = f();",
        "read x, read y, write r = 2",
    ),
    "declaration in a loop": (
        "int x = 1, s;",
        "for (int i = 0; i < 2; i++) { int l = x; s = l; }",
        "read x, write s = 1, read x, write s = 1",
    ),
}

INTRINSICS = {
    "cmpxchg": ("int x = 1, y;", "y = cmpxchg(&x, 1, 7);", "cmpxchg x, write y = 1"),
    "cmpxchg with shared arguments": (
        "int x, a = 1, b = 2; int *p = &x;", "cmpxchg(p, a, b);", "read p, read a, read b, cmpxchg x",
    ),
    "atomic increment": (
        "atomic_t a;", "atomic_inc(&a); atomic_dec(&a);",
        "atomic_inc a.counter, atomic_dec a.counter",
    ),
    "atomic value": (
        "atomic_t a; int r;",
        "r = atomic_inc_return(&a) + atomic_dec_return(&a) + atomic_dec_and_test(&a);",
        "atomic_inc_return a.counter, atomic_dec_return a.counter, atomic_dec_and_test a.counter, write r = 1",
    ),
    "atomic read and set": (
        "atomic_t a; int x = 3, r;", "atomic_set(&a, x); r = atomic_read(&a);",
        "read x, write a.counter = 3, read a.counter, write r = 3",
    ),
    "mutex": ("struct mutex m;", "mutex_lock(&m); mutex_unlock(&m);", "mutex_lock m, mutex_unlock m"),
    "spinlock": ("spinlock_t s;", "spin_lock(&s); spin_unlock(&s);", "spin_lock s, spin_unlock s"),
    "semaphore": ("struct rw_semaphore s;", "down_read(&s); up_read(&s);", "down_read s, up_read s"),
    "free semaphore, written": ("struct rw_semaphore s;", "down_write(&s); up_write(&s);", "down_write s, up_write s"),
    "lock through a shared pointer": (
        "struct mutex m; struct mutex *p = &m;", "mutex_lock(p); mutex_unlock(p);",
        "read p, mutex_lock m, read p, mutex_unlock m",
    ),
    "barriers": ("int x;", "smp_mb(); x = 1; smp_wmb(); smp_rmb();", "smp_mb, write x = 1, smp_wmb, smp_rmb"),
    "bug": ("int x;", "BUG_ON(x); BUG_ON(0);", "read x"),
    "relaxing is free": ("int x;", "cpu_relax(); x = 1; cond_resched(); yield();", "write x = 1"),
    "waiting loop": ("bool x = 1;", "while (!x) cpu_relax();", "read x"),
    "numa node is free": ("int x;", "x = numa_node_id();", "write x = 0"),
}  # fmt: skip

FREE = {
    "locals": ("int x;", "int l = 1, k[2] = { 2, 3 }; int *p = &k[1]; l += *p; k[0] = l; x = k[0];", "write x = 4"),
    "const object": ("const int c = 4; int x;", "x = c + c;", "write x = 8"),
    "const table": ("const int t[3] = { 4, 5, 6 }; int i = 2, x;", "x = t[i];", "read i, write x = 6"),
    "const member": (
        "struct zone { const int node; int free; }; struct zone z = { 3, 5 }; int x;",
        "struct zone *p = &z; x = p->node; x = p->free;",
        "write x = 3, read z.free, write x = 5",
    ),
    "const pointer member": (
        CHAIN + "struct holder { struct c *const it; }; struct holder h = { &deep }; int x;",
        "x = h.it->r;",
        "read deep.r, write x = 7",
    ),
    "pointer to const, shared object": (
        "int n = 5, x;", "const int *p = &n; x = *p;", "read n, write x = 5",
    ),
    "pointer to const, const object": (
        "const int c = 5; int x;", "const int *p = &c; x = *p;", "write x = 5",
    ),
}  # fmt: skip

CASES = {
    f"{group}: {name}": case
    for group, cases in {
        "expression": EXPRESSIONS,
        "struct": STRUCTS,
        "call": CALLS,
        "statement": STATEMENTS,
        "intrinsic": INTRINSICS,
        "free": FREE,
    }.items()
    for name, case in cases.items()
}
