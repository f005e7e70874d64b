// SPDX-License-Identifier: GPL-2.0-or-later
/* A typedef name is a type until another declaration hides it, and again behind that one's block. */
#include "oomrace.h"

typedef int word;
typedef unsigned int u;
typedef long t;
typedef unsigned long size_t;

#define NO_WORD ((u) - 1)
#define LAST (t)2

enum { SMALL = (u)3 - (2) };

struct holder {
	word word;
	u u, *next;
};

word words[20];
t longs[20];
u number = 7;
struct holder holder = { .word = (word) - 2, .u = (u)5 };
size_t total = (size_t) - 1;
u none = NO_WORD;

typedef unsigned int (bits);
typedef long (*place), (lengths)[2];

const bits all_bits = (bits) - 1;
long const some = (long const)3;
unsigned const int few = (_Bool)7 + (_Bool) - (1);

static long in_parentheses(word (w), long (*(l)), t (list)[2], lengths given, int (m[2]))
{
	place at = l;
	bits (word) = (w) - 1;

	return (word) - (*at) * (list[0]) + (given[1]) - (m)[1];
}

static word doubled(word value)
{
	return (value) * 2;
}

static int hidden_by_parameters(int word, u u, t *size_t)
{
	return (word) - (int)(u) * 2 - (*size_t > 3) * (word);
}

static void hidden_in_blocks(void)
{
	word(a) = 3;
	u *p = &number, *(q) = p;

	words[0] = (word) - 1;
	{
		int word = 10;
		long(u) = 4;

		words[1] = (word) - 1;
		longs[0] = (u) - 5;
		longs[1] = ((u) * (word) - (u)) & (word);
		longs[2] = -(word) * (u) + (word);
		{
			t word = (t) - 2 * (u);

			longs[3] = (word) - 1;
			longs[4] = (t)*p - (word);
		}
		longs[5] = (word) & 6;
	}
	words[2] = (word) - a;
	longs[6] = (u) - a;
	longs[7] = (u) * p + (u) * q;
	longs[8] = (t)(a) - (word)(*q) * (a);
}

static void hidden_in_loops(void)
{
	for (word word = 0; (word) - 3; word++)
		if ((word) & 1)
			words[3] += (word) * 5;
		else
			words[4] += (word) + 1;
	words[5] = (word) + 1;
	for (u i = 0, u = 2; i < (u); i++)
		words[6] = (u) - 9;
	longs[9] = (u) - 9;
	do {
		const word u = words[6];

		words[7] = (u) - 1;
	} while ((u) - 1 < 9);
	switch ((word) - 1) {
	case (word) - 1: {
		enum { t = 3, v = (t) - 1 };

		words[8] = (t) - v;
		break;
	}
	default:
		words[8] = 99;
	}
	longs[10] = (t) - 1;
}

static void of_their_own_space(void)
{
	struct word {
		int t;
	} word = { .t = 4 };
	struct word *u = &word;

	goto t;
t:
	words[9] = (word.t) - 1;
	words[10] = (u->t) - (word).t;
	longs[11] = (t) - u->t;
}

static void of_itself(void)
{
	word word = 5, other = (word) - 1, *(size_t) = &(other);
	u none = (word) - 6;

	words[11] = (other) * (word);
	words[12] = *size_t - (*(size_t)) * (word);
	longs[12] = (none) - 1;
}

void run(void)
{
	t third = 4;

	hidden_in_blocks();
	hidden_in_loops();
	of_their_own_space();
	of_itself();
	words[13] = hidden_by_parameters(9, (u) - 3 & 7, &third);
	words[14] = (doubled)(4) - (doubled(2)) - !(doubled(1)) - 1;
	{
		lengths list = { 4, (t) - 5 };
		int (numbers[2]) = { 6, (word)7 };

		longs[16] = in_parentheses((word)9, &list[1], list, list, numbers) - (some) * (few);
	}
	words[15] = holder.word - SMALL + LAST;
	longs[13] = (size_t) - 1 > (u) - 1;
	longs[14] = (total) - (NO_WORD) - (none);
	longs[15] = (u) - LAST;
}
