// SPDX-License-Identifier: GPL-2.0-or-later
/* An assignment has the type and value of its left side after the store. */
#include "oomrace.h"

enum heat { COLD, WARM };

bool truth, other_truth;
int narrow, from_bool, quotient = -6, remainder_of = -7, shifted = -64, negated;
unsigned int word, old_word;
long from_word, from_narrow, from_enum, total[6];
enum heat heat;
unsigned long huge = 5;
int *cursor, cells[3];
long step;

static bool is_set(unsigned long mask)
{
	return mask;
}

static unsigned int clip(long value)
{
	return value;
}

static long count(bool once)
{
	return once + once;
}

void run(void)
{
	from_bool = truth = 300;
	from_word = word = -1;
	from_narrow = narrow = word + 0xfffffff1l;
	from_enum = heat = -2;
	old_word = word++;
	total[0] = word--;
	total[1] = other_truth = (narrow += 16);
	quotient /= 2u;
	remainder_of %= 4ul;
	shifted >>= 3ul;
	negated = -(heat = WARM);
	total[2] = (truth += -1) - 1;
	total[3] = -clip(-1l);
	total[4] = is_set(1ul << 40) + count(clip(1l << 32)) + count(-8);
	total[5] = (huge -= 6) / 2;
	word *= 65536u;
	narrow |= 0x180000000ul;
	step = (cursor = cells + 2) - cells;
	*(cursor -= 1) = 4;
	cells[0] = (*cursor)-- + (word != 0);
}
