// SPDX-License-Identifier: GPL-2.0-or-later
/* One line for each word, in the format of the machine's own list. */
#include <stdio.h>

#include "words.h"

#define SHARED __attribute__((externally_visible))

SHARED void show_bool(const void *word)
{
	printf("%d\n", *(const bool *)word);
}

SHARED void show_int(const void *word)
{
	printf("%d\n", *(const int *)word);
}

SHARED void show_unsigned(const void *word)
{
	printf("%u\n", *(const unsigned int *)word);
}

SHARED void show_long(const void *word)
{
	printf("%ld\n", *(const long *)word);
}

SHARED void show_unsigned_long(const void *word)
{
	printf("%lu\n", *(const unsigned long *)word);
}

SHARED void show_pointer(const void *pointer, const struct shown_place *places, int count, bool typed)
{
	const char *found = "an address outside all globals";

	if (!pointer) {
		puts("NULL");
		return;
	}
	for (int i = count - 1; i >= 0; i--) {
		if (places[i].address == pointer)
			found = places[i].name;
	}
	printf("%s%s\n", found, typed ? "" : ", whose type is another");
}
