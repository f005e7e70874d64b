/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a kernel C program that gcc has compiled tells the words of its globals. */
#ifndef WORDS_H
#define WORDS_H

#include "oomrace.h"

struct shown_place {
	const void *address;
	const char *name;
};

/* A free lock is 0 in the machine's list too. */
#define SHOW_INTEGER(lvalue) \
	_Generic(lvalue, bool: show_bool, int: show_int, unsigned int: show_unsigned, \
		 long: show_long, unsigned long: show_unsigned_long, \
		 struct mutex: show_int, struct rw_semaphore: show_int, spinlock_t: show_int)(&(lvalue))

/* `claim` is what the machine says of the pointer; it must have the pointer's type. */
#define SHOW_POINTER(lvalue, claim) \
	show_pointer(lvalue, shown_places, sizeof(shown_places) / sizeof(*shown_places), \
		     __builtin_types_compatible_p(__typeof__(*(lvalue)), __typeof__(*(claim))))

void show_bool(const void *word);
void show_int(const void *word);
void show_unsigned(const void *word);
void show_long(const void *word);
void show_unsigned_long(const void *word);
void show_pointer(const void *pointer, const struct shown_place *places, int count, bool typed);

#endif
