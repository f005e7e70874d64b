// SPDX-License-Identifier: GPL-2.0-or-later
/* Named constants: in parentheses, negative, of other constants defined later. */
#include "oomrace.h"

#define SUM (1 + 2)
#define NEGATIVE -3
#define ALIAS LATER
#define LATER (SUM << 1)
#define WIDE (1ul << 40)
#define CHOICE (SUM > 2 ? 10 : 20)
#define INVERTED ~0u

int product, difference, alias, choice, sized[SUM], negated;
unsigned long shifted = WIDE | 1, inverted;

void run(void)
{
	product = SUM * 2;
	difference = 5 -NEGATIVE;
	alias = ALIAS * 2;
	shifted += WIDE + NEGATIVE;
	choice = 1 + CHOICE;
	negated = -NEGATIVE * -SUM;
	inverted = INVERTED / 2;
	switch (product) {
	case SUM * 2:
		sized[SUM - 1] = ALIAS;
	}
}
